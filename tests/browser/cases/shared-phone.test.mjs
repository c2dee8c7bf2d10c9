// Two people on one phone: the name in use is shown, a PIN changes it, and the county sees who logged which visit.
// Deliberately not here: wrong PINs and waits (`pwa/tests/sync/two_people.test.ts`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
const FIRST = '郑国强'
const SECOND = '冯小兰'

/** A phone of the first person, to which the link of the second was added. */
async function share(name, way, place) {
  const { unit } = (await bed.county.villages())[place]
  const phone = await Phone.unpack(bed.browser, bed.server, name, way)
  await phone.enrol(await bed.county.enrolmentLink(unit, FIRST))
  const code = { person_id: null, name: SECOND, approved_later: false }
  const { url } = await bed.county.must('POST', `/api/county/stations/${unit}/code`, code)
  await phone.closeApp()
  await phone.open(url)
  await phone.tap(phone.page.getByRole('button', { name: '加到这部手机' }))
  await phone.page.getByText(`现在是${FIRST}在用`).waitFor()
  return { phone, unit }
}

async function enterPin(phone, heading, pin) {
  await phone.page.getByRole('heading', { name: heading }).waitFor()
  await phone.write(phone.page.getByLabel('密码（4 到 6 位数字）'), pin)
  await phone.look(heading)
  await phone.tap(phone.page.locator('dialog[open]').getByRole('button', { name: '好了' }))
}

for (const [way, place] of [['plain', 0], ['large', 1]]) {
  test(`${way}: a PIN hands the phone to the other, and each visit says who logged it`, async () => {
    const { phone, unit } = await share(`shared, ${way}`, WAYS[way], place)
    const first = await phone.logNext()
    await phone.look('first screen')
    await phone.tap(phone.page.getByRole('button', { name: '换人' }))
    await enterPin(phone, `${FIRST}先设一个密码`, '1234')
    await enterPin(phone, `${SECOND}第一次用，设一个密码`, '567890')
    await phone.page.getByText(`现在是${SECOND}在用`).waitFor()
    await phone.tap(phone.households({ open: true }).first())
    await phone.page.getByText(`${SECOND}记的`).waitFor()
    await phone.look('a visit')
    await phone.tap(phone.page.getByRole('button', { name: '返回' }))
    const second = await phone.logNext()
    await phone.tap(phone.page.getByRole('button', { name: '换人' }))
    await enterPin(phone, `${FIRST}的密码`, '4321')
    await phone.page.getByText('密码不对').waitFor()
    await enterPin(phone, `${FIRST}的密码`, '1234')
    await phone.page.getByText(`现在是${FIRST}在用`).waitFor()
    await phone.sent()
    await phone.tab('记录')
    await phone.record(second.split('、')[0]).filter({ hasText: `${SECOND}记的` }).waitFor()
    assert.equal(await phone.record(first.split('、')[0]).filter({ hasText: '记的' }).count(), 0)
    const stations = await bed.county.must('GET', `/api/county/stations?unit=${unit}`)
    const { phones } = stations.find((one) => one.unit === unit)
    assert.ok(phones.some(({ people }) => people.includes(FIRST) && people.includes(SECOND)))
    assertClean(phone.watched)
    await phone.throwAway()
  })
}
