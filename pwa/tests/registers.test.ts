/**
 * Every register's form, made from its file alone: what is defaulted and filled in is valid, and is said before it is
 * confirmed.
 *
 * Deliberately not here: validation itself (the shared vectors), and drawing.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { askedIn, missingIn } from '../src/page/form/recording/asked'
import { editForm, newForm, settled, stepForm, toFields, addressOf, withValue, type Form } from '../src/page/form/model'
import { participantOf, withDefaults } from '../src/page/form/participants'
import { sentence } from '../src/page/form/sentence'
import { tellerOf } from '../src/page/form/values'
import type { Fields, Value } from '../src/shared/record'
import { Register } from '../src/shared/register'
import type { RegisterFile } from '../src/shared/register_file'
import { builtIn, overlaid, visit } from '../src/shared/registers'
import type { BatchPerson, CountyList, UnitTable } from '../src/shared/tables'
import { invalidFields } from '../src/shared/validation'
import { viewOf } from './lists/view'
import { NOW } from './phone'

const VILLAGE = '990101103200'
const enrolled = viewOf({}).enrolled!
const person = (index: number, kind: BatchPerson['kind'], details: Fields = {}): BatchPerson => {
  return {
    person_ref: `b-${index}`,
    kind,
    batch: '2024H1',
    contact: `家属 王芳${index}`,
    relation: '母亲',
    initials: 'wf',
    details,
  }
}
const table: UnitTable = {
  unit: VILLAGE,
  name: '石门村',
  township_name: '双河镇',
  staff: [{ id: 's-1', name: '王秀英', rank: 'village_cadre' }],
  households: [],
  batches: [
    person(0, 'recruit'),
    person(1, 'recruit'),
    person(2, 'merit', { honour_code: 'M4', award_year: 2023, unit: '秘密' }),
  ],
}
const award = (from: string, version: number, amount_fen: number): CountyList['versions'][number] => {
  return { version, valid_from: from, items: [{ code: 'M4', zh: '三等功', en: 'third class', amount_fen }] }
}
const lists: CountyList[] = [
  {
    id: 'awards',
    name: { zh: '奖励', en: 'Awards' },
    versions: [award('2023-01-01', 1, 50000), award('2024-01-01', 2, 100000)],
  },
  {
    id: 'sectors',
    name: { zh: '行业', en: 'Sectors' },
    versions: [{ version: 1, valid_from: '2024-01-01', items: [{ code: 'catering', zh: '餐饮', en: 'Catering' }] }],
  },
]
const place = { enrolled, unit: VILLAGE, table, lists, now: NOW }
const teller = {
  ...tellerOf(null, '2024-02-03'),
  lists,
  person: (value: Value) => String((value as Fields)?.['name'] ?? (value as Fields)?.['person_ref']),
}

let registers: Map<string, Register>
beforeAll(async () => void (registers = await builtIn()))

function begun(name: string, shared: Fields = {}): { register: Register; form: Form } {
  const register = registers.get(name)!
  return { register, form: newForm(register, place, { key: 'k', shared, lines: [] }) }
}

function written(register: Register, form: Form): Fields {
  return toFields(register, form, form.lines[0]!, 's-1', NOW)
}

function said(register: Register, form: Form): string {
  return sentence(register, form, teller)
    .map((part) => part.text)
    .join('')
}

function filled(register: Register, form: Form, fields: Fields): Form {
  return Object.entries(fields).reduce(
    (before, [name, value]) => settled(register, before, withValue(register, before, name, value), place),
    form,
  )
}

/** What a worker answers, beyond what is filled in by itself; the words that the sentence must then say. */
const answers: [string, Fields, Fields, string[]][] = [
  ['visit', { visit_kind: 'hospital' }, { person: { name: '李大山' } }, ['医院', '李大山', '住院看望']],
  [
    'ceremony',
    { ceremony_kind: 'recruit_sendoff' },
    { participants: [{ person: { person_ref: 'b-0' }, batch: '2024H1' }] },
    ['欢送1人', 'b-0', '2024年春季'],
  ],
  [
    'ceremony',
    { ceremony_kind: 'plaque' },
    { participants: [{ person: { contact: '家属 王芳' }, plaque_action: 'new', position: 'door' }] },
    ['光荣牌1块', '新挂', '大门'],
  ],
  [
    'outlet',
    {},
    {
      name: '老兵面馆',
      sector_code: 'catering',
      address: '中街 3 号',
      benefits: [{ text: '吃面八折', type: 'percent_off', valid_from: '2024-02-03' }],
    },
    ['老兵面馆', '餐饮', '中街 3 号', '优惠1项', '吃面八折（打折）', '现役军人'],
  ],
  ['roster_check', {}, {}, ['2024年2月没有变动']],
  [
    'roster_check',
    {},
    { nil_report: false, removals: [{ person: { name: '李大山' }, reason: 'died' }] },
    ['有变动', '核减1人', '李大山（去世）'],
  ],
  [
    'hardship_aid',
    {},
    { person: { name: '李大山' }, situation_code: 'illness', kinds: ['living'], amount_asked_fen: 200000 },
    ['李大山', '2000元'],
  ],
  ['consultation', { kind: 'policy_question' }, { topic_code: 'medical' }, ['1']],
  ['memorial', {}, { site_name: '烈士墓' }, ['烈士墓']],
  ['station', {}, { name: '石门村服务站', head: '王秀英' }, ['石门村服务站', '王秀英']],
  ['feedback', {}, { text: '日历太小' }, ['日历太小']],
  [
    'garrison_visit',
    {},
    { occasion: 'army_day', value_fen: 24_650_000 },
    ['县领导', '慰问驻军1处', '246500元', '八一'],
  ],
  ['roster_error', {}, { person: { person_ref: 'p-1', name: '李大山' } }, ['李大山', '信息有误']],
]

describe('a new record of any register', () => {
  test.each(answers)('%s %o', (name, start, more, words) => {
    const { register, form } = begun(name, start)
    const known = Object.fromEntries(
      Object.entries(more).map(([field, value]) => [field, choiceOf(register, field, value)]),
    )
    const done = filled(register, form, known)
    expect(invalidFields(register, written(register, done))).toEqual([])
    expect(missingIn(register, done)).toEqual([])
    for (const word of words) expect(said(register, done)).toContain(word)
    const bucket = register.bucket === 'year' ? '2024' : '-'
    expect(addressOf(register, done)).toBe(`${name}/${VILLAGE}/${bucket}`)
  })

  test('there are eleven, and each is read', () => {
    expect([...registers.keys()].sort()).toEqual([
      'ceremony',
      'consultation',
      'feedback',
      'garrison_visit',
      'hardship_aid',
      'memorial',
      'outlet',
      'roster_check',
      'roster_error',
      'station',
      'visit',
    ])
  })

  test('the questions of an outlet are few', () => {
    const { register, form } = begun('outlet')
    const { questions, chips } = askedIn(register, form, new Set())
    expect(questions.map((field) => field.name)).toContain('name')
    expect(questions.length + chips.length).toBeLessThanOrEqual(12)
  })
})

/** A value that the register allows: the answers above name choices by a word that may change. */
function choiceOf(register: Register, name: string, value: Value): Value {
  const field = register.field(name)!
  const allowed = field.source.enum ?? field.source.items?.enum
  if (!allowed || field.list) return value
  if (Array.isArray(value)) return value.every((one) => allowed.includes(String(one))) ? value : [allowed[0]!]
  return allowed.includes(String(value)) ? value : allowed[0]!
}

describe('what does not hold', () => {
  test('is neither asked nor written, or is written as the register says', () => {
    const { register, form } = begun('visit', { visit_kind: 'other' })
    const one = filled(register, form, { person: { name: '李大山' }, outcome: 'not_met', gift: { money_fen: 100 } })
    expect(written(register, one)).toMatchObject({ person_times: 0, gift: null })
    expect(written(register, one)).not.toHaveProperty('receiver')
  })

  test('and is another’s to fill in, begins with nothing when it comes to hold', () => {
    const { register, form } = begun('visit', { visit_kind: 'other', person: { name: '李大山' } })
    const one = filled(register, form, { need_codes: ['none', 'housing'] })
    expect(written(register, one)).not.toHaveProperty('need_answer')
    expect(register.waitingStep(written(register, one))?.by).toBe('county')
    expect(register.waitingStep(written(register, filled(register, form, { need_codes: ['none'] })))).toBeUndefined()
  })

  test('comes back with its default once it holds again', () => {
    const fields = { visit_kind: 'other', outcome: 'not_met', visit_date: '2024-02-03', person_times: 0, gift: null }
    const opened = { recordId: 'r', address: `visit/${VILLAGE}/2024`, fields, heads: [], seen: [] }
    const one = filled(visit, editForm(visit, opened, '李大山'), { outcome: 'delivered' })
    expect(written(visit, one)).toMatchObject({
      person_times: 1,
      receiver: 'self',
      handover: { handover_place: 'home' },
    })
  })

  test('an item that nobody touched is not written', () => {
    const { register, form } = begun('outlet')
    const fresh = { type: 'percent_off', valid_from: '2024-02-03' }
    const one = filled(register, form, { benefits: [{ ...fresh, text: '八折' }, fresh] })
    expect(written(register, one)['benefits']).toEqual([{ ...fresh, text: '八折' }])
    expect(missingIn(register, filled(register, form, { benefits: [fresh] })).map((field) => field.name)).toContain(
      'benefits',
    )
  })

  test('hides members too', () => {
    const { register, form } = begun('ceremony', { ceremony_kind: 'recruit_sendoff' })
    const participants = [{ person: { person_ref: 'b-0' }, batch: '2024H1', honour_code: 'M4' }]
    expect(written(register, filled(register, form, { participants }))['participants']).toEqual([
      { person: { person_ref: 'b-0' }, batch: '2024H1' },
    ])
  })
})

describe('participants', () => {
  const merit = (): { register: Register; field: NonNullable<ReturnType<Register['field']>> } => {
    const register = registers.get('ceremony')!
    return { register, field: register.field('participants')! }
  }
  const record = { ceremony_kind: 'merit_report' }

  test('bring what the register names of their details, and nothing else', () => {
    const { field } = merit()
    const one = participantOf(field, table.batches![2]!)
    expect(one).toMatchObject({ honour_code: 'M4', award_year: 2023, person: { person_ref: 'b-2' } })
    expect(one).not.toHaveProperty('unit')
  })

  test('a default may rest on another default', () => {
    const { field } = merit()
    const one = withDefaults(field, {}, { person: { person_ref: 'b-0' } }, place, { ceremony_kind: 'plaque' })
    expect(one).toMatchObject({ plaque_action: 'new', position: 'door' })
    expect(one).not.toHaveProperty('delivered_on')
  })

  test('the amount follows the honour, by the list in force', () => {
    const { field } = merit()
    const one = withDefaults(field, {}, participantOf(field, table.batches![2]!), place, record)
    expect(one['award_fen']).toBe(100000)
    const changed = withDefaults(field, one, { ...one, honour_code: 'M9' }, place, record)
    expect(changed).not.toHaveProperty('award_fen')
    const kept = withDefaults(field, one, { ...one, award_fen: 5 }, place, record)
    expect(kept['award_fen']).toBe(5)
  })
})

describe('steps', () => {
  const opened = (fields: Fields) => ({
    recordId: 'r',
    address: `roster_check/${VILLAGE}/2024`,
    fields,
    heads: [],
    seen: [],
  })
  const proposed = { month: '2024-02', nil_report: true, division_code: VILLAGE }

  test('the first that is not done waits', () => {
    const register = registers.get('roster_check')!
    expect(register.state({})).toBe('propose')
    expect(register.state(proposed)).toBe('report')
    expect(register.state({ ...proposed, reported_on: '2024-02-05' })).toBe('review')
    const reviewed = { ...proposed, reported_on: '2024-02-05', review_result: 'confirmed' }
    expect(register.stateLabel(reviewed, 'zh')).toBe('办完了')
  })

  test('a step asks its own fields alone, with their defaults, and a worker is never asked them', () => {
    const register = registers.get('roster_check')!
    const form = editForm(register, opened(proposed), '')
    const step = stepForm(register, form, 'report', place)
    const { questions } = askedIn(register, step, new Set())
    expect(questions.map((field) => field.name)).toEqual(['reported_on', 'last_month_number'])
    expect(written(register, step)).toMatchObject({ reported_on: '2024-02-03', nil_report: true })
    const asked = askedIn(register, form, new Set())
    const names = Object.values(asked)
      .flat()
      .map((field) => field.name)
    expect(names).not.toContain('reported_on')
    expect(written(register, begun('roster_check').form)).not.toHaveProperty('reported_on')
  })
})

test('a register of the county takes the place of the built-in one', () => {
  const source = { ...visit.source, 'x-version': 9 } as RegisterFile
  const own = overlaid(registers, [{ name: 'visit', source: source as never }])
  expect(own.get('visit')?.version).toBe(9)
  expect(own.size).toBe(registers.size)
})
