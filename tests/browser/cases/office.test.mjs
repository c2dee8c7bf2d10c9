// What the county's own office does: it follows up what a village said is needed, and logs what no village can, a visit to the
// garrison, on a desktop that is enrolled for the county. Deliberately not here: a township's desktop (`desk.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { choose } from '../campaign_form.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { label, optionLabel, readRegister } from '../registers.mjs'
import { assertClean } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const DESK = { screen: { viewport: { width: 1366, height: 820 } } }

/** Logs the next visit with something that is needed; returns whom it was about. */
async function logNeed(phone, need) {
  const field = readRegister('visit').properties.need_codes
  const home = phone.households({ open: true }).first()
  const name = (await home.locator('b').textContent()).split('、')[0]
  await phone.tap(home)
  await phone.page.getByRole('button', { name: '送到家了' }).waitFor()
  await phone.tap(phone.page.locator('.extras .link').filter({ hasText: label(field) }).first())
  const sheet = phone.page.locator('dialog[open]')
  await phone.tap(sheet.getByRole('button', { name: optionLabel(field, need), exact: true }))
  await phone.tap(sheet.getByRole('button', { name: /好了|确定/ }).first())
  await phone.tap(phone.page.getByRole('button', { name: '送到家了' }))
  await phone.page.getByText(`已记下：${name}`).waitFor()
  await phone.formIsLeft()
  return name
}

test('what a household needs waits for the county, and the village reads how it ended', async () => {
  const [village] = await bed.county.villages()
  const phone = await Phone.unpack(bed.browser, bed.server, 'needs')
  await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
  const name = await logNeed(phone, 'housing')
  await phone.sent()
  const row = await bed.county.recordOf('visit', ({ unit }) => unit === village.unit)
  assert.equal(row.step, 'need')

  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  const turn = page.locator('section').filter({ hasText: '轮到县里办的' })
  await turn.getByRole('link', { name: '走访慰问：县里跟进困难' }).waitFor()
  await workbench.look('whose turn')
  await turn.getByRole('link', { name: '走访慰问：县里跟进困难' }).click()
  await workbench.rows().filter({ hasText: name }).getByText('有困难待跟进').waitFor()
  await workbench.look('needs')
  await workbench.rows().filter({ hasText: name }).getByRole('button').first().click()
  const form = page.locator('section.step')
  await form.getByRole('button', { name: '记下结果' }).click()
  await form.getByRole('alert').waitFor()
  await choose(page, '结果', '已转有关部门', form)
  await form.getByRole('button', { name: '记下结果' }).click()
  await form.waitFor({ state: 'detached' })
  await workbench.look('need, followed up')
  assert.deepEqual((await bed.county.must('GET', '/api/county/overview')).waiting.filter(({ step }) => step === 'need'), [])

  await phone.exchange()
  await phone.tab('记录')
  await phone.tap(phone.record(name))
  await phone.page.getByText('县里跟进：已转有关部门').first().waitFor()
  const shown = [/^陈志远在这部手机记下/, /^县里已收到/, /^县里跟进困难/]
  const steps = phone.page.locator('ol.history li')
  await steps.nth(shown.length - 1).waitFor()
  const told = await steps.allInnerTexts()
  assert.ok(told.length === shown.length && shown.every((words, index) => words.test(told[index])), told.join(' | '))
  await phone.look('need, answered')
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('a visit to the garrison is logged by the county alone: places and value, without a name', async () => {
  const register = readRegister('garrison_visit')
  const desk = await Phone.unpack(bed.browser, bed.server, 'office', DESK)
  await desk.arrive(await bed.county.enrolmentLink('990101', '吴建国'))
  await desk.tap(desk.page.getByRole('button', { name: '好了' }))
  await desk.look('today')
  const form = new Form(desk, register)
  await form.begin()
  await desk.look('garrison, empty')
  await form.fill({ value_fen: 248000 })
  await desk.look('garrison, filled')
  await form.confirm()
  await desk.sent()
  const row = await bed.county.recordOf('garrison_visit')
  assert.deepEqual([row.invalid_fields, row.columns.visits, row.columns.value_fen], [[], 1, 24_800_000])
  const year = new Date(Date.now() + 8 * 3600_000).getUTCFullYear()
  const { sentences } = await bed.county.must('GET', `/api/report/annual?year=${year}`)
  assert.match(sentences.find(({ id }) => id === 'T12').text, /送上慰问品近30万元/)
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  await workbench.finds('garrison_visit', optionLabel(register.properties.occasion, row.title))
  await workbench.look('garrison')
  assertClean(desk.watched, workbench.watched)
  await desk.throwAway()
  await workbench.throwAway()
})
