// A phone in a browser: the words a worker reads and taps, nothing else.
//
// Always true: place and camera are refused; taps are counted, a closed app begins at zero and opening it is the first.
// Deliberately not here: what is expected, and forms (`form.mjs`).

import { until, untilOfflineReady, untilStored } from './kept.mjs'
import { Keyboard } from './keyboard.mjs'
import { label, readRegister } from './registers.mjs'
import { startRelay } from './relay.mjs'
import { lookAt } from './screens.mjs'
import { Taps } from './taps.mjs'
import { picture, refuse, watch } from './watch.mjs'

const SCREEN = { width: 360, height: 740 }
const LEFT_MS = 2000

/** Ways to see and touch a phone. At 200 % a screen of 360 by 740 has room for 180 by 370 of the page's pixels. */
export const WAYS = {
  plain: {},
  large: { isLarge: true },
  zoomed: { screen: { viewport: { width: 180, height: 370 }, deviceScaleFactor: 2 } },
  keyboard: { isKeyboard: true },
}

export class Phone {
  /** A phone that was never used, with its own way to the server. */
  static async unpack(browser, server, name, way = WAYS.plain) {
    const relay = await startRelay(server.url)
    const context = await browser.newContext({ viewport: SCREEN, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...way.screen })
    const phone = new Phone()
    const hand = way.isKeyboard ? new Keyboard() : new Taps()
    Object.assign(phone, { relay, context, name, way, hand, watched: watch(context, name) })
    await phone.watched.told
    await refuse(context, relay.url)
    return phone
  }

  async tap(locator) {
    await this.hand.tap(this.page, locator)
  }

  async write(locator, text) {
    await this.hand.write(this.page, locator, text)
  }

  /** Notes what is wrong with the screen as it stands; told by `assertClean`. */
  async look(name) {
    await picture(this.page, `${this.name}-${name}`)
    this.watched.complaints.push(...(await lookAt(this.page, `${this.name}, ${name}`)))
  }

  /** Opens the app from its icon. */
  async openApp() {
    this.page = await this.context.newPage()
    if (!this.way.isKeyboard) this.hand = new Taps()
    await this.page.goto(`${this.relay.url}/`)
    if (!this.way.isKeyboard) await this.hand.add(this.page, 'open', '走访')
  }

  async closeApp() {
    await this.page.close()
  }

  /** Opens an enrolment link. */
  async open(link) {
    this.page = await this.context.newPage()
    await this.page.goto(`${this.relay.url}/${new URL(link).hash}`)
    await this.page.locator('main').waitFor()
  }

  /** Opens an enrolment link and taps; resolves once the page for somebody new stands, which comes by itself. */
  async arrive(link) {
    await this.page?.close()
    await this.open(link)
    await this.tap(this.page.getByRole('button', { name: '登记这部手机' }))
    await this.page.getByRole('heading', { name: '刚接手看这里' }).waitFor()
  }

  /** Arrives and goes on to the list; resolves once the app can do without a network. */
  async enrol(link) {
    await this.arrive(link)
    await this.tap(this.page.getByRole('button', { name: '好了' }))
    await this.page.locator('nav.tabs').waitFor()
    await this.households().first().waitFor()
    await this.page.evaluate(async () => void (await navigator.serviceWorker.ready))
    if (!this.way.isLarge) return
    await this.tab('我的')
    await this.tap(this.page.getByRole('switch', { name: '大字' }))
    await this.tab('今天')
  }

  /** Resolves once the app can do without a network for good. */
  async hasEverything() {
    await untilOfflineReady(this.page)
  }

  async goOffline() {
    this.relay.down()
    await this.context.setOffline(true)
  }

  async goOnline() {
    this.relay.up()
    await this.context.setOffline(false)
  }

  /** Rows of the household list; `open` for those still to visit. */
  households({ open = false } = {}) {
    return this.page.locator(open ? 'ul.rows button.row:enabled' : 'ul.rows button.row')
  }

  /** Logs the standard visit to the first household that is left; returns the name. */
  async logNext() {
    const row = this.households({ open: true }).first()
    const name = await row.locator('b').textContent()
    await this.tap(row)
    await this.tap(this.page.getByRole('button', { name: '送到家了' }))
    await this.page.getByText(`已记下：${name}`).waitFor()
    await this.formIsLeft()
    return name
  }

  /** Resolves once a form that was saved has made way for the screen below it. */
  async formIsLeft() {
    await this.page.getByText('没有信号也能记').waitFor({ state: 'hidden' })
  }

  /** Goes back until the tabs are there, and opens one. */
  async tab(name) {
    const tabs = this.page.locator('nav.tabs')
    // A form that was just saved makes way by itself.
    const isTabbed = () => tabs.waitFor({ timeout: LEFT_MS }).then(() => true, () => false)
    while (!(await isTabbed())) await this.tap(this.page.getByRole('button', { name: '返回' }))
    await this.tap(tabs.getByRole('button', { name }))
  }

  /** The record of a person, in the list of records. */
  record(name) {
    return this.page.locator('ul.rows button.row').filter({ hasText: name })
  }

  /** Waits until the record of `name` stands so. */
  async waitForStanding(name, standing) {
    await this.record(name).filter({ hasText: standing }).waitFor()
  }

  /** Opens a record's form for a correction. */
  async openCorrection(name) {
    await this.tab('记录')
    await this.tap(this.record(name))
    await this.tap(this.page.getByRole('button', { name: '更正' }))
    await this.page.getByRole('button', { name: '改好了' }).waitFor()
  }

  /** In an open correction: another receiver; saves. */
  async changeReceiver(receiver) {
    const chip = label(readRegister('visit').properties.receiver)
    await this.tap(this.page.locator('.chips .chip').filter({ hasText: chip }))
    await this.tap(this.page.locator('dialog .choice').filter({ hasText: receiver }))
    await this.tap(this.page.getByRole('button', { name: '改好了' }))
    await this.page.getByText('已改好').waitFor()
    await this.formIsLeft()
  }

  /** Resolves once a draft that says so is on the disk. */
  async draftKept(text) {
    await untilStored(this.page, 'drafts', text)
  }

  /** Resolves once nothing waits to be sent. */
  async sent() {
    if (!(await this.page.locator('nav.tabs [aria-current]').filter({ hasText: '今天' }).isVisible())) await this.tab('今天')
    await this.page.getByText('都传上去了').waitFor()
  }

  /** All that is unsent goes, and what is new comes: resolves once an exchange that began after the call stands on the screen. */
  async exchange() {
    const calledMs = Date.now()
    await this.tab('我的')
    await this.tap(this.page.getByRole('button', { name: '传上去' }).last())
    await until(this.page, `(calledMs) => Date.parse(document.querySelector('time')?.dateTime ?? '') >= calledMs`, calledMs)
    await this.page.getByText('都传上去了').waitFor()
  }

  async throwAway() {
    await this.context.close()
    this.relay.close()
  }
}
