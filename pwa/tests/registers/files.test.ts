/**
 * What every register file owes its readers: words in both languages, a reason for each question, choices with labels,
 * paths that lead somewhere, and no field for what must never be collected.
 *
 * Deliberately not here: records (vectors.test.ts), and counting, which the county does.
 */
import { describe, expect, test } from 'vitest'
import type { Condition } from '../../src/shared/condition'
import type { Alternative, Property } from '../../src/shared/register_file'
import type { Label } from '../../src/shared/tables'
import { register, registerNames } from './sources'

type Named = { path: string; source: Property; isMember: boolean }

/** Fields, their members and the members of list items. */
function named(properties: Record<string, Property>, prefix = ''): Named[] {
  return Object.entries(properties).flatMap(([name, source]) => {
    const path = prefix + name
    const members = source.properties ?? source.items?.properties ?? {}
    return [{ path, source, isMember: prefix !== '' }, ...named(members, `${path}.`)]
  })
}

/** Widgets whose members are shown by the widget itself, not one by one. */
const WHOLE = new Set(['person', 'checklist', 'hidden', 'participants.person'])
const WIDGETS = new Set(
  `choice choices date month batch number money text long_text phone code switch person participants staff gift checklist
   group items unit hidden photos`.split(/\s+/),
)
const SILENT = new Set(['hidden', 'unit', 'photos'])

/** Members that a form asks: those of groups and items, not those that a widget keeps to itself. */
function asked(all: Named[]): Named[] {
  const holder = (path: string): Named | undefined => all.find((one) => one.path === path.replace(/\.[^.]+$/, ''))
  return all.filter((one) => !one.isMember || !WHOLE.has(holder(one.path)?.source['x-widget'] ?? 'hidden'))
}

/** No field may hold any of these, in words of its name (L-20, and what is out of scope on purpose). */
const NEVER = new Set(
  `unit rank post garrison specialty travel mission deeds mood opinion illness disease diagnosis religion location
   latitude longitude gps address_book id_number identity bank card_number soldier score points petition risk`.split(
    /\s+/,
  ),
)
/** Names that hold such a word and mean something else: who led a visit, by level. */
const MEANT = new Set(['lead_rank'])
/** Words that no label may have; explanations may, since they say what not to write. */
const NEVER_SAID = [
  '部队',
  '番号',
  '军衔',
  '位置',
  '定位',
  '职务',
  '事迹',
  '病情',
  '情绪',
  '思想',
  '打卡',
  '留痕',
  '考核',
  '排名',
]

function isComplete(label: Label | undefined): boolean {
  return (
    /\p{Script=Han}/u.test(label?.zh ?? '') &&
    /[a-z]/i.test(label?.en ?? '') &&
    !/\p{Script=Han}/u.test(label?.en ?? '')
  )
}

/** Choices of a field or of the items of a list. */
function choicesOf({ enum: values, items, ...rest }: Property): { values: string[]; labels: Record<string, Label> } {
  return { values: values ?? items?.enum ?? [], labels: rest['x-options'] ?? items?.['x-options'] ?? {} }
}

function placeholders(parts: Alternative[][]): string[] {
  return parts
    .flat()
    .flatMap(({ zh, en }) => [...`${zh}${en}`.matchAll(/\{([^}]+?)#?\}/g)].map((found) => found[1] ?? ''))
}

describe.each(registerNames)('%s', (name) => {
  const read = register(name)
  const { source } = read
  const all = named(source.properties)

  test('is named after its file and is called something in both languages', () => {
    expect(source['x-register']).toBe(name)
    for (const label of [source['x-label'], source['x-hint'], source['x-notice']]) expect(isComplete(label)).toBe(true)
  })

  test.each(asked(all).map((one) => [one.path, one] as const))(
    '%s has words in both languages',
    (_, { source: field }) => {
      expect(isComplete(field['x-label'])).toBe(true)
      expect(WIDGETS).toContain(field['x-widget'])
      const { values, labels } = choicesOf(field)
      expect(Object.keys(labels)).toEqual(values)
      for (const label of Object.values(labels)) expect(isComplete(label) || label.zh === label.en).toBe(true)
    },
  )

  test('every question has its reason, every field its own place', () => {
    const fields = all.filter((one) => !one.isMember)
    const silent = fields.filter((one) => !isComplete(one.source['x-why'])).map((one) => one.source['x-widget'] ?? '')
    expect(silent.filter((widget) => !SILENT.has(widget))).toEqual([])
    const orders = fields.map((one) => one.source['x-order'])
    expect(orders).toEqual([...new Set(orders)].sort((one, other) => (one ?? 0) - (other ?? 0)))
    expect(fields.filter((one) => one.source['x-filled-by'] === undefined)).toEqual([])
  })

  test('nothing is asked that must never be collected', () => {
    const isNever = (word: string): boolean => NEVER.has(word)
    const words = all.flatMap((one) => one.path.split('.')).filter((word) => !MEANT.has(word))
    expect(words.filter((word) => isNever(word) || word.split('_').some(isNever))).toEqual([])
    const labels = all.flatMap((one) => [one.source['x-label'], ...Object.values(choicesOf(one.source).labels)])
    expect(labels.filter((label) => NEVER_SAID.some((word) => label?.zh.includes(word)))).toEqual([])
    expect(all.flatMap((one) => choicesOf(one.source).values)).not.toContain('central_point')
  })

  test('every path leads somewhere', () => {
    const known = new Set(all.map((one) => one.path))
    const isKnown = (path: string, list = ''): boolean => known.has(path) || known.has(`${list}.${path}`)
    const conditions = (list: Alternative[][]): string[] => list.flat().flatMap(({ when }) => Object.keys(when ?? {}))
    const whole = [...placeholders(read.sentence), ...conditions(read.sentence)]
    expect(whole.filter((path) => !isKnown(path))).toEqual([])
    for (const one of all) {
      const said = one.source.items?.['x-sentence'] ?? []
      const holder = one.path.replace(/\.[^.]+$/, '')
      const paths = [...placeholders(said), ...conditions(said)].filter((path) => !isKnown(path, one.path))
      const when: Condition = one.source['x-when'] ?? {}
      expect([...paths, ...Object.keys(when).filter((path) => !isKnown(path, holder))]).toEqual([])
    }
    const named = [source['x-bucket-date'], source['x-title'], source['x-state'], source['x-start']?.field]
    const steps = read.steps.flatMap((step) => step.fields)
    expect([...named, ...steps, ...read.lineFields].filter((path) => path !== undefined && !isKnown(path))).toEqual([])
  })

  test('what a township or the county decides is no part of what a village owes', () => {
    const later = all.filter((one) => ['township', 'county'].includes(one.source['x-filled-by'] ?? ''))
    expect(later.filter((one) => (source.required ?? []).includes(one.path)).map((one) => one.path)).toEqual([])
    const decided = read.steps.filter((step) => step.by !== 'village').flatMap((step) => step.fields)
    expect(
      later
        .filter((one) => one.path !== 'double_of')
        .map((one) => one.path)
        .sort(),
    ).toEqual([...decided].sort())
  })

  test('photos are never required', () => {
    expect(source.required ?? []).not.toContain('photos')
  })

  test('what is typed freely is looked at for what must not stand there', () => {
    const texts = all.filter((one) => ['note', 'text', 'defect', 'limits'].includes(one.path.split('.').at(-1) ?? ''))
    expect(
      texts.filter((one) => !one.source['x-warn']?.some((warn) => 'check' in warn && warn.check === 'free_text')),
    ).toEqual([])
  })
})

/** How many questions a worker is asked at most; a register that needs more asks too much. */
const BUDGETS: Record<string, number> = {
  outlet: 12,
  consultation: 5,
  ceremony: 3,
  visit: 4,
  roster_check: 3,
  roster_error: 2,
  hardship_aid: 4,
}

test.each(Object.entries(BUDGETS))('%s asks a worker at most %i things', (name, most) => {
  const asked = register(name).fields.filter((field) => field.filledBy === 'worker' && !field.isSilent)
  expect(asked.length).toBeLessThanOrEqual(most)
})
