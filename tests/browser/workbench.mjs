// The county's workbench in a browser: what a clerk reads and clicks. Deliberately not here: what is expected.

import { grave, stands } from './screens.mjs'
import { picture, watch } from './watch.mjs'

const SCREEN = { width: 1366, height: 820 }

export class Workbench {
  /** Signs in with a link, as somebody who wants no motion: what is half slid in is clicked beside. */
  static async signIn(browser, link, viewport = SCREEN) {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
    const workbench = new Workbench()
    Object.assign(workbench, { context, watched: watch(context, 'workbench') })
    await workbench.watched.told
    workbench.page = await context.newPage()
    await workbench.page.goto(link)
    await workbench.page.getByRole('button', { name: '登录' }).click()
    await workbench.page.getByRole('navigation').waitFor()
    return workbench
  }

  async menu(name) {
    await this.page.getByRole('navigation').getByRole('link', { name }).click()
  }

  /** Opens every page of the menu in turn and does `each` there; what is refused there is a complaint of the watch. */
  async openAll(each = () => undefined) {
    const links = this.page.getByRole('navigation').getByRole('link')
    for (const link of await links.all()) {
      await link.click()
      await this.page.locator('main h1').waitFor()
      await this.page.locator('main').getByText('正在读取').first().waitFor({ state: 'hidden' })
      await each((await link.innerText()).split('\n')[0].trim())
    }
    return links.allInnerTexts()
  }

  /** Notes what axe-core finds grave on the page as it stands; told by `assertClean`. */
  async look(name) {
    await stands(this.page)
    await picture(this.page, `workbench-${name}`)
    this.watched.complaints.push(...(await grave(this.page)).map((finding) => `${name}: ${finding}`))
  }

  /** Opens the table of a register. */
  async table(register) {
    const page = { visit: 'visits', feedback: 'feedback' }[register] ?? 'records'
    await this.page.evaluate((to) => (location.hash = to), `#/${page}${page === 'records' ? `?register=${register}` : ''}`)
    await this.page.locator('main').waitFor()
  }

  /** Rows of the table that is shown. */
  rows() {
    return this.page.locator('.el-table__body tr')
  }

  /** Resolves once the register's table has a row, or its page a card, with all these words. */
  async finds(register, ...words) {
    await this.table(register)
    const places = register === 'feedback' ? this.page.locator('main li, main article, main tr') : this.rows()
    await words.reduce((found, word) => found.filter({ hasText: word }), places).first().waitFor()
  }

  async throwAway() {
    await this.context.close()
  }
}
