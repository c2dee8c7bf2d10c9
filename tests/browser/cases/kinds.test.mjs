// The kinds of work within a register, each logged without signal by the village, sent, and seen in the county's table with what
// was said: a welcome, a merit notice, a plaque, a visit in hospital. Deliberately not here: each register once, in each way of
// seeing a phone (registers.test.mjs).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { optionLabel, readRegister } from '../registers.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

/** A village with somebody on each batch list. */
const VILLAGE = '990101103200'
const bed = countyBed()

/** Register, kind, the figure of the report that moves, and what the row must say. */
const KINDS = [
  ['ceremony', 'returnee_welcome', 'T08.returnees', ({ participants }) => /^[0-9]{4}H[12]$/.test(participants[0].batch)],
  [
    'ceremony',
    'merit_report',
    'T07.families',
    ({ date, participants: [one] }) => one.award_fen === 15_000 && one.honour_code === 'M5' && one.delivered_on === date,
  ],
  ['ceremony', 'plaque', 'T09.hung', ({ participants: [one] }) => one.plaque_action === 'new' && one.position === 'door'],
  ['visit', 'hospital', null, ({ handover, person }) => handover.handover_place === 'hospital' && person.person_ref !== undefined],
]

async function logged(phone, register, kind) {
  const form = new Form(phone, register)
  await phone.goOffline()
  await form.begin(optionLabel(register.properties[register['x-start'].field], kind))
  await form.fill()
  await phone.look(`${kind}, filled`)
  await form.confirm()
  await phone.goOnline()
  await phone.sent()
}

test('each kind of work reaches the county as it was said', async () => {
  const phone = await Phone.unpack(bed.browser, bed.server, 'kinds')
  await phone.enrol(await bed.county.enrolmentLink(VILLAGE, '陈志远'))
  await phone.hasEverything()
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  for (const [name, kind, figure, isRight] of KINDS) {
    const register = readRegister(name)
    const start = register['x-start'].field
    await logged(phone, register, kind)
    const row = await bed.county.recordOf(name, ({ unit, columns }) => unit === VILLAGE && columns[start] === kind)
    const { fields } = await bed.county.must('GET', `/api/county/records/${row.record_id}`)
    assert.deepEqual(row.invalid_fields, [], kind)
    assert.ok(isRight(fields), `${kind}: ${JSON.stringify(fields)}`)
    if (figure) {
      const report = await bed.county.must('GET', `/api/report/annual?year=${row.date.slice(0, 4)}`)
      assert.equal(report.figures[figure], 1, `${figure}: ${JSON.stringify(report.figures)}`)
    }
    await workbench.finds(name, optionLabel(register.properties[start], kind))
    await picture(workbench.page, `workbench-${kind}`)
  }
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})
