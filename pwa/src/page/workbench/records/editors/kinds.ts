/**
 * Which fields the county may edit by hand, and the values that an editor begins with.
 *
 * Always true: what a phone or the server alone knows (who entered it, staff, photos, settlements) is edited by nobody.
 * Deliberately not here: the components.
 */
import type { InjectionKey, Ref } from 'vue'
import { holds, type Condition } from '../../../../shared/condition'
import type { Field } from '../../../../shared/field'
import type { Candidate, ImportKind } from '../../../../shared/generated'
import { isSame, type Fields, type Value } from '../../../../shared/record'
import type { Register } from '../../../../shared/register'
import { isGroup } from '../../words/values'

const KEPT_KINDS = new Set(['hidden', 'unit', 'photos', 'staff'])
const KEPT_FIELDS = new Set(['entry', 'void_reason', 'double_of', 'supersedes', 'campaign_id'])

/** Whether there is an editor for it. */
export function isEditable(field: Field): boolean {
  return !KEPT_KINDS.has(field.widget) && !KEPT_FIELDS.has(field.name)
}

/** Whether the county alone writes it: by the field itself, or by its steps, of which the lowest decides. */
export function isOfCounty(register: Register, field: Field): boolean {
  const by = register.steps.filter(({ fields }) => fields.includes(field.name)).map((step) => step.by)
  const isByStep = by.length > 0 && !by.includes('village')
  return isByStep ? !by.includes('township') : field.filledBy === 'county'
}

/** The members of a group that are edited by hand. */
export function editedMembers(field: Field): Field[] {
  return field.members.filter((member) => isEditable(member) && member.name !== 'person_ref')
}

/** The lists that people are on: brought in, looked through, matched with. */
export const LISTS_OF_PEOPLE: readonly ImportKind[] = ['roster', 'recruits', 'returnees', 'merits']

/** The list on which somebody of this record most likely stands. A ceremony's kind begins with the word of its batch. */
export function listOf(record: Fields): ImportKind {
  const kind = typeof record['ceremony_kind'] === 'string' ? record['ceremony_kind'] : ''
  return LISTS_OF_PEOPLE.find((list) => kind.startsWith(list.slice(0, -1))) ?? 'roster'
}

/** What is typed of somebody on no list: the family's contact, where the register knows no names. */
export function typedOf(field: Field): readonly ('name' | 'contact' | 'village')[] {
  return [field.member('contact') ? 'contact' : 'name', 'village']
}

/** Somebody of a list as a value: of a ceremony the reference alone. */
export function personNamed(field: Field, one: Candidate): Record<string, string> {
  const isNamed = field.member('contact') === undefined && field.member('name') !== undefined
  return isNamed ? { person_ref: one.person_ref, name: one.name } : { person_ref: one.person_ref }
}

/** The record around a group that is edited, by the conditions of the group's members. */
export const EDITED: InjectionKey<Ref<Fields>> = Symbol('edited')

/** What an editor begins with where the record has nothing yet. */
export function emptyValue(field: Field): unknown {
  if (['choices', 'items', 'participants'].includes(field.widget)) return []
  return field.members.length > 0 || field.widget === 'checklist' ? {} : null
}

/** What a form begins with: what the register fills in for such a record, else nothing. */
export function startValue(field: Field, today: string, record: Fields = {}): unknown {
  const start = field.source['x-default']
  if (isGroup(start) && 'fill' in start) return start['fill'] === 'today' ? today : undefined
  if (isGroup(start) && Array.isArray(start['cases']))
    return (start['cases'] as Case[]).find(({ when }) => holds(when, record))?.value
  if (start === undefined && field.widget === 'group') return startGroup(field, today, record)
  return start
}

/** What a form of several fields begins with: each in turn, since one that is filled in may open the next. */
export function startValuesOf(fields: readonly Field[], record: Fields, today: string): Fields {
  const given: Fields = {}
  for (const field of fields) {
    const around = { ...record, ...given }
    const isOpen = holds(field.when, around) && (record[field.name] ?? null) === null
    const start = isOpen ? (startValue(field, today, around) ?? null) : null
    if (start !== null) given[field.name] = start as Value
  }
  return given
}

interface Case {
  when?: Condition
  value: unknown
}

function startGroup(field: Field, today: string, record: Fields): unknown {
  const pairs = field.members.map((member) => [member.name, startValue(member, today, record)] as const)
  const given = pairs.filter(([, value]) => value !== undefined && value !== null)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** The field, or the member of it, that must be given and is not. */
export function lackingIn(field: Field, value: unknown): Field | undefined {
  const written = asWritten(value)
  if (written === null) return field
  if (!isGroup(written)) return undefined
  return field.members.find((member) => member.isRequired && asWritten(written[member.name]) === null)
}

/** Fields that a correction opens: asked only now that it holds, and not yet there. What is optional waits to be asked. */
export function openedBy(register: Register, before: Fields, corrected: Fields): Field[] {
  const after = { ...before, ...corrected }
  return register.fields.filter(
    (field) =>
      field.when !== undefined &&
      field.filledBy !== 'optional' &&
      isEditable(field) &&
      !(field.name in corrected) &&
      (after[field.name] ?? null) === null &&
      !holds(field.when, before) &&
      holds(field.when, after),
  )
}

/** What must be written along with a correction: values that the register gives to fields that no longer hold. */
export function writtenAlong(register: Register, before: Fields, corrected: Fields): Fields {
  const after = { ...before, ...corrected }
  const along: Fields = {}
  for (const field of register.fields) {
    const { when, otherwise } = field
    if (field.name in corrected || when === undefined || otherwise === undefined) continue
    // What is not there is the same as nothing.
    if (!holds(when, after) && !isSame(before[field.name] ?? null, otherwise)) along[field.name] = otherwise
  }
  return along
}

/** A group with one member written; an emptied member is left out, for that is how nothing is said. */
export function withMember(group: unknown, name: string, value: unknown): Record<string, unknown> {
  const { [name]: _, ...rest } = isGroup(group) ? group : {}
  return value === null || value === undefined || value === '' ? rest : { ...rest, [name]: value }
}

/** What is written: nothing at all rather than an empty text or group. */
export function asWritten(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (isGroup(value)) return Object.keys(value).length === 0 ? null : value
  return value ?? null
}

/** The batches that can be chosen around a year: newest first. */
export function batchesAround(year: number, back = 6): string[] {
  return Array.from({ length: back + 2 }, (_, index) => year + 1 - index).flatMap((each) => [`${each}H2`, `${each}H1`])
}
