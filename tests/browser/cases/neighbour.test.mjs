// Somebody who serves one village takes another: handed over in the workbench, added on the phone by a tap, one person
// throughout. The phone of who left is found without a station. Deliberately not here: somebody new (`people.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const LEAVER = '郑国强'
const NEIGHBOUR = '冯小兰'

test('a village is handed to a neighbour, who adds it to her phone', async () => {
  const [own, other] = (await bed.county.villages()).filter(({ unit }) => unit.startsWith('990101103'))
  const leaver = await Phone.unpack(bed.browser, bed.server, 'leaver')
  await leaver.enrol(await bed.county.enrolmentLink(other.unit, LEAVER))
  const phone = await Phone.unpack(bed.browser, bed.server, 'neighbour')
  await phone.enrol(await bed.county.enrolmentLink(own.unit, NEIGHBOUR))
  await phone.households().first().waitFor()

  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  const { page } = workbench
  await workbench.menu('人员与手机')
  await page.getByRole('combobox', { name: '乡镇' }).click()
  await page.getByRole('option', { name: '双河镇', exact: true }).click()
  const row = page.locator('.stations tbody tr').filter({ hasText: other.name })
  await row.getByRole('button', { name: '交接' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText(LEAVER).click()
  await drawer.getByText('已在别的站的人').click()
  await drawer.getByRole('combobox', { name: '已在别的站的人' }).fill(NEIGHBOUR)
  await page.getByRole('option', { name: NEIGHBOUR }).click()
  await picture(page, 'neighbour-handover')
  await drawer.getByRole('button', { name: '交接', exact: true }).click()
  const link = await page.locator('.panel .link input').inputValue()
  await row.filter({ hasText: NEIGHBOUR }).waitFor()

  await phone.closeApp()
  await phone.open(link)
  await phone.tap(phone.page.getByRole('button', { name: '加到这部手机' }))
  await phone.page.getByText(own.name).first().waitFor()
  assert.equal(await phone.page.getByRole('button', { name: '换人' }).count(), 0, 'she is one person')
  const stations = await bed.county.must('GET', '/api/county/stations?unit=990101103')
  const served = stations.filter(({ people }) => people.some(({ name }) => name === NEIGHBOUR))
  assert.deepEqual(served.map(({ unit }) => unit).sort(), [own.unit, other.unit].sort())
  assert.equal(new Set(served.flatMap(({ people }) => people.filter(({ name }) => name === NEIGHBOUR).map(({ id }) => id))).size, 1)

  const apart = page.locator('details.apart')
  await apart.locator('summary').click()
  const left = apart.locator('tbody tr').filter({ hasText: LEAVER })
  await left.getByText('用的人已离任').waitFor()
  await picture(page, 'neighbour-apart')
  await left.getByRole('button', { name: '停用' }).click()
  await drawer.getByText('丢了或被偷').click()
  await drawer.getByRole('button', { name: '停用', exact: true }).click()
  await left.getByText('丢了或被偷，下次联网就清空').waitFor()
  assertClean(phone.watched, leaver.watched, workbench.watched)
  for (const one of [phone, leaver, workbench]) await one.throwAway()
})
