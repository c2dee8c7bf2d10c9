/**
 * A record: a map of fields, as the register describes it.
 *
 * Always true: equal values have equal canonical JSON, in Rust and here; a group or list is compared and written as a
 * whole. Deliberately not here: what fields there are, and Automerge documents.
 */

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Fields = Record<string, Value>

/** The field that makes a record void: a reason, or null once restored. */
export const VOID_REASON = 'void_reason'
/** Fields that begin so hold settlements; only the county writes them. */
export const SETTLED_PREFIX = 'settled/'

/** JSON with sorted keys and no spaces. Keys sort by code point, as their UTF-8 bytes do in Rust. */
export function canonicalJson(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value).sort(byCodePoint)
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

function byCodePoint(one: string, other: string): number {
  const [ones, others] = [[...one], [...other]]
  for (let index = 0; index < Math.min(ones.length, others.length); index += 1) {
    const difference = (ones[index]?.codePointAt(0) ?? 0) - (others[index]?.codePointAt(0) ?? 0)
    if (difference !== 0) return difference
  }
  return ones.length - others.length
}

export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return canonicalJson(one) === canonicalJson(other)
}

/** The fields of `after` that differ from `before`: what is written. */
export function changedFields(before: Fields, after: Fields): Fields {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => !isSame(before[field], value)))
}

/** The members of a group; none where the value is no group. */
export function group(value: Value | undefined): { [key: string]: Value } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}
}

export function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function isVoid(fields: Fields): boolean {
  return typeof fields[VOID_REASON] === 'string'
}

/** The reference of whom a record is about; empty where there is none. */
export function personOf({ fields }: { fields: Fields }): string {
  return text(group(fields['person'])['person_ref'])
}

/** The register of reported errors of the roster. */
export const ROSTER_ERROR = 'roster_error'

/** Whether it is an error of the roster that the county has not answered. */
export function isOpenError({ register, fields }: { register: string; fields: Fields }): boolean {
  return register === ROSTER_ERROR && !fields['answer'] && !isVoid(fields)
}
