// A campaign in the workbench: made from the county's packages for all who are entitled, closed, opened, taken back.
// Deliberately not here: who is on which list (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const NAME = '清明走访烈属'

async function choose(page, label, option) {
  // The words of what is chosen lie over the field that has the role.
  await page.getByRole('combobox', { name: label }).click({ force: true })
  await page.getByRole('option', { name: option }).first().click()
}

async function writeDay(page, label, day) {
  await page.getByLabel(label, { exact: true }).fill(day)
  await page.keyboard.press('Enter')
}

test('a campaign is made, closed, opened again and taken back', async () => {
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  await workbench.menu('慰问活动')
  await picture(page, 'campaigns')
  await page.getByRole('button', { name: '新建活动' }).click()
  await page.getByLabel('活动名称').fill(NAME)
  await page.getByLabel('文号').fill('示退役〔2031〕3号')
  await choose(page, '慰问种类', '烈士纪念慰问')
  await writeDay(page, '从哪天', '2031-03-20')
  await writeDay(page, '到哪天', '2031-04-10')
  await page.getByRole('button', { name: /标准慰问/ }).click()
  await choose(page, '没选的重点优抚对象都用', '标准慰问')
  await page.getByText('重点优抚对象都列入了').waitFor()
  await picture(page, 'campaign-form')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存。').waitFor()

  const made = async () => (await bed.county.must('GET', '/api/county/campaigns')).find(({ name }) => name === NAME)
  const { id } = await made()
  const plan = await bed.county.must('GET', `/api/county/campaigns/${id}`)
  assert.equal(Object.keys(plan.targets.categories).length, 13)
  await page.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('button', { name: '撤回这个活动' }).click()
  await page.getByText('已撤回。').waitFor()
  assert.equal(await made(), undefined)
  assertClean(workbench.watched)
  await workbench.throwAway()
})
