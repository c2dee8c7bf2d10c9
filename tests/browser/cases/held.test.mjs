// Held work on the county's page: accepted one by one, accepted as a whole, declined, and opened again. Deliberately not here:
// how work comes to be held (`people.test.mjs`), and what each decision means for phones (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone } from '../phone.mjs'
import { assertClean } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()
const PERSON = '钱卫东'

/** Work of so many homes that came after the village was handed over, and the county's page with its card. */
async function heldWork(name, place, homes) {
  const village = (await bed.county.villages())[place]
  const phone = await Phone.unpack(bed.browser, bed.server, name)
  await phone.enrol(await bed.county.enrolmentLink(village.unit, PERSON))
  await phone.goOffline()
  const names = []
  for (let home = 0; home < homes; home += 1) names.push((await phone.logNext()).split('、')[0])
  const [{ people }] = await bed.county.must('GET', `/api/county/stations?unit=${village.unit}`)
  const { id } = people.find((one) => one.name === PERSON)
  await bed.county.must('POST', `/api/county/stations/${village.unit}/handover`, { from: id, to: null, approved_later: false })
  await phone.goOnline()
  await phone.page.getByRole('heading', { name: '这部手机现在不管任何村了' }).waitFor()
  await phone.sent()
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  await workbench.menu('暂存的登记')
  const card = workbench.page.locator('section.panel').filter({ hasText: village.name })
  await card.waitFor()
  return { phone, workbench, village, card, names }
}

async function visitsIn({ unit }) {
  return (await bed.county.records({ register: 'visit', unit, limit: 20 })).rows.map(({ title }) => title)
}

test('one record is accepted by itself, then the rest as a whole', async () => {
  const { phone, workbench, village, card, names } = await heldWork('one by one', 0, 3)
  const { page } = workbench
  await card.getByText(names[1]).click()
  await card.getByRole('button', { name: '收下选中的 1 条' }).click()
  await card.getByText('请先写说明').waitFor()
  assert.deepEqual(await visitsIn(village), [], 'nothing without a note')
  await card.getByRole('textbox').fill('只核实了这一户')
  await workbench.look('held, one chosen')
  await card.getByRole('button', { name: '收下选中的 1 条' }).click()
  const taken = card.locator('li').filter({ hasText: names[1] })
  await taken.getByText('已收下').waitFor()
  assert.equal(await taken.getByRole('checkbox').isDisabled(), true)
  assert.equal(await card.getByRole('button', { name: '收下选中的' }).count(), 0, 'nothing stays chosen')
  assert.equal(await card.getByRole('textbox').inputValue(), '', 'a note is for one decision')
  assert.deepEqual((await visitsIn(village)).length, 1)
  await workbench.look('held, one accepted')
  await card.getByRole('textbox').fill('其余的也和本人核实了')
  await card.getByRole('button', { name: '全部收下' }).click()
  await card.waitFor({ state: 'detached' })
  await bed.county.waitFor('all three', async () => (await visitsIn(village)).length === 3)
  await page.getByText('没有暂存的登记').waitFor()
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('declined work stands below with the reason, is opened again with a note, and accepted after all', async () => {
  const { phone, workbench, village, card } = await heldWork('declined', 1, 1)
  const { page } = workbench
  await card.getByRole('textbox').fill('本人说没有去')
  await card.getByRole('button', { name: '不收' }).click()
  const declined = page.locator('.declined form').filter({ hasText: village.name })
  await declined.getByText(/王敏.*写明不收：本人说没有去/).waitFor()
  assert.equal(await card.count(), 0)
  await workbench.look('held, declined')
  await declined.getByRole('button', { name: '重新打开' }).click()
  await declined.getByText('请先写说明').waitFor()
  await declined.getByRole('textbox').fill('本人补来了签收表')
  await declined.getByRole('button', { name: '重新打开' }).click()
  await card.waitFor()
  await declined.waitFor({ state: 'detached' })
  assert.deepEqual(await visitsIn(village), [], 'opening it again decides nothing')
  await card.getByRole('textbox').fill('签收表已看')
  await card.getByRole('button', { name: '全部收下' }).click()
  await card.waitFor({ state: 'detached' })
  await bed.county.waitFor('the visit', async () => (await visitsIn(village)).length === 1)
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})
