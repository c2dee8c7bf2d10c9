// An error of the list: reported from a home's visit by one tap on the reason, without signal and without a letter, taken back
// as easily, said by the home's row, seen in the county's table, and over once the county has answered. Deliberately not here:
// the form begun from the register's own button (`registers.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { optionLabel, readRegister, saidTitle } from '../registers.mjs'
import { assertClean } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const REPORTED = '已报：名单有错'
const TAPS = 1
const REASON = 'moved'

const bed = countyBed()
const register = readRegister('roster_error')

/** Opens the first home that is left and reports its first person; returns the name, where it can be reported, and how often was tapped. */
async function reportFirst(phone) {
  const home = phone.households({ open: true }).first()
  const name = (await home.locator('b').textContent()).split('、')[0]
  await phone.tap(home)
  const reasons = phone.page.getByRole('group', { name: `名单上${name}有错` })
  const reason = reasons.getByRole('button', { name: optionLabel(register.properties.wrong, REASON), exact: true })
  await reason.waitFor()
  await phone.look('a visit')
  await reasons.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await phone.look('the reasons')
  const before = phone.hand.list.length
  await phone.tap(reason)
  await phone.page.getByText(`已记下：${name}`).waitFor()
  return { name, reasons, taps: phone.hand.list.slice(before).filter(({ kind }) => kind === 'tap').length }
}

test('an error of the list is reported in one tap in a valley without signal, and the county’s answer ends it', async () => {
  const village = (await bed.county.villages())[0]
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const phone = await Phone.unpack(bed.browser, bed.server, 'errors')
  await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
  await phone.hasEverything()
  await phone.goOffline()
  const { name, reasons, taps } = await reportFirst(phone)
  assert.equal(taps, TAPS)
  await reasons.getByRole('button', { name: REPORTED }).waitFor()
  await phone.look('a visit, reported')
  await phone.tab('今天')
  await phone.households({ open: true }).filter({ hasText: REPORTED }).filter({ hasText: name }).waitFor()
  await phone.look('the list, reported')
  // What is said of the home is there also after the app was closed.
  await phone.closeApp()
  await phone.openApp()
  await phone.households({ open: true }).filter({ hasText: REPORTED }).waitFor()

  await phone.goOnline()
  await phone.sent()
  const row = await bed.county.recordOf('roster_error', ({ unit }) => unit === village.unit)
  assert.deepEqual([row.invalid_fields, row.step, row.columns.wrong], [[], 'answer', REASON])
  await workbench.finds('roster_error', village.name, saidTitle(register, row.title))

  const { heads } = await bed.county.must('GET', `/api/county/records/${row.record_id}`)
  const fields = { answer: 'corrected', answered_on: new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10) }
  await bed.county.must('POST', `/api/county/records/${row.record_id}`, { fields, heads, note: '名册已改' })
  await phone.exchange()
  await phone.tab('今天')
  await phone.households({ open: true }).first().waitFor()
  await phone.page.getByText(REPORTED).first().waitFor({ state: 'hidden' })
  await phone.tab('记录')
  await phone.tap(phone.record(name))
  await phone.page.locator('p.say').filter({ hasText: optionLabel(register.properties.answer, 'corrected') }).waitFor()
  await phone.look('answered')
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('large text: what was reported by mistake is taken back, and the visit goes on', async () => {
  const village = (await bed.county.villages())[1]
  const phone = await Phone.unpack(bed.browser, bed.server, 'errors, large', WAYS.large)
  await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
  const { name, reasons } = await reportFirst(phone)
  await reasons.getByRole('button', { name: REPORTED }).waitFor()
  await phone.look('reported')
  await phone.tap(phone.page.getByRole('button', { name: '撤销' }))
  await phone.page.getByText('已撤销').waitFor()
  await reasons.getByRole('button', { name: REPORTED }).waitFor({ state: 'hidden' })
  await phone.tap(phone.page.getByRole('button', { name: '送到家了' }))
  await phone.page.getByText(`已记下：${name}`).waitFor()
  await phone.sent()
  await bed.county.recordOf('visit', ({ unit }) => unit === village.unit)
  assert.deepEqual((await bed.county.records({ register: 'roster_error', unit: village.unit, limit: 20 })).rows, [])
  assertClean(phone.watched)
  await phone.throwAway()
})
