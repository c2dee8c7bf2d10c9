/**
 * The words of the workbench: both languages complete, fields and values said plainly.
 *
 * Deliberately not here: how anything is drawn.
 */
import { afterEach, describe, expect, it } from 'vitest'
import type { Matter } from '../../src/shared/generated.ts'
import { day, largeMoney, moment, money, share } from '../../src/page/workbench/words/amounts.ts'
import { en } from '../../src/page/workbench/words/en.ts'
import { choices, fieldWords, valueWords, type Names } from '../../src/page/workbench/words/fields.ts'
import { language } from '../../src/page/workbench/words/language.ts'
import { aboutWords, sideWords } from '../../src/page/workbench/words/matters.ts'
import { zh } from '../../src/page/workbench/words/zh.ts'

const NAMES: Names = {
  unit: (code) => (code === '990101103200' ? '双河镇 石门村' : code),
  campaign: (id) => (id === 'c1' ? '八一走访慰问' : id),
  person: '周长河',
}

function placeholders(words: string): string[] {
  return (words.match(/\{\w+\}/g) ?? []).sort()
}

afterEach(() => {
  language.value = 'zh'
})

describe('the dictionaries', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })

  it('have the same placeholders, and no empty words', () => {
    for (const [key, words] of Object.entries(zh)) {
      const english = en[key as keyof typeof zh]
      expect(placeholders(english), key).toEqual(placeholders(words))
      expect(english.trim(), key).not.toBe('')
      expect(words.trim(), key).not.toBe('')
    }
  })

  it('keep Chinese out of English, save for the switch back', () => {
    const chinese = Object.entries(en).filter(([, words]) => /\p{Script=Han}/u.test(words))
    expect(chinese.map(([key]) => key)).toEqual(['app.language'])
  })
})

describe('fields in words', () => {
  it('come from the register in both languages', () => {
    expect(fieldWords('gift')).toBe('慰问金和慰问品')
    expect(fieldWords('settled/gift')).toBe('县里处理：慰问金和慰问品')
    expect(choices('outcome')[0]).toEqual({ value: 'delivered', label: '送到了' })
    language.value = 'en'
    expect(fieldWords('gift')).toBe('Money and goods')
    expect(choices('outcome')[0]).toEqual({ value: 'delivered', label: 'Delivered' })
  })

  it('show a gift as money, goods and fund', () => {
    const gift = {
      money_fen: 30050,
      pay_method: 'cash',
      goods: [{ item: '大米', quantity: 1, measure_word: '袋' }],
      fund_source: 'county',
    }
    expect(valueWords('gift', gift)).toBe('300.50 元（现金） · 大米 1 袋 · 县级')
    language.value = 'en'
    expect(valueWords('gift', gift)).toBe('¥300.50 (Cash) · 大米 1 袋 · County')
  })

  it('show the other groups and lists', () => {
    expect(valueWords('handover', { handover_place: 'relative_received', handover_reason: '外出' })).toBe(
      '亲属代收 · 外出',
    )
    expect(valueWords('person', { person_ref: 'p1' }, NAMES)).toBe('周长河')
    expect(valueWords('person', { name: '李四', village: '石门村' })).toBe('李四 · 待对上名单 · 石门村')
    expect(valueWords('visitor_refs', ['a', 'b'])).toBe('2 人')
    expect(valueWords('need_codes', ['medical', 'housing'])).toBe('看病、住房')
    expect(valueWords('sign_sheet', { sign_sheet_no: 'A-7', line_no: 3 })).toBe('A-7 · 第几行 3')
    expect(valueWords('entry', { source: 'phone', entered_at: '2024-07-26T10:32:00+08:00', entered_by: 'x' })).toBe(
      '手机 · 2024年7月26日 10:32',
    )
  })

  it('show scalars, nothing, and what the register does not know', () => {
    expect(valueWords('visit_kind', 'army_day')).toBe('八一慰问')
    expect(valueWords('division_code', '990101103200', NAMES)).toBe('双河镇 石门村')
    expect(valueWords('campaign_id', 'c1', NAMES)).toBe('八一走访慰问')
    expect(valueWords('publicity_consent', false)).toBe('否')
    expect(valueWords('void_reason', null)).toBe('恢复（不作废）')
    expect(valueWords('note', '')).toBe('（空）')
    expect(valueWords('visit_kind', 'of_tomorrow')).toBe('of_tomorrow')
    expect(valueWords('unheard_of', { deep: [1] })).toBe('[1]')
  })

  it('show settlements', () => {
    expect(valueWords('settled/double', { kept: null, by: '刘敏', note: '两次' })).toBe('确是多次 · 刘敏 · 说明：两次')
    expect(valueWords('settled/gift', { chosen: 'ab', by: '刘敏', note: '已核实' })).toBe(
      '县里选定 · 刘敏 · 说明：已核实',
    )
  })
})

describe('matters in words', () => {
  const matter: Matter = {
    id: 'm1',
    kind: 'conflict',
    unit: '990101103200',
    person_name: '周长河',
    record_ids: ['r1'],
    field: 'visit_date',
    values: [],
    heads: [],
    standard_fen: null,
    code: null,
    settled: null,
  }
  const value = { id: 'v', author: 'a', device: 'd', written_ms: 0, shown: true }

  it('name person and field', () => {
    expect(aboutWords(matter, NAMES)).toBe('周长河 · 日期不一致')
    expect(aboutWords({ ...matter, kind: 'held', person_name: '', field: null }, NAMES)).toBe(
      '双河镇 石门村 · 超出权限的填写',
    )
  })

  it('say each side by its kind', () => {
    expect(sideWords(matter, { ...value, value: '2020-01-02' }, NAMES)).toBe('2020年1月2日')
    const double = { ...matter, kind: 'double' as const, field: null }
    const main = { date: '2020-01-02', outcome: 'delivered', value_fen: 30000, lead_rank: 'village_cadre' }
    expect(sideWords(double, { ...value, value: main }, NAMES)).toBe('2020年1月2日 · 300 元 · 村干部 · 送到了')
    const against = { ...matter, kind: 'void_against_edit' as const, field: 'void_reason' }
    expect(sideWords(against, { ...value, value: '写错了' }, NAMES)).toBe('写错了')
    expect(sideWords(against, { ...value, value: { void_reason: 'mistake' } }, NAMES)).toBe('作废（记错了）')
    expect(sideWords(against, { ...value, value: { visit_date: '2020-01-02' } }, NAMES)).toBe('日期：2020年1月2日')
  })
})

describe('amounts', () => {
  it('keep every fen, and never say 100% too early', () => {
    expect(money(150_000_000)).toBe('1,500,000 元')
    expect(money(1)).toBe('0.01 元')
    expect(largeMoney(66_920_000)).toBe('66.92 万元')
    expect(largeMoney(30_000)).toBe('300 元')
    expect(share(2249, 2250)).toBe('99.9%')
    expect(share(2250, 2250)).toBe('100%')
    expect(share(0, 0)).toBe('–')
  })

  it('show days and times of the county, whatever the computer is set to', () => {
    const today = new Date('2026-07-30T00:00:00Z')
    expect(day('2026-07-26', today)).toBe('7月26日')
    expect(day('2024-07-26', today)).toBe('2024年7月26日')
    expect(day('not a day', today)).toBe('not a day')
    expect(moment(Date.parse('2026-07-26T02:32:00Z'), today)).toBe('7月26日 10:32')
    expect(moment(Date.parse('2025-12-31T17:00:00Z'), today)).toBe('1月1日 01:00')
    language.value = 'en'
    expect(moment(Date.parse('2026-07-26T02:32:00Z'), today)).toBe('26 Jul 10:32')
  })
})
