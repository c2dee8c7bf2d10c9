// A phone that takes a code along: it shows four digits, the township compares them, and it opens by itself. Then the station
// is handed over, and what the phone still had is held and accepted. Deliberately not here: declining (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const VILLAGE = '石门村'

/** The stations of the village's township, narrowed to it. */
async function stations(workbench, township) {
  const { page } = workbench
  await workbench.menu('人员与手机')
  const select = page.getByRole('combobox', { name: '乡镇' })
  await select.click()
  await page.getByRole('option', { name: township, exact: true }).click()
  return page.locator('.stations tbody tr').filter({ hasText: VILLAGE })
}

test('a phone with a code of fourteen days opens once its digits were compared; the station is handed over', async () => {
  const units = await bed.county.must('GET', '/api/county/units')
  const village = units.find(({ name, unit }) => name === VILLAGE && unit.length === 12)
  const township = units.find(({ unit }) => unit === village.unit.slice(0, 9)).name
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  const row = await stations(workbench, township)
  await picture(page, 'people-stations')

  await row.getByRole('button', { name: '登记手机' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('新来的人').click()
  await drawer.getByRole('textbox').fill('林小满')
  await drawer.getByText('带回去登记').click()
  await picture(page, 'people-code')
  await drawer.getByRole('button', { name: '生成登记码' }).click()
  const link = await page.locator('.panel .link input').inputValue()
  await picture(page, 'people-link')

  const phone = await Phone.unpack(bed.browser, bed.server, 'waiting')
  await phone.open(link)
  await phone.tap(phone.page.getByRole('button', { name: '登记这部手机' }))
  const digits = (await phone.page.locator('.digits').innerText()).trim()
  assert.match(digits, /^\d{4}$/)
  await phone.look('digits')

  await page.reload()
  const card = page.locator('.waiting form').filter({ hasText: '林小满' })
  assert.equal(await card.locator('.digits').innerText(), digits, 'both ends count the same')
  await picture(page, 'people-waiting')
  await card.getByRole('textbox').fill(digits)
  await card.getByRole('button', { name: '一样，通过' }).click()
  await phone.tap(phone.page.getByRole('button', { name: '好了' }))
  await phone.households().first().waitFor()
  await phone.goOffline()
  await phone.logNext()

  await (await stations(workbench, township)).getByRole('button', { name: '交接' }).click()
  await drawer.getByText('林小满').click()
  await drawer.getByRole('textbox').fill('周建国')
  await picture(page, 'people-handover')
  await drawer.getByRole('button', { name: '交接', exact: true }).click()
  await page.getByText('已交接').waitFor()
  await row.filter({ hasText: '周建国' }).waitFor()
  assert.equal(await row.filter({ hasText: '林小满' }).count(), 0)

  // What the one who left had still on the phone is kept for the county, who takes it as a whole.
  await phone.goOnline()
  await phone.sent()
  await workbench.menu('暂存的登记')
  const work = page.locator('section.panel').filter({ hasText: '林小满' })
  await work.getByRole('textbox').fill('已和本人核实')
  await picture(page, 'people-held')
  await work.getByRole('button', { name: '全部收下' }).click()
  await page.getByText('没有暂存的登记').waitFor()
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('the slips of a township are printed alone, one for each village that somebody serves', async () => {
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  await workbench.menu('人员与手机')
  await page.getByRole('button', { name: '打印登记单' }).click()
  await page.locator('.sheet article').first().waitFor()
  const served = await page.locator('table tbody tr').filter({ hasText: '起' }).count()
  assert.ok(served > 0 && (await page.locator('.sheet article').count()) > 0)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('nav').isVisible(), false)
  assert.equal(await page.locator('.sheet article').first().isVisible(), true)
  await picture(page, 'people-slips')
  assertClean(workbench.watched)
  await workbench.throwAway()
})
