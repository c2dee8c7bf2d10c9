// A county begins: an empty folder, the server's own link, units and roster from files, a campaign, a code, and a phone's
// first visit in the workbench. Deliberately not here: the same by commands (the server's own cases).

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginCampaign, choose } from '../campaign_form.mjs'
import { launch } from '../chromium.mjs'
import { Phone } from '../phone.mjs'
import { startServer } from '../server.mjs'
import { assertClean, picture, watch } from '../watch.mjs'

const UNITS = '区划代码,名称\n990199101000,新河镇\n990199101200,新河村\n'
const ROSTER = '新河县优抚对象花名册,,,\n姓名,区划代码,户号,类别\n张国强,990199101200,1,36\n李四,990199101200,2,33\n'
let server, browser

before(async () => {
  server = await startServer('serve')
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

/** A file as somebody chooses it. */
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

test('an empty folder leads to the first visit', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const watched = watch(context, 'workbench')
  await watched.told
  const page = await context.newPage()
  const steps = []
  const step = async (name) => {
    steps.push(name)
    await picture(page, `first-run-${steps.length}`)
  }
  await page.goto(server.workbench)
  await page.getByLabel('县级区划代码').fill('990199')
  await page.getByLabel('县名').fill('新河县')
  await page.getByLabel('您的姓名').fill('刘敏')
  await step('make the county')
  await page.getByRole('button', { name: '建好这个县' }).click()
  await page.getByRole('heading', { name: '开始使用' }).waitFor()
  await step('guide')

  await page.getByRole('link', { name: '去导入区划' }).click()
  await page.locator('input[type=file]').first().setInputFiles(file('区划.csv', UNITS))
  await page.getByRole('button', { name: '启用这份区划' }).click()
  await page.getByText('已启用').first().waitFor()
  await step('units')
  await page.getByRole('navigation').getByRole('link', { name: '开始使用' }).click()
  await page.getByRole('link', { name: '去导入名册' }).click()
  await page.getByText('以前的导入').waitFor()
  await page.locator('input[type=file]').setInputFiles(file('名册.csv', ROSTER))
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText('导入会改这些').waitFor()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('这次导入改了这些').waitFor()
  await step('roster')

  await page.getByRole('navigation').getByRole('link', { name: '开始使用' }).click()
  await page.getByRole('link', { name: '去建活动' }).click()
  const [from, until] = [day(-1), day(14)]
  await beginCampaign(page, { name: '八一走访慰问', documentNo: '新退役〔2026〕1号', kind: '八一慰问', from, until, gift: /标准慰问/ })
  await choose(page, '没选的重点优抚对象都用', '标准慰问')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存。').waitFor()
  await step('campaign')

  await page.getByRole('navigation').getByRole('link', { name: '人员与手机' }).click()
  const row = page.locator('table tbody tr').filter({ hasText: '新河村' })
  await row.getByRole('button', { name: '登记手机' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox').first().fill('陈志远')
  await drawer.getByRole('button', { name: '生成登记码' }).click()
  const link = await page.locator('.panel .link input').inputValue()
  await step('code')

  const phone = await Phone.unpack(browser, server, 'first-run')
  await phone.enrol(link)
  steps.push('phone: enrol')
  await phone.households().first().waitFor()
  assert.equal(await phone.households().count(), 2)
  await phone.logNext()
  await phone.sent()
  steps.push('phone: a visit')
  await page.getByRole('navigation').getByRole('link', { name: '走访慰问' }).click()
  await page.locator('.el-table__body tr').first().waitFor()
  await step('the visit in the workbench')
  console.log(`${steps.length} steps: ${steps.join(' · ')}`)
  assert.ok(steps.length <= 12)
  assertClean(phone.watched, watched)
  await phone.throwAway()
  await context.close()
})
