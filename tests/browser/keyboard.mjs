// Work by keyboard alone: the focus goes from thing to thing by the tabulator, and Enter does what a tap does.
//
// Always true: no pointer is used, and the focus can be seen where it is. Deliberately not here: what is chosen.

const STEPS_MAX = 300

export class Keyboard {
  /** Goes to `target` and presses Enter. */
  async tap(page, target) {
    await this.goTo(page, target)
    await page.keyboard.press('Enter')
  }

  /** Goes to a field and writes over what stands there. */
  async write(page, target, text) {
    await this.goTo(page, target)
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text)
  }

  /** Goes to a list and takes the choice of that value. */
  async choose(page, target, value) {
    await this.goTo(page, target)
    const places = await target.evaluate((list, wanted) => [...list.options].findIndex((one) => one.value === wanted) - list.selectedIndex, value)
    for (let step = 0; step < Math.abs(places); step += 1) await page.keyboard.press(places > 0 ? 'ArrowDown' : 'ArrowUp')
  }

  async goTo(page, target) {
    await target.waitFor()
    for (let step = 0; step < STEPS_MAX; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement && element.matches(':focus-visible'))) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach it: ${target}`)
  }
}
