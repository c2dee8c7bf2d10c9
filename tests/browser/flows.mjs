// What a worker taps for one piece of work, on defaults: the flows that are counted and timed.
//
// Always true: a flow begins at the first screen with the list; one that saves ends with the tap that confirms. Deliberately
// not here: counting, timing, and waiting for what is shown then.

import { label, readRegister, startOf } from './registers.mjs'

const PARTICIPANTS = 3

/** Opens a new record's form of a register, from its own button. */
async function begin(taps, page, register) {
  await taps.tap(page, page.locator('nav.tabs').getByRole('button', { name: '登记' }))
  await taps.tap(page, page.locator('main button.row').filter({ hasText: label(register) }).first())
  const start = startOf(register)
  if (start) await taps.tap(page, page.locator('dialog[open]').getByRole('button', { name: start[1], exact: true }))
}

const confirmButton = (page) => page.locator('main button.big').last()

/** In the page: what the form asks and shows as chips to be changed; each member of a list's first item by itself. */
function fieldsShown() {
  const questions = [...document.querySelectorAll('[id^="question-"]')].flatMap((question) => {
    const name = question.querySelector('h2').innerText
    const members = [...question.querySelectorAll('fieldset .member')]
    return members.length === 0 ? [name] : members.map((_, place) => `${name} ${place + 1}`)
  })
  return [...questions, ...[...document.querySelectorAll('.chips .chip')].map((chip) => chip.innerText)]
}

export const FLOWS = {
  /** The standard visit to the first household that is left. */
  async festival_visit(taps, page) {
    await taps.tap(page, page.locator('ul.rows button.row:enabled').first())
    await taps.tap(page, page.getByRole('button', { name: '送到家了' }))
    return { isSaved: true }
  },

  /** A send-off of three recruits of the batch's list. */
  async ceremony(taps, page) {
    await begin(taps, page, readRegister('ceremony'))
    const recruits = page.locator('#question-participants ul.rows button')
    for (let number = 0; number < PARTICIPANTS; number += 1) await taps.tap(page, recruits.nth(number))
    await taps.tap(page, confirmButton(page))
    return { isSaved: true }
  },

  /** A shop: how many fields its form has before anything is added to it. */
  async outlet(taps, page) {
    await begin(taps, page, readRegister('outlet'))
    await page.locator('#question-name').waitFor()
    const fields = await page.evaluate(fieldsShown)
    return { isSaved: false, fields }
  },
}
