/**
 * Figures of the annual report: their words, their order, and the table that each leads to.
 *
 * Deliberately not here: the sentences, which the server writes.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { placeFrom } from '../../src/page/workbench/place.ts'
import { readReport } from '../../src/page/workbench/server/routes.ts'
import { forgetRegisters, learnRegisters, registers } from '../../src/page/workbench/server/registers.ts'
import { figureLines, figuresBehind, type FigureLine } from '../../src/page/workbench/words/figures.ts'
import { answering } from './mock/answering.ts'

let lines: FigureLine[]

beforeEach(async () => {
  answering()
  await learnRegisters()
  lines = figureLines(await readReport('990101', 2024), registers.value, '2024')
})

afterEach(() => {
  vi.unstubAllGlobals()
  forgetRegisters()
})

function line(id: string): FigureLine {
  return lines.find((each) => each.id === id)!
}

describe('figures of the report', () => {
  it('stand with the sentence of their formula', () => {
    expect(figuresBehind('T08', lines).map(({ words, value }) => [words, value])).toEqual([
      ['欢送新兵（人）', '72'],
      ['欢迎退役返乡士兵（人）', '96'],
    ])
    expect(figuresBehind('T0', lines)).toEqual([])
  })

  it('lead to the table whose records they count', () => {
    expect(placeFrom(line('T07.families').href)).toEqual({
      page: 'records',
      query: { register: 'ceremony', from: '2024-01-01', to: '2024-12-31', kind: 'merit_report' },
    })
    expect(placeFrom(line('T05.donation_fen').href)).toMatchObject({ page: 'visits', query: { kind: 'hardship' } })
  })

  it('that count by another day than the table shows lead to the whole table', () => {
    expect(placeFrom(line('T06.paid_fen').href).query).toEqual({ register: 'hardship_aid' })
  })

  it('that no table counts lead nowhere and keep their words', () => {
    expect(line('T01.money_spent_fen')).toMatchObject({ words: '下拨金额', value: '1,500,000 元', href: '' })
  })
})
