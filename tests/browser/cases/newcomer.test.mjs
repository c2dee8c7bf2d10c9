// Somebody takes over a village from a colleague: the page with what is open and what was done comes by itself and once, the
// five pictures teach by button and by swipe, and all of it is there later without signal. Deliberately not here: how a
// station is handed over (`people.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { readRegister } from '../registers.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
const LESSONS = 5

test('a new phone shows what is open and what a colleague did, once; the pictures can be gone through without signal', async () => {
  const { unit } = (await bed.county.villages())[0]
  const before = await Phone.unpack(bed.browser, bed.server, 'before')
  await before.enrol(await bed.county.enrolmentLink(unit, '陈志远'))
  const visited = (await before.logNext()).split('、')[0]
  const memorial = new Form(before, readRegister('memorial'))
  await memorial.begin()
  await memorial.fill({ site_name: '北坡英烈墓' })
  await memorial.confirm()
  await before.sent()
  await bed.county.recordOf('memorial', (one) => one.unit === unit)
  await before.throwAway()

  const phone = await Phone.unpack(bed.browser, bed.server, 'after')
  await phone.arrive(await bed.county.enrolmentLink(unit, '林小满'))
  const { page } = phone
  await page.getByText(/还有 \d+ 户没走访/).waitFor()
  await page.locator('main .told').filter({ hasText: visited }).waitFor()
  await page.locator('main .told').filter({ hasText: '北坡英烈墓' }).waitFor()
  await phone.look('taking over')
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await phone.hasEverything()
  await phone.tap(page.locator('main .told').filter({ hasText: visited }))
  await page.locator('ol.history').waitFor()
  await phone.tap(page.getByRole('button', { name: '返回' }))

  await phone.goOffline()
  await phone.tap(page.getByRole('button', { name: '四下记好一户' }))
  await lookAtAll(phone)
  await page.getByRole('heading', { name: '刚接手看这里' }).waitFor()
  await phone.tap(page.getByRole('button', { name: '好了' }))
  await phone.households({ open: true }).first().waitFor()

  await phone.closeApp()
  await phone.openApp()
  await phone.page.locator('nav.tabs').waitFor()
  await phone.households({ open: true }).first().waitFor()
  assert.equal(await phone.page.getByRole('heading', { name: '刚接手看这里' }).count(), 0, 'it came once')
  await phone.tab('我的')
  await phone.look('about this phone')
  await phone.tap(phone.page.getByRole('button', { name: '刚接手看这里' }))
  await phone.tap(phone.page.getByRole('button', { name: /户没走访/ }))
  await phone.households({ open: true }).first().waitFor()
  await phone.goOnline()
  assertClean(phone.watched)
  await phone.throwAway()
})

/** Through the pictures by their button; each says which of how many it is. */
async function lookAtAll(phone) {
  for (let step = 1; step <= LESSONS; step += 1) {
    await phone.page.getByText(`${step} / ${LESSONS}`).waitFor()
    await phone.look(`picture ${step}`)
    await phone.tap(phone.page.locator('.stay .big'))
  }
}

for (const name of ['large', 'zoomed', 'keyboard']) {
  test(`${name}: the pages for somebody new are whole and in reach`, async () => {
    const phone = await Phone.unpack(bed.browser, bed.server, `new, ${name}`, WAYS[name])
    await phone.enrol(await bed.county.enrolmentLink('990101103200', '王建军'))
    await phone.tab('我的')
    await phone.tap(phone.page.getByRole('button', { name: '刚接手看这里' }))
    await phone.look('taking over')
    await phone.tap(phone.page.getByRole('button', { name: '四下记好一户' }))
    await lookAtAll(phone)
    await phone.page.getByRole('heading', { name: '刚接手看这里' }).waitFor()
    assertClean(phone.watched)
    await phone.throwAway()
  })
}

test('pictures go on by a swipe or a tap on them, back by a swipe, and away at once; in English too', async () => {
  const touch = { screen: { hasTouch: true } }
  const phone = await Phone.unpack(bed.browser, bed.server, 'swiping', touch)
  await phone.enrol(await bed.county.enrolmentLink('990101103200', '赵小雨'))
  const { page } = phone
  await phone.tab('我的')
  await phone.tap(page.getByRole('button', { name: 'English' }))
  await phone.tap(page.getByRole('button', { name: 'New here?' }))
  await phone.look('in English')
  await phone.tap(page.getByRole('button', { name: 'four taps' }))
  const stands = (step) => page.getByText(`${step} / ${LESSONS}`).waitFor()
  await stands(1)
  await swipe(page, 300, 60)
  await stands(2)
  await page.locator('.picture').click()
  await stands(3)
  await phone.look('in English, a picture')
  await swipe(page, 60, 300)
  await stands(2)
  await phone.tap(page.getByRole('button', { name: 'Skip' }))
  await page.getByRole('heading', { name: 'New here?' }).waitFor()
  assert.equal(await page.locator('.picture').count(), 0)
  assertClean(phone.watched)
  await phone.throwAway()
})

/** A finger that moves sideways over the picture. */
async function swipe(page, from, to) {
  const box = await page.locator('.picture').boundingBox()
  const y = box.y + box.height / 2
  const session = await page.context().newCDPSession(page)
  const send = (type, points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await send('touchStart', [{ x: from, y }])
  await send('touchMove', [{ x: (from + to) / 2, y }])
  await send('touchMove', [{ x: to, y }])
  await send('touchEnd', [])
  await session.detach()
}
