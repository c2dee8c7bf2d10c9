/**
 * Tables of any register: which columns, which figures, which question, and what a row is said to be.
 *
 * Always true: every promise is tried on the registers' own files. Deliberately not here: how anything is drawn.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fragmentOf, placeFrom } from '../../src/page/workbench/place.ts'
import {
  COLUMNS_MAX,
  figuresOf,
  hasSensitive,
  kindOf,
  measureBehind,
  tableColumns,
} from '../../src/page/workbench/records/columns.ts'
import { filtersFrom, filtersInto, NO_FILTERS, recordsAsked } from '../../src/page/workbench/records/filters.ts'
import { exportRecords, readRecords, uploadRegister } from '../../src/page/workbench/server/record_routes.ts'
import { forgetRegisters, learnRegisters, registerNamed, registers } from '../../src/page/workbench/server/registers.ts'
import type { Register } from '../../src/shared/register.ts'
import { Refused } from '../../src/page/workbench/server/request.ts'
import type { RecordRow } from '../../src/page/workbench/server/shapes.ts'
import { faultsOf } from '../../src/page/workbench/county/registers/faults.ts'
import { language } from '../../src/page/workbench/words/language.ts'
import { oddWords, recordState, stateChoices, titleWords, unmatchedIn } from '../../src/page/workbench/words/records.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'

const ROW: RecordRow = {
  record_id: 'r1',
  register: 'hardship_aid',
  address: 'hardship_aid/990101103200/2026',
  unit: '990101103200',
  date: '2026-07-26',
  title: '李大山',
  state: '',
  step: 'grant',
  columns: {},
  author: '王秀英',
  received_ms: 0,
  void_reason: null,
  invalid_fields: [],
  odd_fields: [],
  double_of: null,
  open_matters: 0,
}
const OWN = {
  'x-register': 'village_well',
  'x-version': 1,
  'x-label': { zh: '水井', en: 'Wells' },
  'x-bucket': 'none',
  'x-title': 'name',
  type: 'object',
  properties: {
    name: { type: 'string', 'x-widget': 'text', 'x-label': { zh: '井名', en: 'Well' }, 'x-order': 10 },
    depth: { type: 'integer', 'x-widget': 'number', 'x-label': { zh: '深', en: 'Depth' }, 'x-order': 20 },
  },
}

let county: MockCounty

function named(name: string): Register {
  const found = registerNamed(name)
  if (!found) throw new Error(`no register ${name}`)
  return found
}

beforeEach(async () => {
  county = answering()
  await learnRegisters()
})

afterEach(() => {
  vi.unstubAllGlobals()
  forgetRegisters()
  language.value = 'zh'
})

describe('columns', () => {
  it('of every register have labels in both languages and are few', () => {
    for (const register of registers.value) {
      const columns = tableColumns(register, false)
      expect(columns.length, register.name).toBeGreaterThan(0)
      expect(columns.length, register.name).toBeLessThanOrEqual(COLUMNS_MAX)
      for (const field of columns) {
        expect(field.label('zh'), `${register.name} ${field.name}`).toMatch(/\p{Script=Han}/u)
        expect(field.label('en'), `${register.name} ${field.name}`).not.toMatch(/\p{Script=Han}/u)
      }
    }
  })

  it('show nothing sensitive until somebody asks, and then all of it', () => {
    const sensitive = registers.value.filter(hasSensitive)
    expect(sensitive.map(({ name }) => name)).toContain('hardship_aid')
    for (const register of sensitive) {
      expect(tableColumns(register, false).filter((field) => field.isSensitive)).toEqual([])
      const all = register.fields.filter((field) => field.isInRow && field.isSensitive && field.widget !== 'group')
      const shown = tableColumns(register, true)
      expect(all.filter((field) => !shown.includes(field))).toEqual([])
    }
  })

  it('do not repeat the title, the day or the state', () => {
    const names = tableColumns(named('hardship_aid'), true).map(({ name }) => name)
    expect(names).not.toContain('person')
    expect(names).not.toContain('applied_on')
    expect(tableColumns(named('outlet'), true).map(({ name }) => name)).not.toContain('status')
    expect(tableColumns(named('ceremony'), true).map(({ name }) => name)).toContain('ceremony_kind')
  })
})

describe('a register that the county uploads', () => {
  it('is in the menu and has columns by itself', async () => {
    await uploadRegister(OWN)
    await learnRegisters()
    expect(registers.value.map(({ name }) => name)).toContain('village_well')
    expect(tableColumns(named('village_well'), false).map(({ name }) => name)).toEqual(['depth'])
  })

  it('or extends keeps its fields in their order, the new ones among them', async () => {
    const outlet = named('outlet').source
    const sorted = Object.fromEntries(Object.entries(outlet.properties).sort())
    const parking = { type: 'boolean', 'x-label': { zh: '有停车位', en: 'Parking' }, 'x-order': 15 }
    await uploadRegister({ ...outlet, 'x-version': 2, properties: { ...sorted, parking } })
    await learnRegisters()
    const fields = named('outlet').fields.map(({ name }) => name)
    expect(fields).toEqual(expect.arrayContaining(['parking', ...Object.keys(outlet.properties)]))
    expect(Object.keys(named('outlet').measures)).toEqual(Object.keys(outlet['x-measures'] ?? {}))
    expect(named('outlet').version).toBe(2)
  })

  it('is refused with each fault and its place, and then nothing has changed', async () => {
    const before = county.registers.length
    const refused: unknown = await uploadRegister({ 'x-register': 'broken' }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    const faults = faultsOf((refused as Refused).answer)
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/x-label', '/properties/kind/x-widget'])
    expect(county.registers).toHaveLength(before)
    expect(faultsOf(undefined)).toEqual([])
    expect(faultsOf({ faults: 'none' })).toEqual([])
  })
})

describe('the question for records', () => {
  it('keeps names out of every address', async () => {
    const filters = { ...NO_FILTERS, text: '李大山', township: '990101103', step: 'grant' }
    expect(fragmentOf('records', filtersInto('hardship_aid', filters, 2))).not.toContain('%E6%9D%8E')
    await readRecords(recordsAsked('hardship_aid', filters, 2, false))
    const asked = county.asked.at(-1)
    expect(asked).toEqual({
      method: 'POST',
      path: '/api/county/records',
      body: {
        register: 'hardship_aid',
        unit: '990101103',
        step: 'grant',
        text: '李大山',
        sensitive: false,
        offset: 50,
        limit: 50,
      },
    })
  })

  it('asks for sensitive columns only where somebody did', () => {
    expect(recordsAsked('visit', NO_FILTERS, 1, false)['sensitive']).toBe('')
    expect(recordsAsked('visit', NO_FILTERS, 1, true)['sensitive']).toBe('true')
    expect(filtersInto('visit', NO_FILTERS, 1)).not.toHaveProperty('sensitive')
  })

  it('comes back from the address bar as it went in', () => {
    const filters = { ...NO_FILTERS, village: '990101103200', state: 'void', from: '2026-01-01', to: '2026-12-31' }
    const { page, query } = placeFrom(fragmentOf('records', filtersInto('outlet', filters, 3)))
    expect(page).toBe('records')
    expect(query['register']).toBe('outlet')
    expect(filtersFrom(query)).toEqual({ filters, page: 3 })
  })

  it('carries the reason of an export', async () => {
    const request = { register: 'outlet', unit: '', from: '', to: '', reason: '年底核对' }
    expect((await exportRecords(request)).size).toBeGreaterThan(0)
    expect(county.asked.at(-1)).toEqual({ method: 'POST', path: '/api/county/export', body: request })
  })
})

describe('figures', () => {
  it('are called as the register calls them, money in yuan', () => {
    const figures = figuresOf(named('ceremony'), { recruits: 72, award_fen: 3_400_000 })
    expect(figures.map(({ label, value }) => [label, value])).toEqual([
      ['欢送新兵（人）', '72'],
      ['奖励金', '34,000 元'],
    ])
  })

  it('of another kind than the table shows are left out', () => {
    const figures = figuresOf(named('ceremony'), { recruits: 72, returnees: 96 }, 'recruit_sendoff')
    expect(figures.map(({ name }) => name)).toEqual(['recruits'])
  })

  it('of the report are found by their formula, wherever it is named', () => {
    const behind = (id: string): string[] => {
      const found = measureBehind(registers.value, id)
      return found ? [found[0].name, found[1]] : []
    }
    expect(behind('T08.recruits')).toEqual(['ceremony', 'recruits'])
    expect(behind('T01.person_times')).toEqual(['visit', 'T01.person_times'])
    expect(behind('T06.paid_fen')).toEqual(['hardship_aid', 'paid_fen'])
    expect(behind('T99.nothing')).toEqual([])
    expect(kindOf(named('ceremony'), 'recruits')).toBe('recruit_sendoff')
  })
})

describe('a row', () => {
  it('says first what a person has to look at, then which step waits', () => {
    expect(recordState({ ...ROW, open_matters: 1, void_reason: 'mistake' })).toMatchObject({ tone: 'red' })
    expect(recordState({ ...ROW, invalid_fields: ['person'] })).toMatchObject({ words: '填写有误', tone: 'red' })
    expect(recordState({ ...ROW, void_reason: 'mistake' })).toMatchObject({ words: '已作废', tone: 'grey' })
    expect(recordState(ROW)).toEqual({ words: '县局审批', tone: 'amber' })
    expect(recordState({ ...ROW, step: '' })).toMatchObject({ words: '办完了', tone: '' })
    expect(recordState({ ...ROW, register: 'outlet', step: '', state: 'active' })).toMatchObject({ words: '生效' })
    language.value = 'en'
    expect(recordState(ROW).words).toBe('County decides')
  })

  it('says what is worth a look, by the names of its fields', () => {
    const odd_fields = [
      { field: 'note', code: 'unit' },
      { field: 'gift.money_fen', code: 'below' },
    ]
    const words = oddWords(named('visit'), { ...ROW, register: 'visit', odd_fields })
    expect(words).toEqual(['备注里像有部队番号', '慰问金比平常小'])
  })

  it('is filtered by the states of its register and by whether it counts', () => {
    const values = stateChoices(named('outlet')).map(({ value }) => value)
    expect(values).toEqual(expect.arrayContaining(['active', 'withdrawn', 'counted', 'void']))
    expect(values).not.toContain('unmatched')
    const ofPeople = stateChoices(named('ceremony')).map(({ value }) => value)
    expect(ofPeople).toEqual(['counted', 'matter', 'odd', 'unmatched', 'invalid', 'void'])
  })

  it('is called by its title, a month in words', () => {
    expect(titleWords(ROW)).toBe('李大山')
    expect(titleWords({ ...ROW, title: '' })).toBe('没有名称')
    const check = { ...ROW, register: 'roster_check', title: '2026-07', columns: { month: '2026-07' } }
    expect(titleWords(check)).toBe('2026年7月')
  })

  it('tells that somebody in it is on no list yet', () => {
    const known = { person: { person_ref: 'p1' } }
    const unknown = { person: { contact: '家属 王芳' } }
    expect(unmatchedIn(named('ceremony'), { participants: [known, unknown, unknown] })).toBe(2)
    expect(unmatchedIn(named('hardship_aid'), { person: { name: '李四' } })).toBe(1)
    expect(unmatchedIn(named('hardship_aid'), { person: { person_ref: 'p1' } })).toBe(0)
    expect(unmatchedIn(undefined, { person: { name: '李四' } })).toBe(0)
  })
})
