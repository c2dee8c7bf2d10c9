// What the app owes whoever uses it: the filing number and why things are asked stand on each screen, a browser that may lose what
// is not sent is told of, and a comment is answered by the county on its own page. Deliberately not here: the words themselves.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { label, NAMES, readRegister } from '../registers.mjs'
import { assertClean } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()

async function enrolled(name) {
  const [village] = await bed.county.villages()
  const phone = await Phone.unpack(bed.browser, bed.server, name)
  await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
  await phone.hasEverything()
  return phone
}

test('the filing number and why things are asked stand on each screen', async () => {
  const phone = await enrolled('promises')
  const { page } = phone
  const foot = page.locator('footer.foot')
  for (const tab of ['今天', '登记', '我的']) {
    await phone.tab(tab)
    await foot.getByText(/^备案编号：\S+/).waitFor()
  }
  for (const name of NAMES.filter((one) => one !== 'feedback')) {
    const register = readRegister(name)
    const form = new Form(phone, register)
    await form.begin()
    await foot.getByText(/^备案编号：\S+/).waitFor()
    await phone.tap(foot.getByRole('button', { name: '为什么记这些？' }))
    await page.getByRole('heading', { name: '每一项为什么问' }).waitFor()
    await page.getByText(register['x-notice'].zh.split('\n')[0]).waitFor()
    const asked = Object.values(register.properties).filter((field) => field['x-why'])
    const reasons = await page.locator('dl.why dd').allInnerTexts()
    assert.equal(reasons.length, asked.length, name)
    assert.ok(asked.every((field) => reasons.some((said) => said.includes(field['x-why'].zh))), name)
    await page.goBack()
    await form.confirmButton().waitFor()
    await page.goBack()
  }
  await phone.tab('今天')
  await phone.logNext()
  await phone.tab('记录')
  await phone.tap(page.locator('main ul.rows button.row').first())
  await page.getByRole('button', { name: '作废' }).waitFor()
  await foot.getByText(/^备案编号：\S+/).waitFor()
  await phone.look('foot of a record')
  assertClean(phone.watched)
  await phone.throwAway()
})

test('where the browser may lose what is not sent, the screen says so and leads to what can be done', async () => {
  const phone = await enrolled('storage')
  await phone.goOffline()
  const line = phone.page.getByText('没传的记录可能会丢。')
  assert.equal(await line.count(), 0, 'nothing is at risk yet')
  await phone.logNext()
  await line.waitFor()
  await phone.look('at risk')
  await phone.tap(phone.page.getByRole('button', { name: '怎么办' }))
  await phone.page.getByRole('button', { name: /导出|存成文件/ }).first().waitFor()
  await phone.look('what can be done')
  assertClean(phone.watched)
  await phone.throwAway()
})

test('a comment is answered on the county’s own page, and read on the phone', async () => {
  const register = readRegister('feedback')
  const phone = await enrolled('comment')
  const form = new Form(phone, register)
  await form.begin()
  await form.fill({ text: '名单能不能按组排' })
  await form.confirm()
  await phone.sent()
  await bed.county.recordOf('feedback')
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  await workbench.menu('意见建议')
  const card = page.locator('article').filter({ hasText: '名单能不能按组排' })
  await card.getByRole('button', { name: '答复' }).click()
  await card.getByRole('textbox').first().fill('下个版本就按组排')
  await workbench.look('comment, answering')
  await card.getByRole('button', { name: /发出|答复|保存/ }).last().click()
  await card.getByText('下个版本就按组排').first().waitFor()

  await phone.exchange()
  await phone.tab('我的')
  await phone.tap(phone.page.locator('main').getByRole('button', { name: label(register) }))
  await phone.tap(phone.page.locator('main ul.rows button.row, main article button.row').first())
  await phone.page.getByText('下个版本就按组排').first().waitFor()
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})
