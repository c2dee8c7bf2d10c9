// Two people on one phone: the name in use is in sight on every screen, a PIN changes it on the tabs, and the county sees who
// logged which visit.
// Deliberately not here: wrong PINs and waits (`pwa/tests/sync/two_people.test.ts`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { readRegister } from '../registers.mjs'
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

/** The name in use is on one line in sight, at the top of the screen and at its end; the way to the other only on tabs. */
async function assertNamed(phone, screen, { isTab }) {
  const line = phone.page.locator('aside').filter({ hasText: `现在是${FIRST}在用` })
  await line.waitFor()
  for (const end of [0, 1e6]) {
    await phone.page.evaluate((top) => scrollTo(0, top), end)
    const seen = await line.locator('span').evaluate((element) => {
      const box = element.getBoundingClientRect()
      const range = document.createRange()
      range.selectNodeContents(element)
      const isOnTop = element.contains(document.elementFromPoint(box.left + 5, box.top + box.height / 2))
      return { isOnTop, isInside: box.top >= 0 && box.bottom <= innerHeight, lines: range.getClientRects().length }
    })
    assert.deepEqual(seen, { isOnTop: true, isInside: true, lines: 1 }, `${screen}, ${end ? 'end' : 'top'}`)
  }
  await phone.page.evaluate(() => scrollTo(0, 0))
  assert.equal(await line.getByRole('button', { name: '换人' }).count(), isTab ? 1 : 0, screen)
  await phone.look(screen)
}

for (const [way, place] of [['plain', 2], ['large', 3]]) {
  test(`${way}: every tab and form says who uses the phone`, async () => {
    const { phone } = await share(`named, ${way}`, WAYS[way], place)
    const { page } = phone
    await phone.logNext()
    for (const tab of ['今天', '记录', '登记', '我的']) {
      await phone.tab(tab)
      await assertNamed(phone, `tab ${tab}`, { isTab: true })
    }
    for (const button of ['意见建议', '刚接手看这里', '为什么记这些']) {
      await phone.tab('我的')
      await phone.tap(page.locator('main').getByRole('button', { name: button }).last())
      await page.getByRole('button', { name: '返回' }).waitFor()
      await assertNamed(phone, button, { isTab: false })
    }
    await phone.tab('今天')
    await phone.tap(phone.households({ open: true }).first())
    await page.getByRole('button', { name: '送到家了' }).waitFor()
    await assertNamed(phone, 'the form of a visit', { isTab: false })
    await phone.tab('记录')
    await phone.tap(page.locator('ul.rows button.row').first())
    await assertNamed(phone, 'a record', { isTab: false })
    await phone.tap(page.getByRole('button', { name: '更正' }))
    await page.getByRole('button', { name: '改好了' }).waitFor()
    await assertNamed(phone, 'a correction', { isTab: false })
    await phone.tab('登记')
    await phone.tap(page.getByRole('button', { name: '一次记下多户' }))
    await page.getByRole('heading', { name: '一次记下多户' }).waitFor()
    await assertNamed(phone, 'many at once', { isTab: false })
    for (const name of ['ceremony', 'outlet']) {
      await new Form(phone, readRegister(name)).begin()
      await assertNamed(phone, `the form of ${name}`, { isTab: false })
    }
    assertClean(phone.watched)
    await phone.throwAway()
  })
}
