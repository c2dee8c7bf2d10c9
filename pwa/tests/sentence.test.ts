/**
 * What is confirmed is what was read: every value that is recorded and counts stands in the form's sentence.
 *
 * Deliberately not here: how the sentence looks.
 */
import { expect, test } from 'vitest'
import { toFields as recordFields, withValue, type Form, type Line } from '../src/page/form/model'
import { peopleOf as names, sentence } from '../src/page/form/sentence'
import { tellerOf } from '../src/page/form/values'
import { visitForm } from '../src/page/form/visit'
import type { Fields, Value } from '../src/shared/record'
import type { UnitTable } from '../src/shared/tables'
import { visit } from '../src/shared/registers'
import { invalidFields } from '../src/shared/validation'
import { ENROLLED } from './lists/view'
import { NOW } from './phone'

const staff = [
  { id: 's-1', name: '王秀英', rank: 'village_cadre' },
  { id: 's-2', name: '周志强', rank: 'village_cadre' },
]
const table: UnitTable = { unit: '990101103200', name: '石门村', township_name: '双河镇', staff, households: [] }
const place = { enrolled: ENROLLED, unit: table.unit, table, lists: [], now: NOW }
const teller = {
  ...tellerOf(null, ''),
  staff: (id: string) => staff.find((member) => member.id === id)?.name ?? id,
}

type Gift = { [key: string]: Value }

function gift(yuan: number): Gift {
  const goods = [{ item: '大米', quantity: 1, measure_word: '袋' }]
  return { package_id: 'standard', money_fen: yuan * 100, pay_method: 'cash', goods, fund_source: 'county' }
}

function form(gifts: (Gift | null)[], kind = 'army_day', campaign: string | null = 'c'): Form {
  const lines = gifts.map((one, index) => {
    const name = `李大山${index}`
    return { name, fields: { person: { name }, gift: one } }
  })
  return visitForm(visit, place, kind, campaign, lines)
}

function changed(one: Form, fields: Fields): Form {
  return Object.entries(fields).reduce((before, [name, value]) => withValue(visit, before, name, value), one)
}

const toFields = (one: Form, line: Line): Fields => recordFields(visit, one, line, ENROLLED.personId, NOW)
const peopleOf = (one: Form): string => names(visit, one, teller)
const said = (one: Form): string =>
  sentence(visit, one, teller)
    .map((part) => part.text)
    .join('')

test('a visit by default says date, gift, name, place, receiver, leader and who went, and is valid', () => {
  const one = form([gift(300)])
  for (const word of ['慰问金300元、大米1袋', '李大山0', '家里', '本人', '村干部', '王秀英、周志强'])
    expect(said(one)).toContain(word)
  const fields = toFields(one, one.lines[0]!)
  expect(invalidFields(visit, fields)).toEqual([])
  expect(fields).toMatchObject({
    outcome: 'delivered',
    person_times: 1,
    division_code: '990101103200',
    receiver: 'self',
  })
})

test('two people with one gift each are said together, with different gifts one by one, and one can be left', () => {
  expect(said(form([gift(300), gift(300)]))).toContain('每人慰问金300元')
  const different = form([gift(300), gift(500)])
  expect(said(different)).toMatch(/李大山0 慰问金300元.*李大山1 慰问金500元/)
  const left = { ...different, left: [different.lines[1]!.recordId] }
  expect(peopleOf(left)).toBe('李大山0')
  expect(said(left)).not.toContain('500')
})

test.each(['home', 'hospital', 'care_home', 'relative_received', 'away_phone_greeting'])('says where: %s', (place) => {
  const words = {
    home: '家里',
    hospital: '医院',
    care_home: '养老机构',
    relative_received: '代收',
    away_phone_greeting: '电话',
  }
  const one = changed(form([gift(300)]), { handover: { handover_place: place } })
  expect(said(one)).toContain(words[place as keyof typeof words])
  expect(said(one)).toContain('慰问金300元')
  expect(said({ ...one, lines: form([null]).lines })).not.toContain('慰问金')
})

test('nobody met counts nothing and says so; a death is a death', () => {
  const one = changed(form([gift(300)]), { outcome: 'not_met' })
  const fields = toFields(one, one.lines[0]!)
  expect(fields).toMatchObject({ person_times: 0, gift: null })
  expect(invalidFields(visit, fields)).toEqual([])
  expect(said(one)).toContain('不算人次')
  expect(said(changed(one, { outcome: 'deceased' }))).toContain('去世')
})

test('what is added is said too', () => {
  const one = changed(form([null], 'bereavement', null), {
    note: '家里安好',
    need_codes: ['medical'],
    sign_sheet: { sign_sheet_no: 'A7', line_no: 3 },
    person_times: 2,
  })
  for (const word of ['去世慰问', '家里安好', '看病', 'A7-3', '计 2 人次']) expect(said(one)).toContain(word)
  expect(invalidFields(visit, toFields(one, one.lines[0]!))).toEqual([])
})
