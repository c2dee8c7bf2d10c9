/**
 * Late entry from a sheet of paper, in every register; and names that were written before.
 *
 * Deliberately not here: many homes of one sheet (the tests of the sweep), and drawing.
 */
import { describe, expect, test } from 'vitest'
import { askedIn, missingIn } from '../../src/page/form/recording/asked'
import { mayBePaper, onLines, sheetFields, sourceWords, withPaper } from '../../src/page/form/recording/paper'
import { editForm, newForm, toFields, valueIn, withValue, type Form } from '../../src/page/form/model'
import { sentence } from '../../src/page/form/sentence'
import { tellerOf } from '../../src/page/form/values'
import { earlierTitles } from '../../src/page/list/earlier'
import type { Fields } from '../../src/shared/record'
import type { Register } from '../../src/shared/register'
import { ENROLLED, VILLAGE, viewOf } from '../lists/view'
import { NOW } from '../phone'
import { register, registerNames } from './sources'

const place = { enrolled: ENROLLED, unit: VILLAGE, table: undefined, lists: [], now: NOW }
const YESTERDAY = '2024-02-02'
const SHEET = { sign_sheet_no: 'SM-7', line_no: 4 }

function begun(of: Register, people: string[] = []): Form {
  const shared: Fields = of.name === 'ceremony' ? { ceremony_kind: 'recruit_sendoff' } : {}
  return newForm(of, place, { key: 'k', shared, lines: people.map((name) => ({ name, fields: {} })) })
}

function written(of: Register, form: Form): Fields[] {
  const numbered = onLines(form)
  return numbered.lines.map((line) => toFields(of, numbered, line, 's-1', NOW))
}

function said(of: Register, form: Form): string {
  return sentence(of, form, tellerOf(null, '2024-02-03'))
    .map((part) => part.text)
    .join('')
}

test('whatever is logged on paper has a place for the number of the sheet, and a day that is the sheet’s', () => {
  const inTheApp = ['feedback', 'roster_error']
  for (const name of registerNames.filter((one) => !inTheApp.includes(one))) {
    const of = register(name)
    expect(of.field('sign_sheet.sign_sheet_no')?.widget, name).toBe('code')
    const days = sheetFields(of).map((field) => field.member('sheet_date')?.widget ?? field.widget)
    expect(days, name).toContain('date')
    expect(days, name).not.toContain('month')
  }
  expect(sheetFields(register('station')).map((field) => field.name)).toEqual(['sign_sheet'])
})

describe.each(registerNames.map((name) => ({ name, of: register(name) })))('$name from paper', ({ of }) => {
  const fresh = begun(of)
  const paper = withPaper(of, fresh, true, place)

  test('asks what the sheet says first', () => {
    expect(mayBePaper(of, fresh)).toBe(true)
    const first = sheetFields(of).map((field) => field.name)
    const { questions, chips, extras } = askedIn(of, paper, new Set())
    expect(first.length).toBeGreaterThan(0)
    expect(questions.slice(0, first.length).map((field) => field.name)).toEqual(first)
    expect([...chips, ...extras].filter((field) => first.includes(field.name))).toEqual([])
  })

  test('says where it comes from, in the record and in words', () => {
    const [fields = {}] = written(of, paper)
    expect(fields['entry']).toMatchObject({ source: 'paper_sheet' })
    expect(sourceWords(of, fields, 'zh')).toBe('纸质补录')
    expect(sourceWords(of, written(of, fresh)[0] ?? {}, 'zh')).toBe('')
  })

  test('is the same form again when it was no paper after all', () => {
    expect(withPaper(of, paper, false, place)).toEqual(fresh)
  })

  test('is not offered where a record is corrected', () => {
    const opened = { recordId: 'r', address: `${of.name}/${VILLAGE}/2024`, fields: {}, heads: [], seen: [] }
    expect(mayBePaper(of, editForm(of, opened, ''))).toBe(false)
  })
})

test('a sheet was written before today, and its number is missed but once asked for', () => {
  const of = register('visit')
  const paper = withPaper(of, begun(of), true, place)
  expect(valueIn(paper, 'visit_date')).toBe(YESTERDAY)
  const missed = (form: Form): string[] => missingIn(of, form).map((field) => field.name)
  expect(missed(paper)).toContain('sign_sheet')
  expect(missed(begun(of))).not.toContain('sign_sheet')
  expect(missed(withValue(of, paper, 'sign_sheet', SHEET))).not.toContain('sign_sheet')
})

test('a day that was chosen stays when the form turns to paper', () => {
  const of = register('visit')
  const chosen = withValue(of, begun(of), 'visit_date', '2024-01-20')
  expect(valueIn(withPaper(of, chosen, true, place), 'visit_date')).toBe('2024-01-20')
})

test.each(['visit', 'ceremony', 'outlet'])('the sentence of %s says the sheet', (name) => {
  const of = register(name)
  expect(said(of, withValue(of, withPaper(of, begun(of), true, place), 'sign_sheet', SHEET))).toContain('SM-7-4')
})

test('people of one form stand on lines that follow each other, without those who are left', () => {
  const of = register('visit')
  const form = withValue(of, withPaper(of, begun(of, ['甲', '乙', '丙']), true, place), 'sign_sheet', SHEET)
  const [first, left, last] = onLines({ ...form, left: [form.lines[1]?.recordId ?? ''] }).lines
  expect(first?.fields['sign_sheet']).toEqual(SHEET)
  expect(last?.fields['sign_sheet']).toEqual({ ...SHEET, line_no: 5 })
  expect(left?.name).toBe('乙')
  expect(written(of, form).map((fields) => fields['sign_sheet'])).toEqual([
    SHEET,
    { ...SHEET, line_no: 5 },
    { ...SHEET, line_no: 6 },
  ])
})

describe('names that were written before', () => {
  const of = register('memorial')
  const site = (
    id: string,
    name: string,
    part: Fields = {},
    unit = VILLAGE,
  ): { id: string; address: string; fields: Fields } => {
    return { id, address: `memorial/${unit}/2024`, fields: { site_name: name, inspected_on: '2024-03-01', ...part } }
  }
  const many = Array.from({ length: 12 }, (_, index) => site(`m-${index}`, `第${index}处`))
  const names = (records: ReturnType<typeof site>[], typed = ''): string[] =>
    earlierTitles(viewOf({ records }), of, VILLAGE, typed)

  test('are offered once each, newest first', () => {
    const records = [site('1', '烈士墓'), site('2', '纪念碑', { inspected_on: '2024-04-05' }), site('3', '烈士墓')]
    expect(names(records)).toEqual(['纪念碑', '烈士墓'])
  })

  test('are those of this unit that are not void, at most eight', () => {
    expect(names([site('1', '别处', {}, '990101103201'), site('2', '作废', { void_reason: 'mistake' })])).toEqual([])
    expect(names(many)).toHaveLength(8)
  })

  test('are found by initials, and stay once one is chosen', () => {
    const records = [site('1', '烈士墓'), site('2', '纪念碑')]
    expect(names(records, 'jnb')).toEqual(['纪念碑'])
    expect(names(records, '烈士墓')).toHaveLength(2)
  })
})
