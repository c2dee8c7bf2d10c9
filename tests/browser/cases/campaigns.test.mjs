// A campaign in the workbench: made from the county's packages for all who are entitled, closed, opened, taken back; a copy of
// last year's with its money and its rule for leaders; people by file, left out, and from those on no list.
// Deliberately not here: who is on which list (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { beginCampaign, choose, saveAndReload, writeNumber } from '../campaign_form.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const MARTYRS = { documentNo: '示退役〔2031〕3号', kind: '烈士纪念慰问', from: '2031-03-20', until: '2031-04-10', gift: /标准慰问/ }
const VILLAGE = '990101103200'

/** A clerk on the page of campaigns. */
async function clerk() {
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'), { width: 1440, height: 900 })
  await workbench.menu('慰问活动')
  return { workbench, page: workbench.page }
}

const campaigns = () => bed.county.must('GET', '/api/county/campaigns')
const planOf = (id) => bed.county.must('GET', `/api/county/campaigns/${id}`)
const idIn = (page) => new URLSearchParams(page.url().split('?').at(-1)).get('campaign')

test('a campaign is made, closed, opened again and taken back', async () => {
  const name = '清明走访烈属'
  const { workbench, page } = await clerk()
  await picture(page, 'campaigns')
  await beginCampaign(page, { ...MARTYRS, name })
  await choose(page, '没选的重点优抚对象都用', '标准慰问')
  await page.getByText('重点优抚对象都列入了').waitFor()
  await picture(page, 'campaign-form')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存。').waitFor()

  const made = async () => (await campaigns()).find((each) => each.name === name)
  const { id } = await made()
  const plan = await planOf(id)
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

test('a copy of last year’s has its people by name, its own money and its rule for leaders after a reload', async () => {
  const { workbench, page } = await clerk()
  const last = (await campaigns()).find(({ open }) => open)
  const row = page.locator('tbody tr').filter({ has: page.getByRole('link', { name: last.name }) })
  await row.getByRole('button', { name: '照这个再办一次' }).click()
  await page.getByLabel('文号').fill('示退役〔2032〕1号')
  await writeNumber(page, '最少（户）', 1)
  await writeNumber(page, '最多（户）', 4)
  await writeNumber(page, '安排经费 (元)', 150000)
  await choose(page, '经费来源', '上级')
  await writeNumber(page, '下拨数（知道后再填） (元)', 90000)
  await saveAndReload(page)

  assert.equal(await page.getByLabel('文号').inputValue(), '示退役〔2032〕1号')
  assert.equal(await page.getByLabel('最少（户）').inputValue(), '1')
  assert.equal(await page.getByLabel('最多（户）').inputValue(), '4')
  assert.equal(await page.getByLabel('安排经费 (元)').inputValue(), '150000')
  assert.equal(await page.getByLabel('下拨数（知道后再填） (元)').inputValue(), '90000')
  const plan = await planOf(idIn(page))
  assert.deepEqual([plan.fund_fen, plan.fund_source, plan.campaign.spent_fen], [15_000_000, 'higher', 9_000_000])
  const { targets } = await planOf(last.id)
  assert.deepEqual(Object.keys(plan.targets.people), Object.keys(targets.people), 'the same people')
  await page.getByRole('button', { name: '看名单' }).click()
  const shown = await page.locator('li .who').allInnerTexts()
  const names = new Map(plan.names.map(({ person_ref: person, name }) => [person, name]))
  const first = Object.keys(plan.targets.people).slice(0, shown.length)
  assert.ok(shown.length === 20 && shown.every((text, at) => text.startsWith(names.get(first[at]))), shown.join())
  await picture(page, 'campaign-copy')
  assertClean(workbench.watched)
  await workbench.throwAway()
})

test('people of a list file are on the list, somebody is left out, and who is on no list is added, after a reload', async () => {
  const asked = { unit: VILLAGE, search: '', kind: 'roster', sensitive: false }
  const { people } = await bed.county.must('POST', '/api/county/people', asked)
  const alone = people.filter(({ name, died_on: died }) => !died && people.filter((one) => one.name === name).length === 1)
  const [onFile, leftOut] = alone
  const { workbench, page } = await clerk()
  const addresses = []
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())))
  await beginCampaign(page, { ...MARTYRS, name: '清明按名单走访' })
  const lines = ['姓名,区划代码', `${onFile.name},${VILLAGE}`, `没有这人,${VILLAGE}`]
  const file = { name: '清明名单.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('文件 2 行：找到 1 人，1 行没找到人。').waitFor()
  await page.getByText('名册里没有这个人').waitFor()
  await page.getByText('第 3 行').waitFor()
  await choose(page, '这份名单用的标准', '标准慰问')
  await picture(page, 'campaign-list-file')
  await page.getByRole('button', { name: '列入这 1 人' }).click()
  await page.getByRole('textbox', { name: '姓名里有' }).fill(leftOut.name)
  await page.getByRole('button', { name: '查找' }).click()
  const who = page.locator('li').filter({ hasText: leftOut.name }).filter({ hasText: '石门村' })
  await who.getByRole('button', { name: '这次不慰问' }).first().click()
  await saveAndReload(page)

  await page.getByRole('button', { name: '看名单' }).click()
  await page.locator('li .who').filter({ hasText: onFile.name }).filter({ hasText: '石门村' }).waitFor()
  await page.getByText('这次不慰问的 1 人').waitFor()
  const out = page.locator('li').filter({ has: page.getByRole('button', { name: '放回' }) })
  assert.ok((await out.innerText()).startsWith(leftOut.name), await out.innerText())
  const id = idIn(page)
  const { targets } = await planOf(id)
  assert.deepEqual([Object.keys(targets.people), targets.without], [[onFile.person_ref], [leftOut.person_ref]])
  await picture(page, 'campaign-by-name')

  const unlisted = await bed.county.must('GET', `/api/county/campaigns/${id}/unlisted?unit=${VILLAGE}`)
  await page.getByRole('button', { name: '看是哪些人' }).click()
  const drawer = page.getByRole('dialog')
  const units = await bed.county.must('GET', '/api/county/units')
  await choose(page, '乡镇', units.find(({ unit }) => unit === VILLAGE.slice(0, 9)).name, drawer)
  await choose(page, '村', '石门村', drawer)
  await drawer.getByRole('button', { name: '看名单' }).click()
  await drawer.getByText(`共 ${unlisted.length} 人`).waitFor()
  const added = unlisted.find(({ why }) => why === 'not_a_category')
  const line = drawer.locator('tbody tr').filter({ hasText: added.name }).first()
  await picture(page, 'campaign-unlisted')
  await line.getByRole('button', { name: '列入' }).click()
  await page.keyboard.press('Escape')
  await saveAndReload(page)
  await page.getByText('名单上 2 人').waitFor()
  assert.equal(Object.keys((await planOf(id)).targets.people).length, 2)
  assert.deepEqual(addresses.filter((address) => address.includes(leftOut.name)), [], 'no name in an address')
  assertClean(workbench.watched)
  await workbench.throwAway()
})
