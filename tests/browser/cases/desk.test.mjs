// A township's desktop, enrolled as a device in its browser: it logs a visit for a village that nobody serves, without signal,
// and the county sees who did. Deliberately not here: the same from a phone (`township.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
const DESK = { screen: { viewport: { width: 1366, height: 820 } } }

test('an enrolled desktop browser logs a visit for a vacant village', async () => {
  const [village, other] = await bed.county.villages()
  const [{ people }] = await bed.county.must('GET', `/api/county/stations?unit=${village.unit}`)
  for (const { id } of people) {
    await bed.county.must('POST', `/api/county/stations/${village.unit}/handover`, { from: id, to: null, approved_later: false })
  }
  const desk = await Phone.unpack(bed.browser, bed.server, 'desk', DESK)
  await desk.arrive(await bed.county.enrolmentLink(village.unit.slice(0, 9), '吴建国'))
  await desk.look('arrived')
  await desk.tap(desk.page.getByRole('button', { name: '好了' }))
  const villages = desk.page.getByLabel('换一个村')
  assert.equal((await villages.locator('option').allInnerTexts()).includes(village.name), true)
  const isForeign = !other.unit.startsWith(village.unit.slice(0, 9))
  if (isForeign) assert.equal(await villages.locator(`option[value="${other.unit}"]`).count(), 0, 'the township alone')
  await villages.selectOption(village.unit)
  await desk.households({ open: true }).first().waitFor()
  await desk.look('today')
  await desk.goOffline()
  await desk.tap(desk.households({ open: true }).first())
  await desk.page.getByRole('button', { name: '送到家了' }).waitFor()
  await desk.look('a visit')
  await desk.tap(desk.page.getByRole('button', { name: '返回' }))
  const name = (await desk.logNext()).split('、')[0]
  await desk.tab('记录')
  await desk.waitForStanding(name, '在这部手机')
  await desk.goOnline()
  await desk.sent()
  const row = await bed.county.recordOf('visit', ({ unit }) => unit === village.unit)
  assert.deepEqual([row.title, row.author], [name, '吴建国'])
  const { fields } = await bed.county.must('GET', `/api/county/records/${row.record_id}`)
  assert.equal(JSON.stringify(fields).includes('township_desk'), true, 'it says that it is of the desk')
  assertClean(desk.watched)
  await desk.throwAway()
})
