// Every screen that is no form of a register, as each way of seeing a phone shows it: plain, with large text, at 200 %, by
// keyboard alone. axe-core finds nothing grave, nothing is cut, everything can be reached. Deliberately not here: forms
// (`registers.test.mjs`).

import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { assertClean } from '../watch.mjs'

const bed = countyBed()
const phoneOf = { plain: 0, large: 1, zoomed: 2 }

for (const [name, way] of Object.entries(WAYS)) {
  test(`${name}: screens are whole and in reach`, async () => {
    const phone = await Phone.unpack(bed.browser, bed.server, name, way)
    await phone.open(bed.server.phones[phoneOf[name] ?? 0])
    await phone.look('enrolment')
    await phone.enrol(name in phoneOf ? bed.server.phones[phoneOf[name]] : await bed.county.enrolmentLink('990101103200', '王建军'))
    await phone.look('today')
    await phone.tap(phone.households({ open: true }).first())
    await phone.look('a visit')
    await phone.tap(phone.page.getByRole('button', { name: '日期' }).first())
    await phone.page.locator('dialog[open] table').waitFor()
    await phone.look('the calendar')
    await phone.tap(phone.page.locator('dialog[open]').getByRole('button', { name: '关上' }))
    await phone.tap(phone.page.getByRole('button', { name: '返回' }))
    await phone.logNext()
    await phone.look('confirmed')
    await phone.tab('记录')
    await phone.look('records')
    await phone.tap(phone.page.locator('ul.rows button.row').first())
    await phone.page.locator('ol.history').waitFor()
    await phone.look('a record')
    await phone.tap(phone.page.getByRole('button', { name: '作废' }))
    await phone.page.locator('dialog[open]').waitFor()
    await phone.look('reasons to void')
    await phone.tap(phone.page.locator('dialog[open]').getByRole('button', { name: '关上' }))
    await phone.tab('登记')
    await phone.look('registers')
    await phone.tab('我的')
    await phone.look('about this phone')
    await phone.tap(phone.page.getByRole('button', { name: '为什么记这些' }))
    await phone.look('why')
    assertClean(phone.watched)
    await phone.throwAway()
  })
}
