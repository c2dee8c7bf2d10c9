// A family that a village entered by hand is matched with the batch list by the township, and then counts as that one recruit.
// Deliberately not here: who may ask what (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { label, readRegister } from '../registers.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

/** A village with recruits of the batch of today. */
const VILLAGE = '990101103200'
const CONTACT = '老赵家大儿子'
const bed = countyBed()
const ceremony = readRegister('ceremony')

/** Logs a send-off of a family that is on no list, without signal. */
async function sendOff(phone) {
  const form = new Form(phone, ceremony)
  await phone.goOffline()
  await form.begin()
  await phone.tap(form.question('participants').getByRole('button', { name: '名单上没有' }))
  await phone.write(phone.page.getByLabel('家属联系人'), CONTACT)
  await phone.tap(phone.page.getByRole('button', { name: '加上这位' }))
  await form.confirm()
  await phone.goOnline()
  await phone.sent()
}

test('a township finds the family on the list, and the recruit counts', async () => {
  const phone = await Phone.unpack(bed.browser, bed.server, 'matching')
  await phone.enrol(await bed.county.enrolmentLink(VILLAGE, '陈志远'))
  await phone.hasEverything()
  await sendOff(phone)
  const row = await bed.county.recordOf('ceremony', ({ unit }) => unit === VILLAGE)
  const { url } = await bed.county.must('POST', '/api/county/links', { unit: VILLAGE.slice(0, 9), person: '周建国', staff: true })
  const workbench = await Workbench.signIn(bed.browser, url)
  const { page } = workbench
  await workbench.table('ceremony')
  await workbench.rows().filter({ hasText: '待对上名单' }).first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: `更正“${label(ceremony.properties.participants)}”` }).click()
  assert.equal(await drawer.getByLabel('姓名', { exact: true }).count(), 0, 'nobody types a name into a ceremony')
  await drawer.getByRole('button', { name: '对上名单' }).click()
  const list = drawer.getByRole('list', { name: '对上名单' })
  await list.getByRole('listitem').first().waitFor()
  await workbench.look('matching')
  const chosen = await list.getByRole('listitem').first().locator('b').innerText()
  await list.getByRole('button', { name: '就是这个人' }).first().click()
  await drawer.locator('form.correct').getByRole('textbox').last().fill('问过村里，就是他家')
  await drawer.getByRole('button', { name: '保存' }).click()
  await drawer.getByText(chosen).first().waitFor()
  await picture(page, 'workbench-matched')

  const matched = await bed.county.must('GET', `/api/county/records/${row.record_id}`)
  const [{ person }] = matched.fields.participants
  assert.deepEqual([Object.keys(person), matched.row.columns.county.contacts], [['person_ref'], [chosen]])
  const left = await bed.county.records({ register: 'ceremony', unit: VILLAGE, state: 'unmatched' })
  assert.equal(left.matching, 0)
  const day = matched.row.date.slice(0, 4)
  const report = await bed.county.must('GET', `/api/report/annual?year=${day}`)
  assert.equal(report.figures['T08.recruits'], 1)
  assertClean(phone.watched, workbench.watched)
  await workbench.throwAway()
  await phone.throwAway()
})
