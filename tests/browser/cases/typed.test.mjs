// What somebody has begun to type and not yet added is there again after the phone was switched off: a family's name, goods,
// an amount. Deliberately not here: drafts of what was set (first-visit.test.mjs).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { readRegister } from '../registers.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
/** Longer than a draft waits before it is written. */
const KEPT_MS = 600

async function again(phone) {
  await phone.page.waitForTimeout(KEPT_MS)
  await phone.page.reload()
}

test('typed and not yet added survives a reload', async () => {
  const [village] = await bed.county.villages()
  const phone = await Phone.unpack(bed.browser, bed.server, 'typed')
  await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
  await phone.hasEverything()
  const { page } = phone

  const ceremony = new Form(phone, readRegister('ceremony'))
  await ceremony.begin()
  await phone.tap(ceremony.question('participants').getByRole('button', { name: '名单上没有' }))
  await page.getByLabel('家属联系人').pressSequentially('家属王')
  await again(phone)
  await page.getByLabel('家属联系人').waitFor()
  assert.equal(await page.getByLabel('家属联系人').inputValue(), '家属王')
  await phone.tap(page.getByRole('button', { name: '加上这位' }))
  await page.getByText('家属王').first().waitFor()

  const visit = new Form(phone, readRegister('visit'))
  await visit.begin('困难帮扶')
  await phone.tap(visit.question('person').getByRole('button', { name: '名单上没有' }))
  await page.getByLabel('姓名').pressSequentially('周大')
  await again(phone)
  assert.equal(await page.getByLabel('姓名').inputValue(), '周大')
  await phone.tap(page.getByRole('button', { name: '就记这个名字' }))

  const openGift = () => phone.tap(page.locator('.chips .chip, .extras .link').filter({ hasText: '慰问金和慰问品' }).first())
  await openGift()
  await page.getByRole('textbox', { name: '慰问金（元）' }).fill('350')
  await phone.tap(page.getByRole('button', { name: '别的' }))
  await page.getByLabel('物品').pressSequentially('棉')
  await again(phone)
  await openGift()
  assert.equal(await page.getByRole('textbox', { name: '慰问金（元）' }).inputValue(), '350')
  assert.equal(await page.getByLabel('物品').inputValue(), '棉')
  assertClean(phone.watched)
  await phone.throwAway()
})
