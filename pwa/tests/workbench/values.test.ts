/**
 * Values of every kind in words, by what their register says.
 *
 * Always true: what is unknown is shown, never dropped. Deliberately not here: visits, whose words have tests of their
 * own.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fieldWords, valueWords } from '../../src/page/workbench/words/fields.ts'
import { forgetRegisters, learnRegisters, registerNamed, registers } from '../../src/page/workbench/server/registers.ts'
import { language } from '../../src/page/workbench/words/language.ts'
import { NO_NAMES, sayLines, sayShort, sayValue } from '../../src/page/workbench/words/values.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'

let county: MockCounty

beforeEach(async () => {
  county = answering()
  await learnRegisters()
})

afterEach(() => {
  vi.unstubAllGlobals()
  forgetRegisters()
  language.value = 'zh'
})

function said(register: string, field: string, value: unknown): string {
  return sayValue(registerNamed(register)?.field(field), value, NO_NAMES)
}

describe('values', () => {
  it('are said by their kind', () => {
    expect(said('hardship_aid', 'amount_asked_fen', 40_050)).toBe('400.50 元')
    expect(said('hardship_aid', 'applied_on', '2020-07-26')).toBe('2020年7月26日')
    expect(said('roster_check', 'month', '2026-07')).toBe('2026年7月')
    expect(said('roster_check', 'nil_report', true)).toBe('是')
    expect(said('ceremony', 'batch', '2024H1')).toBe('2024年春季')
    expect(said('ceremony', 'attending', 1200)).toBe('1,200 人')
    expect(said('outlet', 'status', 'active')).toBe('生效')
    language.value = 'en'
    expect(said('ceremony', 'batch', '2024H2')).toBe('Autumn 2024')
    expect(said('hardship_aid', 'amount_asked_fen', 40_050)).toBe('¥400.50')
  })

  it('of a list speak by the version of the record’s day', () => {
    const sectors = county.lists.find(({ id }) => id === 'sectors')!
    expect(said('outlet', 'sector_code', 'catering')).toBe('餐饮')
    expect(said('outlet', 'sector_code', 'of_tomorrow')).toBe('of_tomorrow')
    expect(sectors.versions[0]!.items[0]!.code).toBe('catering')
  })

  it('of a checklist are its ticks in words', () => {
    expect(said('ceremony', 'four_honours', { version: 1, ticks: ['talk', 'picture'] })).toBe('座谈会、集体合影')
    expect(said('ceremony', 'four_honours', { version: 1, ticks: [] })).toBe('没有')
  })

  it('of a group name what would not speak for itself', () => {
    const agreement = { signed_on: '2020-03-01', valid_until: '2022-03-01', unlimited: false }
    expect(said('outlet', 'agreement', agreement)).toMatch(/^签订日期 2020年3月1日 · .*2022年3月1日 · 长期有效：否$/)
    expect(said('outlet', 'agreement', { signed_on: '2020-03-01', unheard_of: 'x' })).toBe('2020年3月1日 · x')
  })

  it('of people on no list say that somebody has still to match them', () => {
    expect(said('hardship_aid', 'person', { name: '李四' })).toBe('李四 · 待对上名单')
    const participants = [{ person: { person_ref: 'p1', contact: '家属 王芳' } }, { person: { contact: '家属 李梅' } }]
    const lines = sayLines(registerNamed('ceremony')?.field('participants'), participants, NO_NAMES)
    expect(lines).toEqual(['家属 王芳', '家属 李梅 · 待对上名单'])
  })

  it('of people on a list are called as the county knows them', () => {
    const participants = [{ person: { person_ref: 'p1' } }, { person: { person_ref: 'p2', contact: '家属 王芳' } }]
    const field = registerNamed('ceremony')?.field('participants')
    const names = { ...NO_NAMES, person: '别人', people: ['张三', '李四'] }
    expect(sayLines(field, participants, names)).toEqual(['张三', '李四'])
    expect(sayLines(field, participants, { ...names, people: ['张三'] })).toEqual(['名单编号 p1', '家属 王芳'])
    expect(sayLines(field, participants, { ...NO_NAMES, byReference: { p1: '张三' } })[0]).toBe('张三')
  })

  it('that are many are a number in a table', () => {
    const benefits = registerNamed('outlet')!.field('benefits')!
    expect(sayShort(benefits, [{ text: '九折' }, { text: '八折' }], NO_NAMES)).toBe('2 项')
    expect(sayShort(benefits, null, NO_NAMES)).toBe('')
  })

  it('of the wrong kind or of no field are shown as they stand', () => {
    expect(said('outlet', 'status', 7)).toBe('7')
    expect(said('hardship_aid', 'amount_asked_fen', '三百')).toBe('三百')
    expect(said('outlet', 'benefits', 'x')).toBe('x')
    expect(said('outlet', 'unheard_of', { a: 'x', b: true })).toBe('x · 是')
  })

  it('made up for every field of every register can be said in both languages', () => {
    for (const shown of ['zh', 'en'] as const) {
      language.value = shown
      for (const { row, fields } of county.records) {
        for (const [name, value] of Object.entries(fields)) {
          const words = valueWords(name, value, NO_NAMES, row.register)
          expect(words, `${row.register} ${name}`).not.toMatch(/^$|undefined|\[object|\{"/)
        }
      }
    }
  })
})

describe('labels', () => {
  it('of fields are taken from the record’s own register', () => {
    expect(fieldWords('person', 'hardship_aid')).toBe('申请人')
    expect(fieldWords('person', 'visit')).toBe('慰问对象')
    expect(fieldWords('person')).toBe('慰问对象')
    expect(fieldWords('settled/status', 'outlet')).toBe('县里处理：状态')
    expect(fieldWords('of_tomorrow', 'outlet')).toBe('of_tomorrow')
    expect(registers.value.length).toBeGreaterThanOrEqual(9)
  })
})
