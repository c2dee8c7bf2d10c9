/**
 * What counts is in the sentence: another value of a field that a figure rests on is read before it is confirmed.
 *
 * Deliberately not here: how a visit of several people is said (../sentence.test.ts).
 */
import { afterEach, describe, expect, test } from 'vitest'
import { heldFields } from '../../src/page/form/held'
import { editForm } from '../../src/page/form/model'
import { sentence } from '../../src/page/form/sentence'
import { tellerOf } from '../../src/page/form/values'
import { settings } from '../../src/page/settings'
import { valueAt } from '../../src/shared/condition'
import { group, type Fields, type Value } from '../../src/shared/record'
import type { Field, Register } from '../../src/shared/register'
import { invalidFields } from '../../src/shared/validation'
import { register, registerNames } from './sources'
import { vectors } from '../vectors'

type Case = { name: string; record: Fields; invalid: string[] }
type Measure = { of?: string; where?: Fields; date?: string | false; sum?: string; distinct?: string | string[] }

const teller = {
  ...tellerOf(null, '2024-03-01'),
  person: (value: Value) => ['person_ref', 'contact', 'name'].map((member) => group(value)[member] ?? '').join(' '),
}

function said(read: Register, record: Fields): string {
  const form = editForm(
    read,
    { recordId: 'r', address: `${read.name}/990101103200/2024`, fields: record, heads: [], seen: [] },
    '',
  )
  return sentence(read, form, teller)
    .map((part) => part.text)
    .join('')
}

/** Paths on which figures rest, in the record or in the items of the list that is counted. */
function counted(read: Register): string[] {
  return Object.values(read.measures as Record<string, Measure>).flatMap((measure) => {
    const { of, where = {}, date, sum, distinct = [] } = measure
    const paths = [...Object.keys(where), date, sum, ...[distinct].flat()].filter((path) => typeof path === 'string')
    return paths.map((path) => (of !== undefined && read.field(`${of}.${path}`) ? `${of}.${path}` : path))
  })
}

/** Another value of the same kind; of somebody or something that is counted, somebody or something else. */
function other(field: Field, value: Value): Value[] {
  if (field.source.enum) return field.source.enum.filter((one) => one !== value)
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'string') return []
  if (/^\d{4}H/.test(value)) return ['2023H2']
  if (/^\d{4}-\d{2}$/.test(value)) return ['2023-11']
  return [/^\d{4}-\d{2}-\d{2}$/.test(value) ? '2023-11-09' : `${value}9`]
}

/** The record with other values at the path; in every item, where it leads into a list. */
function changed(value: Value, names: string[], field: Field): Value[] {
  const [name, ...rest] = names
  if (name === undefined) return other(field, value)
  if (Array.isArray(value))
    return value.flatMap((item, index) => changed(item, names, field).map((one) => value.with(index, one)))
  if (value === null || typeof value !== 'object' || !(name in value)) return []
  return changed(value[name] ?? null, rest, field).map((one) => ({ ...value, [name]: one }))
}

function changes(read: Register, record: Fields, path: string): Fields[] {
  const field = read.field(path)
  return field ? (changed(record, path.split('.'), field) as Fields[]) : []
}

/** Not said: what stands above the form, the unit and, where there is one, the campaign with its kind. */
function standsAbove(path: string, record: Fields): boolean {
  return path === 'division_code' || (path === 'visit_kind' && typeof record['campaign_id'] === 'string')
}

/** Longer records are left out, as long as JSON. */
const SIZE_MAX = 5000

afterEach(() => {
  settings.language = 'zh'
})

describe.each(registerNames)('%s', (name) => {
  const read = register(name)
  const all = vectors<{ cases: Case[] }>(`registers/${name}.json`).cases.filter((one) => one.invalid.length === 0)
  // What does not hold is not written; a record of hundreds of people says nothing that one of three does not.
  const valid = all
    .map((one) => ({ ...one, record: heldFields(read, one.record).fields }))
    .filter(({ record }) => JSON.stringify(record).length < SIZE_MAX)
  const required = read.fields.filter((field) => field.isRequired && !field.isSilent).map((field) => field.name)
  const paths = [...new Set([...required, ...counted(read)])].filter((path) => read.field(path))

  test.each(['zh', 'en'] as const)('what counts is in the sentence (%s)', (language) => {
    settings.language = language
    const silent = valid.flatMap(({ name: title, record }) => {
      const before = said(read, record)
      const spoken = paths.filter((path) => !standsAbove(path, record))
      const others = spoken.flatMap((path) => changes(read, record, path).map((one) => ({ path, one })))
      const alike = others.filter(({ one }) => invalidFields(read, one).length === 0 && said(read, one) === before)
      return alike.map(({ path, one }) => `${title}: ${path} ${JSON.stringify(valueAt(one, path))}: ${before}`)
    })
    expect(silent).toEqual([])
  })

  test('every valid record is said in both languages, with no gap', () => {
    for (const language of ['zh', 'en'] as const) {
      settings.language = language
      for (const { record } of valid)
        expect(said(read, record)).toMatch(language === 'zh' ? /^[^，。；].*[。：\p{L}！!]$/su : /^[^\s,].*\S$/su)
    }
  })
})
