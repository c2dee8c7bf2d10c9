// A county adds to its registers while it runs: an own register, and further fields of visits. Phones have them after their next
// exchange, without being installed anew, and what they record reaches the table. Deliberately not here: what is refused of a
// bad file (the server's own cases).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countyBed } from '../bed.mjs'
import { Form } from '../form.mjs'
import { Phone } from '../phone.mjs'
import { assertClean, picture } from '../watch.mjs'
import { Workbench } from '../workbench.mjs'

const bed = countyBed()

const zh = (text) => ({ zh: text, en: text })
const TREE = {
  'x-register': 'memorial_tree',
  'x-version': 1,
  'x-label': zh('纪念树'),
  'x-hint': zh('哪里栽了什么树'),
  'x-notice': zh('只记树，不记人。'),
  'x-bucket': 'year',
  'x-bucket-date': 'planted_on',
  'x-levels': ['village'],
  'x-title': 'place',
  'x-sentence': [[zh('{planted_on}在{place}栽了{kind}。')]],
  'x-measures': { trees: { label: zh('棵'), count: true } },
  type: 'object',
  required: ['place', 'kind', 'planted_on', 'division_code', 'entry'],
  properties: {
    place: { 'x-order': 10, 'x-label': zh('栽在哪里'), 'x-widget': 'text', type: 'string', minLength: 1, maxLength: 60 },
    kind: {
      'x-order': 20,
      'x-label': zh('什么树'),
      'x-widget': 'choice',
      enum: ['pine', 'cypress'],
      'x-options': { pine: zh('松树'), cypress: zh('柏树') },
    },
    planted_on: { 'x-order': 30, 'x-label': zh('哪天栽的'), 'x-widget': 'date', 'x-default': { fill: 'today' }, type: 'string' },
    division_code: { 'x-order': 40, 'x-label': zh('村'), 'x-filled-by': 'default', 'x-widget': 'unit', 'x-default': { fill: 'unit' }, type: 'string' },
    entry: { 'x-order': 50, 'x-label': zh('登记'), 'x-filled-by': 'default', 'x-widget': 'hidden', 'x-default': { fill: 'entry' }, type: 'object' },
    void_reason: { 'x-order': 60, 'x-label': zh('作废原因'), 'x-widget': 'hidden', type: ['string', 'null'] },
  },
}
const WATER = {
  'x-extends': 'visit',
  'x-version': 1,
  properties: {
    tap_water: {
      'x-order': 500,
      'x-label': zh('通自来水'),
      'x-filled-by': 'worker',
      'x-widget': 'choice',
      enum: ['yes', 'no'],
      'x-options': { yes: zh('通了'), no: zh('没通') },
    },
  },
}

/** A phone of a village that has exchanged before the county changes anything. */
async function phoneOf(name) {
  const phone = await Phone.unpack(bed.browser, bed.server, name)
  await phone.enrol(bed.server.phones[0])
  await phone.hasEverything()
  return phone
}

test('a register file dropped into the running county is on the phone at its next exchange, and its record in the table', async () => {
  const phone = await phoneOf('own register')
  await phone.tab('登记')
  assert.equal(await phone.page.getByText(TREE['x-label'].zh).count(), 0)
  const stored = await bed.county.must('POST', '/api/county/registers', TREE)
  assert.deepEqual([stored.name, stored.version, stored.own], ['memorial_tree', 1, true])
  await phone.exchange()

  await phone.goOffline()
  const form = new Form(phone, TREE)
  await form.begin()
  await phone.look('empty')
  await form.fill({ place: '村口老井旁', kind: '柏树' })
  await form.confirm()
  await phone.goOnline()
  await phone.sent()

  const row = await bed.county.recordOf('memorial_tree')
  assert.deepEqual([row.title, row.columns.kind, row.invalid_fields], ['村口老井旁', 'cypress', []])
  const workbench = await Workbench.signIn(bed.browser, await bed.county.signInLink('王敏'))
  await workbench.finds('memorial_tree', '村口老井旁', '柏树')
  await picture(workbench.page, 'workbench-own-register')
  assertClean(phone.watched, workbench.watched)
  await phone.throwAway()
  await workbench.throwAway()
})

test('a field that the county adds to visits is asked on the phone and stands in the table', async () => {
  const phone = await Phone.unpack(bed.browser, bed.server, 'own field')
  await phone.enrol(bed.server.phones[2])
  await phone.hasEverything()
  await bed.county.must('POST', '/api/county/registers', WATER)
  await phone.exchange()
  const visit = (await bed.county.must('GET', '/api/county/registers')).find(({ name }) => name === 'visit').source
  assert.ok('tap_water' in visit.properties)

  await phone.goOffline()
  const form = new Form(phone, visit)
  await form.begin()
  await form.fill({ tap_water: '没通' })
  await form.confirm()
  await phone.goOnline()
  await phone.sent()
  const row = await bed.county.recordOf('visit', ({ columns }) => columns.tap_water !== undefined)
  assert.deepEqual([row.columns.tap_water, row.invalid_fields], ['no', []])
  assertClean(phone.watched)
  await phone.throwAway()
})

test('a register file with a fault is refused with its place, and no phone ever has it', async () => {
  const { status, value } = await bed.county.ask('POST', '/api/county/registers', { ...TREE, 'x-register': 'Bad Name' })
  assert.equal(status, 422)
  assert.ok(value.faults.length > 0 && value.faults.every(({ pointer, zh }) => typeof pointer === 'string' && zh !== ''))
})
