// A township: its clerk sees and does what lies in it and nothing else; its phone enters a visit for a village that nobody serves.
// Deliberately not here: each route by each who may ask (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()

/** A village in which somebody is to be visited, with its township. */
async function places() {
  const [village] = await bed.county.villages()
  const units = await bed.county.must('GET', '/api/county/units')
  const township = units.find(({ unit }) => unit === village.unit.slice(0, 9))
  return { village, township, units }
}

test("a township's clerk sees the township alone, and gives out a code there", async () => {
  const { village, township, units } = await places()
  const { url } = await bed.county.must('POST', '/api/county/links', { unit: township.unit, person: '周建国', staff: true })
  const workbench = await Workbench.signIn(bed.browser, url)
  const { page } = workbench
  const entries = (await workbench.openAll()).map((entry) => entry.split('\n')[0].trim())
  for (const county of ['开始使用', '慰问活动', '名册', '清单', '登记种类', '暂存的登记', '要核对的']) {
    assert.ok(!entries.includes(county), `${county} is the county's`)
  }
  await workbench.menu('人员与手机')
  const stations = page.locator('table tbody tr')
  await stations.filter({ hasText: village.name }).first().waitFor()
  await picture(page, 'township-people')
  assert.equal(await page.getByRole('heading', { name: '请同事登录工作台' }).count(), 0, 'colleagues are the county’s to name')
  const shown = await stations.allInnerTexts()
  const foreign = units.filter(({ unit, name }) => unit.length === 12 && !unit.startsWith(township.unit) && name !== village.name)
  assert.ok(!shown.some((row) => foreign.some(({ unit }) => row.includes(unit))), 'nothing of another township')
  await stations.filter({ hasText: village.name }).getByRole('button', { name: '登记手机' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('新来的人').click()
  await drawer.getByRole('textbox').fill('林小满')
  await drawer.getByRole('button', { name: '生成登记码' }).click()
  assert.match(await page.locator('.panel .link input').inputValue(), /#enrol=/)
  await page.evaluate(() => (location.hash = '#/roster'))
  await page.getByRole('navigation').waitFor()
  assert.equal(await page.locator('input[type=file]').count(), 0, 'an address leads no further than the menu')
  assertClean(workbench.watched)
  await workbench.throwAway()
})

test('a township phone enters a visit for a village that nobody serves', async () => {
  const { village, township } = await places()
  for (const { id } of (await bed.county.must('GET', `/api/county/stations?unit=${village.unit}`))[0].people) {
    await bed.county.must('POST', `/api/county/stations/${village.unit}/handover`, { from: id, to: null, approved_later: false })
  }
  const [vacant] = await bed.county.must('GET', `/api/county/stations?unit=${village.unit}`)
  assert.deepEqual(vacant.people, [], 'vacant')
  const phone = await Phone.unpack(bed.browser, bed.server, 'township')
  await phone.arrive(await bed.county.enrolmentLink(township.unit, '吴建国'))
  await phone.tap(phone.page.getByRole('button', { name: '好了' }))
  await phone.page.locator('label.field select').selectOption(village.unit)
  await phone.households({ open: true }).first().waitFor()
  await phone.goOffline()
  const name = await phone.logNext()
  await phone.look('township')
  await phone.goOnline()
  await phone.sent()
  const { rows } = await bed.county.waitFor('the visit', async (county) => {
    const page = await county.must('GET', `/api/county/visits?unit=${village.unit}`)
    return page.rows.length > 0 && page
  })
  assert.deepEqual([rows[0].unit, rows[0].author, name.includes(rows[0].person_name)], [village.unit, '吴建国', true])
  const { url } = await bed.county.must('POST', '/api/county/links', { unit: township.unit, person: '周建国', staff: true })
  const workbench = await Workbench.signIn(bed.browser, url)
  await workbench.table('visit')
  await workbench.rows().first().click()
  const drawer = workbench.page.getByRole('dialog')
  await drawer.getByRole('button', { name: /项没有填/ }).click()
  await drawer.getByRole('button', { name: '更正“备注”' }).click()
  const [note, reason] = await drawer.locator('form.correct').getByRole('textbox').all()
  await note.fill('门口有狗')
  await reason.fill('站里补记')
  await picture(workbench.page, 'township-correct')
  await drawer.getByRole('button', { name: '保存' }).click()
  await drawer.getByText('门口有狗').first().waitFor()
  await picture(workbench.page, 'township-drawer')
  assertClean(phone.watched, workbench.watched)
  await workbench.throwAway()
  await phone.throwAway()
})
