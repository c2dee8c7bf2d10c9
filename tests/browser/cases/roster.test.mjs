// The county brings its own lists in: a roster is tried, taken, corrected, brought again with a clash, and turned back; merit
// notices come by their families; a tree with a fault is refused, and a sound one is in force. Deliberately not here: what files may look like (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { choose } from '../campaign_form.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const VILLAGE = '石门村'
const UNIT = '990101103200'
const WHO = '欧阳试'

const csv = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })

/** A clerk on a part of the page; `addresses` gathers whatever is asked. */
async function clerk(part) {
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const addresses = []
  workbench.page.on('request', (request) => addresses.push(decodeURIComponent(request.url())))
  await show(workbench.page, part)
  return { workbench, page: workbench.page, addresses }
}

async function show(page, part) {
  await page.evaluate((to) => (location.hash = to), `#/roster?part=${part}`)
}

/** Chooses a file and finds out what it would change. */
async function tried(page, file) {
  await show(page, 'import')
  await page.getByText('以前的导入').waitFor()
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText('导入会改这些').waitFor()
}

async function take(page) {
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('这次导入改了这些').waitFor()
}

const number = (page, words) => page.locator('dl div').filter({ hasText: words }).locator('dd').innerText()

/** The row of the person, looked up by name. */
async function found(page) {
  await show(page, 'people')
  await page.getByRole('textbox', { name: '姓名里有' }).fill(WHO)
  await page.getByRole('button', { name: '查找' }).click()
  return page.locator('tbody tr').filter({ hasText: WHO })
}

test('a roster is tried, taken, corrected, brought again with a clash, and turned back', async () => {
  const units = await bed.county.must('GET', '/api/county/units')
  const { unit } = units.find(({ name, unit }) => name === VILLAGE && unit.length === 12)
  const { workbench, page, addresses } = await clerk('import')
  const head = '姓名,区划代码,组,亲属,备注'
  await tried(page, csv('名册.csv', [head, `${WHO},${unit},三组,欧阳父,`, `,${unit},三组,,没有姓名`]))
  assert.deepEqual([await number(page, '新增（人）'), await number(page, '不能导入')], ['1', '1'])
  await page.getByText('第 3 行').waitFor()
  await picture(page, 'roster-checked')
  await take(page)

  const row = await found(page)
  await row.filter({ hasText: '三 组' }).waitFor()
  await row.getByRole('button', { name: '更正' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: '组' }).fill('第四组')
  await drawer.getByRole('textbox', { name: '身份证号' }).fill('990101194808010017')
  await picture(page, 'roster-correct')
  await drawer.getByRole('button', { name: '保存' }).click()
  await row.filter({ hasText: '四 组' }).filter({ hasText: '990101********0017' }).waitFor()

  await tried(page, csv('新名册.csv', [head, `${WHO},${unit},五组,欧阳父,`]))
  assert.equal(await number(page, '要选定（人）'), '1')
  const clash = page.locator('article').filter({ hasText: WHO })
  for (const side of ['三 组', '四 组', '五 组']) await clash.getByText(side, { exact: true }).waitFor()
  await clash.getByText('用文件的').click()
  await picture(page, 'roster-clash')
  await take(page)
  await (await found(page)).filter({ hasText: '五 组' }).waitFor()

  await show(page, 'import')
  const before = page.locator('tbody tr').filter({ hasText: '新名册.csv' })
  await before.getByRole('button', { name: '撤销这次导入' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销这次导入' }).click()
  await before.getByText('已撤销').waitFor()
  await (await found(page)).filter({ hasText: '四 组' }).waitFor()
  assert.deepEqual(addresses.filter((address) => address.includes('欧阳')), [], 'no name in an address')
  assertClean(workbench.watched)
  await workbench.throwAway()
})

test('merit notices come with their honours, and two of one soldier are two', async () => {
  const { workbench, page } = await clerk('import')
  await page.getByText('以前的导入').waitFor()
  await page.getByText('立功喜报名单').click()
  const lines = ['三等功,2026-1', '四有优秀军士,2026-2', '特等功,2026-3'].map((rest) => `${WHO},${UNIT},郑秀兰,2025,${rest}`)
  const file = csv('喜报.csv', ['姓名,区划代码,联系人,奖励年度,荣誉,喜报编号', ...lines])
  await page.locator('input[type=file]').setInputFiles(file)
  await choose(page, '这份名单是哪一批', '2026年春季')
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText('没有荣誉等次，或清单里没有这一等').waitFor()
  assert.deepEqual([await number(page, '新增（人）'), await number(page, '不能导入')], ['2', '1'])
  await picture(page, 'roster-notices')
  await take(page)
  await bed.county.waitFor('the notices', async () => {
    const found = await bed.county.must('POST', '/api/county/people/candidates', { kind: 'merits', unit: UNIT, search: '郑秀兰' })
    return found.map(({ honour }) => honour).sort().join() === 'M4,M5'
  })
  assertClean(workbench.watched)
  await workbench.throwAway()
})

test('a tree with a fault changes nothing; a sound one is in force', async () => {
  const units = await bed.county.must('GET', '/api/county/units')
  const township = units.find(({ unit }) => unit.length === 9)
  const { workbench, page } = await clerk('units')
  await page.getByText('现在的区划').waitFor()
  const file = page.locator('input[type=file]')
  await file.setInputFiles(csv('区划.csv', ['区划代码,名称', `${township.unit}9,试村`]))
  await page.getByText('区划代码要写 6、9 或 12 位数字。').waitFor()
  assert.equal(await page.getByRole('button', { name: '启用这份区划' }).isDisabled(), true)
  await picture(page, 'tree-fault')

  await file.setInputFiles(csv('区划.csv', ['区划代码,名称,生效日期', `${township.unit}998,试新村,2026-01-01`]))
  await page.getByText('新增 1 个').waitFor()
  await page.getByRole('button', { name: '启用这份区划' }).click()
  await page.getByText('已启用').waitFor()
  await page.locator('summary').filter({ hasText: township.name }).click()
  await page.locator('tr').filter({ hasText: '试新村' }).waitFor()
  const after = await bed.county.must('GET', '/api/county/tree')
  assert.deepEqual(after.filter(({ name }) => name === '试新村').map(({ unit }) => unit), [`${township.unit}998`])
  assertClean(workbench.watched)
  await workbench.throwAway()
})
