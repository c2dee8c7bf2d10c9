/**
 * A record that is entered later: what the phone fills in goes by the record's own day, also after that day was changed.
 *
 * Deliberately not here: the sheet that it is entered from (paper.test.ts).
 */
import { describe, expect, test } from 'vitest'
import type { Place } from '../../src/page/form/defaults'
import { offList } from '../../src/page/form/checks/off_list'
import { newForm, stepForm, valueIn, withValue, type Form } from '../../src/page/form/model'
import { withDefaults } from '../../src/page/form/participants'
import { redated } from '../../src/page/form/redated'
import { sentence } from '../../src/page/form/sentence'
import { tellerOf } from '../../src/page/form/values'
import { Register } from '../../src/shared/register'
import type { RegisterFile } from '../../src/shared/register_file'
import { group, type Fields, type Value } from '../../src/shared/record'
import type { CountyList } from '../../src/shared/tables'
import { ENROLLED, table, VILLAGE } from '../lists/view'
import { NOW } from '../phone'
import { register } from './sources'

const item = (code: string, amount_fen: number | null): CountyList['versions'][0]['items'][0] => ({
  code,
  zh: code,
  en: code,
  amount_fen,
  gift: null,
})
const version = (
  number: number,
  day: string,
  items: CountyList['versions'][0]['items'],
): CountyList['versions'][0] => ({
  version: number,
  valid_from: day,
  items,
})
const awards: CountyList = {
  id: 'awards',
  name: { zh: '奖励', en: 'Awards' },
  versions: [version(1, '2020-01-01', [item('M4', 100_000)]), version(2, '2024-01-15', [item('M4', 200_000)])],
}
const honours = { ...awards, id: 'honours', versions: [version(1, '2020-01-01', [item('M4', null)])] }
/** 3 February 2024. */
const place: Place = { enrolled: ENROLLED, unit: VILLAGE, table: undefined, lists: [awards, honours], now: NOW }
const ceremony = register('ceremony')
const people = ceremony.field('participants')!

function notice(form: Form, day: string): Form {
  const around = { ...place, day, isNew: true }
  const participant = { honour_code: 'M4', person: { contact: '家属王芳' } }
  const filled = withDefaults(people, {}, participant, around, { ...form.shared, date: day })
  return withValue(ceremony, form, 'participants', [filled])
}

const first = (form: Form): Fields => group((valueIn(form, 'participants') as Value[])[0])
const begun = (): Form => newForm(ceremony, place, { key: 'k', shared: { ceremony_kind: 'merit_report' }, lines: [] })

function moved(form: Form, day: string): Form {
  return redated(ceremony, form, withValue(ceremony, form, 'date', day), place)
}

describe('a merit notice', () => {
  test('has the award of its own day, and was delivered on it', () => {
    const form = notice(begun(), '2024-01-10')
    expect(first(form)).toMatchObject({ award_fen: 100_000, delivered_on: '2024-01-10' })
  })

  test('whose day is changed follows to the award and the batch of that day', () => {
    const form = moved(notice(begun(), '2024-02-03'), '2024-01-10')
    expect(first(form)).toMatchObject({ award_fen: 100_000, delivered_on: '2024-01-10' })
    expect(first(moved(form, '2024-01-20'))).toMatchObject({ award_fen: 200_000, delivered_on: '2024-01-20' })
  })

  test('keeps what somebody changed', () => {
    const form = notice(begun(), '2024-02-03')
    const own = withValue(ceremony, form, 'participants', [
      { ...first(form), award_fen: 50_000, delivered_on: '2024-02-01' },
    ])
    expect(first(moved(own, '2024-01-10'))).toMatchObject({ award_fen: 50_000, delivered_on: '2024-02-01' })
  })
})

test('a send-off that is entered later belongs to the batch of its day', () => {
  const form = newForm(ceremony, place, { key: 'k', shared: { ceremony_kind: 'recruit_sendoff' }, lines: [] })
  expect(valueIn(form, 'batch')).toBe('2024H1')
  expect(valueIn(moved(form, '2023-09-15'), 'batch')).toBe('2023H2')
})

test('a record that is there already is not filled in anew, and its steps are done today', () => {
  const opened = { recordId: 'r', address: '', fields: {}, heads: [], seen: [] }
  const form = { ...notice(begun(), '2024-02-03'), opened }
  expect(first(moved(form, '2024-01-10'))).toMatchObject({ award_fen: 200_000, delivered_on: '2024-02-03' })
  const check = register('roster_check')
  const step = check.steps.find(({ by }) => by === 'township')!
  const old = newForm(check, place, { key: 'k', shared: { month: '2023-11' }, lines: [] })
  const reported = stepForm(check, old, step.id, place)
  expect(valueIn(reported, step.fields[0]!)).toBe('2024-02-03')
})

test('a station is called as its sign says, and its head is who fills it in', () => {
  const known = { ...place, table: table(VILLAGE, '石门村') }
  const form = newForm(register('station'), known, { key: 'k', shared: {}, lines: [] })
  expect(form.shared).toMatchObject({ name: '石门村退役军人服务站', head: ENROLLED.person })
})

describe('a code', () => {
  test('that is on no list of its day gets a word', () => {
    const record = { participants: [{ honour_code: 'M9' }, { honour_code: 'M4' }] }
    expect(offList([people], record, [honours], '2024-02-03')).toEqual(['“荣誉”里的“M9”不在当天的清单里，请看一看。'])
    expect(offList([people], record, [], '2024-02-03')).toEqual([])
  })

  test('that came onto the list later gets one too', () => {
    const later = {
      ...honours,
      versions: [...honours.versions, version(2, '2024-03-01', [item('M4', null), item('M9', null)])],
    }
    const record = { participants: [{ honour_code: 'M9' }] }
    expect(offList([people], record, [later], '2024-02-03')).toHaveLength(1)
    expect(offList([people], record, [later], '2024-03-01')).toEqual([])
  })
})

test('a field that a county added is read before it is confirmed', () => {
  const source = structuredClone(ceremony.source) as RegisterFile
  const weather = { type: 'string', 'x-widget': 'text', 'x-label': { zh: '天气', en: 'Weather' }, 'x-order': 500 }
  source.properties = { ...source.properties, weather } as RegisterFile['properties']
  const extended = new Register(source)
  const said = (form: Form): string =>
    sentence(extended, form, tellerOf(null, '2024-02-03'))
      .map((part) => part.text)
      .join('')
  const form = notice(begun(), '2024-02-03')
  expect(said(withValue(extended, form, 'weather', '晴'))).toMatch(/天气：晴。$/)
  expect(said(form)).not.toContain('天气')
})
