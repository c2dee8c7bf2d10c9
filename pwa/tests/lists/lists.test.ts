/**
 * Lists of any register: what needs a look, what waits for this station, then by state; each record in one place.
 *
 * Deliberately not here: how a row looks.
 */
import { expect, test } from 'vitest'
import { Register } from '../../src/shared/register'
import type { RegisterFile } from '../../src/shared/register_file'
import type { View, ViewRecord } from '../../src/shared/messages'
import { groupsOf } from '../../src/page/list/records'
import { isRecordFound, kindOf, titleOf } from '../../src/page/list/titles'
import { mayAct, unitName, unitsFor } from '../../src/page/list/units'
import { home, person, record, table, TOWNSHIP, VILLAGE, viewOf } from './view'

const both = (zh: string): { zh: string; en: string } => ({ zh, en: zh })
const text = { type: 'string' }

/** A register with steps: the village proposes, the township reports, the county reviews. */
const checks = new Register({
  'x-register': 'checks',
  'x-version': 1,
  'x-label': both('名册核对'),
  'x-bucket': 'year',
  'x-bucket-date': 'date',
  'x-levels': ['village', 'township'],
  'x-title': 'who',
  'x-steps': [
    { id: 'tell', by: 'village', label: both('村里报'), button: both('报'), fields: ['who'] },
    { id: 'report', by: 'township', label: both('乡镇上报'), button: both('上报'), fields: ['reported'] },
    { id: 'review', by: 'county', label: both('县里复核'), button: both('复核'), fields: ['reviewed'] },
  ],
  properties: { date: text, who: { type: 'object', 'x-widget': 'person' }, reported: text, reviewed: text },
} as unknown as RegisterFile)

const shops = new Register({
  'x-register': 'shops',
  'x-version': 1,
  'x-label': both('门店'),
  'x-bucket': 'none',
  'x-title': 'name',
  'x-state': 'state',
  'x-start': { field: 'sector' },
  properties: {
    name: text,
    state: { enum: ['found', 'active'], 'x-options': { found: both('找到'), active: both('在用') } },
    sector: { enum: ['food'], 'x-options': { food: both('餐饮') } },
  },
} as unknown as RegisterFile)

function shop(id: string, fields: ViewRecord['fields'], part: Partial<ViewRecord> = {}): ViewRecord {
  return record({ id, address: `shops/${VILLAGE}/-`, fields, ...part })
}

function check(id: string, fields: ViewRecord['fields']): ViewRecord {
  return record({ id, address: `checks/${VILLAGE}/2024`, fields })
}

const shape = (view: View, register: Register | undefined, records: ViewRecord[]): unknown =>
  groupsOf(view, register, records).map((group) => [group.label, group.records.map(({ id }) => id)])

test('records stand by state, newest first; what needs a look comes before, and what has no state is there too', () => {
  const records = [
    shop('1', { state: 'active' }),
    shop('2', { state: 'active' }),
    shop('3', { state: 'found' }),
    shop('4', { state: 'unheard' }),
    shop('5', { state: 'found' }, { standing: 'needs_a_look' }),
  ]
  expect(shape(viewOf({}), shops, records)).toEqual([
    ['先看一下', ['5']],
    ['找到', ['3']],
    ['在用', ['2', '1']],
    ['其他', ['4']],
  ])
})

test('a township sees first what waits for it, a village what waits for the village', () => {
  const told = { who: { name: '李大山' } }
  const records = [
    check('1', { date: '2024-02-01' }),
    check('2', { ...told, date: '2024-02-02' }),
    check('3', { ...told, date: '2024-02-03', reported: 'yes' }),
    check('4', { ...told, date: '2024-02-04', void_reason: 'mistake' }),
    check('5', { ...told, date: '2024-02-05', reported: 'yes', reviewed: 'yes' }),
  ]
  const labels = (units: string[]): unknown => shape(viewOf({ units }), checks, records)
  expect(labels([TOWNSHIP])).toEqual([
    ['等乡镇办', ['2']],
    ['等村里办 · 村里报', ['1']],
    ['等乡镇办 · 乡镇上报', ['4']],
    ['等县里办 · 县里复核', ['3']],
    ['办完了', ['5']],
  ])
  expect((labels([VILLAGE]) as unknown[])[0]).toEqual(['等村里办', ['1']])
})

test('a step is taken at its level, or above for an empty post, and never below or elsewhere', () => {
  const [tell, report, review] = checks.steps
  const may = (units: string[]): boolean[] =>
    [tell, report, review].map((step) => mayAct(step!, VILLAGE, viewOf({ units })))
  expect(may([VILLAGE])).toEqual([true, false, false])
  expect(may([TOWNSHIP])).toEqual([true, true, false])
  expect(may(['990101'])).toEqual([true, true, true])
  expect(may(['990101104'])).toEqual([false, false, false])
})

test('a new record stands at the person’s own station, else in one of its villages', () => {
  const villages = [table(TOWNSHIP, '双河镇'), table(VILLAGE, '石门村'), table('990101103201', '柳沟村')]
  const township = viewOf({ villages, units: [TOWNSHIP] })
  expect(unitsFor(checks, township)).toEqual([TOWNSHIP])
  expect(unitsFor(shops, township)).toEqual([VILLAGE, '990101103201'])
  expect(unitsFor(shops, viewOf({ villages }))).toEqual([VILLAGE])
  expect(unitsFor(checks, viewOf({ villages, units: ['990101'] }))).toEqual([TOWNSHIP, VILLAGE, '990101103201'])
  expect([TOWNSHIP, VILLAGE, '990101'].map((unit) => unitName(township, unit))).toEqual(['双河镇', '石门村', '示例县'])
})

test('titles come from the register’s field, kinds from its first question; both find, and initials too', () => {
  const households = [home('h', [person('r1', '单长河', 'sch')])]
  const family = {
    person_ref: 'b1',
    kind: 'recruit',
    batch: '2024H1',
    contact: '王芳',
    relation: '母亲',
    initials: 'wf',
  }
  const batches = [{ ...family, kind: 'recruit' as const, details: {} }]
  const view = viewOf({ villages: [table(VILLAGE, '石门村', { households, batches })] })
  const one = shop('1', { name: '惠民饭店', sector: 'food' })
  expect([titleOf(view, shops, one), kindOf(view, shops, one)]).toEqual(['惠民饭店', '餐饮'])
  for (const typed of ['hmfd', '饭店', '餐饮', 'cy']) expect(isRecordFound(view, shops, one, typed)).toBe(true)
  expect(isRecordFound(view, shops, one, 'xyz')).toBe(false)
  // The roster's initials find a name that is read in an unusual way.
  const listed = check('2', { who: { person_ref: 'r1' } })
  expect(titleOf(view, checks, listed)).toBe('单长河')
  expect(isRecordFound(view, checks, listed, 'sch')).toBe(true)
  const contact = check('3', { who: { person_ref: 'b1' } })
  expect(titleOf(view, checks, contact)).toBe('王芳')
  expect(titleOf(view, undefined, record({ id: '4', address: `beehive/${VILLAGE}/-` }))).toBe('beehive')
})

test('a register that this phone does not know is one list without states', () => {
  const records = [record({ id: '1', address: `beehive/${VILLAGE}/-` })]
  expect(shape(viewOf({}), undefined, records)).toEqual([['', ['1']]])
})
