/**
 * Records made up from a register's file: every field gets a value of its kind.
 *
 * Always true: the same file gives the same records. Deliberately not here: sense; the values only have the right shape.
 */
import type { Property, RegisterFile } from '../../../src/shared/register_file.ts'
import type { RecordRow } from '../../../src/page/workbench/server/shapes.ts'
import { LISTS } from './lists.ts'

export const UNITS = [
  { unit: '990101', name: '示例县' },
  { unit: '990101103', name: '双河镇' },
  { unit: '990101103200', name: '石门村' },
  { unit: '990101103201', name: '柳树沟村' },
  { unit: '990101104', name: '范川镇' },
  { unit: '990101104200', name: '后沟村' },
]
const NAMES = ['李大山', '周长河', '高玉芬', '何满仓', '徐永军', '马德胜', '林海燕']
const VILLAGES = ['990101103200', '990101103201', '990101104200']
const TEXTS: Record<string, string> = {
  name: '双河镇石门村便民超市',
  address_text: '石门村三组路口',
  opening_hours: '8:00–20:00',
  text: '手机上的字再大一点就好了，老花眼看着费劲。',
}

export function makeRecords(source: RegisterFile, n: number): { row: RecordRow; fields: Record<string, unknown> }[] {
  return Array.from({ length: n }, (_, index) => makeRecord(source, index))
}

function makeRecord(source: RegisterFile, index: number): { row: RecordRow; fields: Record<string, unknown> } {
  const fields: Record<string, unknown> = {}
  const steps = source['x-steps'] ?? []
  // Every third record is done, the others wait at the last or the middle step.
  const open = index % 3 === 0 ? steps.length : Math.max(1, steps.length - (index % 3))
  const later = new Set(steps.slice(open).flatMap((step) => step.fields))
  for (const [name, property] of Object.entries(source.properties)) {
    if (['void_reason', 'double_of', 'supersedes', 'photos'].includes(name) || later.has(name)) continue
    const value = makeValue(name, property, index)
    if (value !== undefined) fields[name] = value
  }
  const unit = VILLAGES[index % VILLAGES.length] ?? ''
  const register = source['x-register']
  const date = String(at(fields, source['x-bucket-date']) ?? '')
  const row: RecordRow = {
    record_id: `${register}-${index}`,
    register,
    address: `${register}/${unit}/2026`,
    unit,
    date,
    title: titleOf(source, fields),
    state: String(at(fields, source['x-state']) ?? ''),
    step: steps[open]?.id ?? '',
    columns: { ...fields, county: { person_name: NAMES[index % NAMES.length], level: 'village' } },
    author: '王秀英',
    received_ms: Date.UTC(2026, 6, 26, 2, 32) - index * 3_600_000,
    void_reason: index === 7 ? 'mistake' : null,
    odd_fields: index === 4 ? [{ field: 'note', code: 'unit' }] : [],
    invalid_fields: index === 5 ? [Object.keys(source.properties)[0] ?? ''] : [],
    double_of: null,
    open_matters: index === 2 ? 1 : 0,
  }
  return { row, fields }
}

function at(fields: Record<string, unknown>, path = ''): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], fields)
}

function titleOf(source: RegisterFile, fields: Record<string, unknown>): string {
  const value = at(fields, source['x-title'])
  if (typeof value === 'string') return value
  const people = [value].flat() as { person?: { name?: string }; name?: string; person_ref?: string }[]
  return people.map((one) => one?.person?.name ?? one?.name ?? '李大山').join('、')
}

function makeValue(name: string, property: Property, index: number): unknown {
  const widget = property['x-widget'] ?? (property.enum ? 'choice' : '')
  const codes =
    property.enum ?? listCodes(property['x-list'] ?? property.items?.['x-list']) ?? property.items?.enum ?? []
  const pick = codes[index % Math.max(codes.length, 1)]
  const makers: Record<string, () => unknown> = {
    choice: () => pick,
    choices: () => [...new Set([pick, codes[0]])],
    date: () => `2026-07-${String(26 - (index % 20)).padStart(2, '0')}`,
    month: () => `2026-0${(index % 7) + 1}`,
    batch: () => (index % 2 ? '2026H1' : '2025H2'),
    number: () => (index % 7) + 1,
    money: () => 30_000 + (index % 4) * 10_050,
    switch: () => index % 2 === 0,
    person: () => person(index),
    unit: () => VILLAGES[index % VILLAGES.length],
    checklist: () => ({ version: 1, ticks: (listCodes(property['x-list']) ?? []).slice(0, 2) }),
    group: () => makeGroup(property, index),
    gift: () => makeGroup(property, index),
    items: () => Array.from({ length: (index % 3) + 1 }, (_, at) => makeGroup(property.items ?? {}, index + at)),
    participants: () => Array.from({ length: (index % 3) + 1 }, (_, at) => makeGroup(property.items ?? {}, index + at)),
    text: () => TEXTS[name] ?? '补充说明',
    long_text: () => TEXTS[name] ?? '补充说明',
    phone: () => '0398-5550123',
    code: () => '92410000MA0000000X',
  }
  if (name === 'entry') return { entered_by: 'p1', entered_at: '2026-07-26T10:32+08:00', source: 'phone' }
  return makers[widget]?.()
}

function makeGroup(property: Property, index: number): Record<string, unknown> {
  const pairs = Object.entries(property.properties ?? {}).map(([name, member]) => [
    name,
    makeValue(name, member, index),
  ])
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Record<string, unknown>
}

/** Every fourth is on no list. */
function person(index: number): Record<string, string> {
  const name = NAMES[index % NAMES.length] ?? ''
  return index % 4 === 3 ? { name, village: '石门村' } : { person_ref: `p-${index}`, name }
}

function listCodes(id: string | undefined): string[] | undefined {
  return LISTS.find((list) => list.id === id)?.versions[0]?.items.map(({ code }) => code)
}
