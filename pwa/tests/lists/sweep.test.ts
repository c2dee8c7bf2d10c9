/**
 * Many homes at once: what is given once holds for all, each person is one record, a sheet's lines count by themselves.
 *
 * Deliberately not here: saving.
 */
import { expect, test } from 'vitest'
import { visit } from '../../src/shared/registers'
import type { Campaign } from '../../src/shared/generated'
import type { View } from '../../src/shared/messages'
import { invalidFields } from '../../src/shared/validation'
import { placeOf } from '../../src/page/form/open'
import { linesOf, toFields, withValue } from '../../src/page/form/model'
import {
  headForm,
  lineNumbers,
  newSweep,
  sweepForms,
  sweepRows,
  ticked,
  withChanged,
  withHeadFields,
  type Sweep,
} from '../../src/page/list/sweep'
import { campaign as festival, home, person, viewOf, VILLAGE } from './view'
import { NOW } from '../phone'

const campaign: Campaign = festival('2024-01-20', '2024-02-09')
const view: View = viewOf({
  campaigns: [campaign],
  households: [
    home('h1', [person('r1', '李大山')]),
    home('h2', [person('r2', '赵玉兰'), person('r3', '赵长河')]),
    home('h3', [person('r4', '孙有福')]),
  ],
})
const place = placeOf(view, VILLAGE, NOW)!

function sweep(isPaper: boolean, ...homes: string[]): Sweep {
  return homes.reduce(ticked, newSweep(visit, place, campaign, isPaper))
}

test('date, leader and companions are given once; every person is one record', () => {
  const head = { visit_date: '2024-02-01', lead_rank: 'county_leader', visitor_refs: ['s-1'] }
  const one = withHeadFields(visit, sweep(false, 'h2', 'h1'), head)
  const forms = sweepForms(visit, view, one, place)
  const records = forms.flatMap(({ form }) => linesOf(form).map((line) => toFields(visit, form, line, 's-1', NOW)))
  expect(records.map((record) => record['person'])).toMatchObject([
    { name: '赵玉兰' },
    { name: '赵长河' },
    { name: '李大山' },
  ])
  for (const record of records) {
    expect(record).toMatchObject({ ...head, outcome: 'delivered', gift: { money_fen: 30000 } })
    expect(record['entry']).toMatchObject({ source: 'phone' })
    expect(invalidFields(visit, record)).toEqual([])
  }
})

test('a sheet from paper: earlier day, its number, lines in the order of tapping', () => {
  const one = { ...sweep(true, 'h2', 'h3', 'h1'), sheetNumber: 'A-7', firstLine: 4 }
  const forms = sweepForms(visit, view, one, place)
  const records = forms.flatMap(({ form }) => linesOf(form).map((line) => toFields(visit, form, line, 's-1', NOW)))
  expect(records.map((record) => record['sign_sheet'])).toEqual(
    [4, 5, 6, 7].map((line) => ({ sign_sheet_no: 'A-7', line_no: line })),
  )
  for (const record of records) {
    expect(record['entry']).toMatchObject({ source: 'paper_sheet' })
    expect(record['visit_date']).toBe('2024-02-02')
    expect(invalidFields(visit, record)).toEqual([])
  }
  expect([...lineNumbers(view, ticked(one, 'h2')).entries()]).toEqual([
    ['h3', 4],
    ['h1', 5],
  ])
})

test('one home can be changed by hand, taken out, and forgets the change when it is ticked again', () => {
  const one = sweep(false, 'h1', 'h3')
  const [first] = sweepForms(visit, view, one, place)
  const changed = withChanged(one, 'h1', withValue(visit, first!.form, 'receiver', 'spouse'))
  const receivers = (of: Sweep): unknown[] =>
    sweepForms(visit, view, of, place).map(({ form }) => form.shared['receiver'])
  expect(receivers(changed)).toEqual(['spouse', 'self'])
  expect(receivers(ticked(changed, 'h1'))).toEqual(['self'])
  expect(receivers(ticked(ticked(changed, 'h1'), 'h1'))).toEqual(['self', 'self'])
  const later = withHeadFields(visit, changed, { visit_date: '2024-01-30' })
  expect(sweepForms(visit, view, later, place).map(({ form }) => form.shared['visit_date'])).toEqual([
    '2024-01-30',
    '2024-01-30',
  ])
  expect(headForm(visit, later).shared['visit_date']).toBe('2024-01-30')
})

test('homes that somebody visited meanwhile drop out', () => {
  const one = sweep(false, 'h1', 'h3')
  const fields = { campaign_id: campaign.id, outcome: 'delivered', person: { person_ref: 'r1' } }
  const later = viewOf({ ...view, households: view.villages[0]!.households, records: [{ id: 'x', fields }] })
  expect(sweepForms(visit, later, one, place).map(({ household }) => household)).toEqual(['h3'])
  expect(sweepRows(later, one).map((row) => row.household.id)).toEqual(['h2', 'h3'])
})
