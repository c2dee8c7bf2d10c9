// Each register, in each way of seeing a phone: logged without signal by the village, sent, seen in the county's table. Place
// and camera are refused throughout. Deliberately not here: what follows after (`work.test.mjs`).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone, WAYS } from '../phone.mjs'
import { label, NAMES, readRegister, saidTitle } from '../registers.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

/** Kinds of fields that are answered in a sheet of their own, by one register or another. */
const SHEETS = ['date', 'gift', 'group', 'checklist', 'choice', 'choices', 'number', 'text', 'staff', 'switch']

const bed = countyBed()

async function logAndSee(phone, workbench, village, name, opened) {
  const register = readRegister(name)
  const form = new Form(phone, register)
  await phone.goOffline()
  await form.begin()
  await phone.look(`${name}, empty`)
  await form.fill()
  await phone.look(`${name}, filled`)
  await form.openEach(opened)
  await form.confirm()
  await phone.look(`${name}, confirmed`)
  await phone.tab('今天')
  await phone.page.getByText('还有 1 条没传').waitFor()
  await phone.goOnline()
  await phone.sent()

  const row = await bed.county.recordOf(name, ({ unit }) => unit === village.unit)
  assert.deepEqual(row.invalid_fields, [], `${name}: ${JSON.stringify(row)}`)
  await workbench.finds(name, village.name, saidTitle(register, row.title))
  await picture(workbench.page, `workbench-${name}`)
}

for (const [index, [wayName, way]] of Object.entries(WAYS).entries()) {
  test(`${wayName}: every register reaches the county's table from a valley without signal`, async (context) => {
    const village = (await bed.county.villages())[index]
    const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
    const phone = await Phone.unpack(bed.browser, bed.server, wayName, way)
    await phone.enrol(await bed.county.enrolmentLink(village.unit, '陈志远'))
    await phone.hasEverything()
    const opened = new Set()
    for (const name of NAMES) {
      await context.test(`${wayName}: ${label(readRegister(name))}`, () => logAndSee(phone, workbench, village, name, opened))
    }
    for (const widget of SHEETS) assert.ok(opened.has(widget), `${widget} was opened nowhere`)
    assertClean(phone.watched, workbench.watched)
    await phone.throwAway()
    await workbench.throwAway()
  })
}
