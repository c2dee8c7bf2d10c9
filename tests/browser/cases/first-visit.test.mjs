// The first visit, end to end: logged in a valley without signal, still there after a restart, with the county once there is
// signal, and in the workbench without a reload. Deliberately not here: clashes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const TAPS_MAX = 4
const bed = countyBed()

test('two visits logged offline survive a restart, reach the county and show in the workbench by themselves', async () => {
  const workbench = await Workbench.signIn(bed.browser, bed.server.workbench)
  await workbench.menu('走访慰问')
  await workbench.page.getByText('没有').first().waitFor()
  await workbench.page.evaluate(() => (globalThis.wasNeverReloaded = true))

  const phone = await Phone.unpack(bed.browser, bed.server, 'phone')
  await phone.enrol(bed.server.phones[0])
  await picture(phone.page, 'phone-list')
  await phone.goOffline()
  await phone.closeApp()

  await phone.openApp()
  const first = await phone.logNext()
  assert.ok(phone.hand.count <= TAPS_MAX, `${phone.hand.count} taps from the closed app`)
  const second = await phone.logNext()
  assert.notEqual(first, second)
  await picture(phone.page, 'phone-logged')
  await phone.closeApp()

  await phone.openApp()
  await phone.page.getByText('还有 2 条没传').waitFor()
  await phone.tab('记录')
  for (const name of [first, second]) await phone.waitForStanding(name, '在这部手机')
  await picture(phone.page, 'phone-on-this-phone')

  await phone.goOnline()
  for (const name of [first, second]) await phone.waitForStanding(name, '县里已收到')
  await phone.page.getByText('都传上去了').waitFor()
  await picture(phone.page, 'phone-with-the-county')

  for (const name of [first, second]) await workbench.rows().filter({ hasText: name.split('、')[0] }).first().waitFor()
  assert.equal(await workbench.page.evaluate(() => globalThis.wasNeverReloaded), true)
  await picture(workbench.page, 'workbench-visits')

  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('a code that was spent enrols no second phone', async () => {
  const first = await Phone.unpack(bed.browser, bed.server, 'other village')
  await first.enrol(bed.server.phones[2])
  await first.throwAway()
  const phone = await Phone.unpack(bed.browser, bed.server, 'second phone')
  phone.page = await phone.context.newPage()
  await phone.page.goto(`${phone.relay.url}/${new URL(bed.server.phones[2]).hash}`)
  await phone.page.getByRole('button', { name: '登记这部手机' }).click()
  await phone.page.getByRole('alert').waitFor()
  assert.match(await phone.page.getByRole('alert').innerText(), /用过/)
  assert.equal(await phone.households().count(), 0)
  await phone.throwAway()
})
