/**
 * Which fields hold: a field is neither asked nor written where its condition does not hold.
 *
 * Always true: a condition sees only fields that hold themselves. Deliberately not here: the form.
 */
import { holds } from '../../shared/condition'
import { group, type Fields, type Value } from '../../shared/record'
import type { Field, Register } from '../../shared/register'

/** Fields that hold, and their values; what does not hold has the value of `x-else`, or none. */
export type Held = { names: Set<string>; fields: Fields }

/** Conditions rest on conditions at most this deep; no register comes near. */
const DEPTH_MAX = 6

export function heldFields(register: Register, raw: Fields): Held {
  let fields = raw
  let names = new Set<string>()
  for (let round = 0; round < DEPTH_MAX; round += 1) {
    const next = new Set(register.fields.filter((field) => holds(field.when, fields)).map((field) => field.name))
    const isSettled = round > 0 && next.size === names.size && [...next].every((name) => names.has(name))
    names = next
    if (isSettled) break
    fields = withoutOthers(register, raw, names)
  }
  return { names, fields }
}

function withoutOthers(register: Register, raw: Fields, names: Set<string>): Fields {
  const fields = { ...raw }
  for (const field of register.fields) {
    if (names.has(field.name)) continue
    if (field.otherwise === undefined) delete fields[field.name]
    else fields[field.name] = field.otherwise
  }
  return fields
}

/** What conditions inside a group or an item see: its members, then the record. */
export function scopeOf(record: Fields, members: Value | undefined): Fields {
  return { ...record, ...group(members) }
}

/** Members of a group or an item that are asked now. */
export function heldMembers(field: Field, record: Fields, members: Value | undefined): Field[] {
  const scope = scopeOf(record, members)
  return field.members.filter((member) => !member.isSilent && holds(member.when, scope))
}

/** A value as it is written: members that do not hold, and those that are empty, left out. */
export function shaped(field: Field, value: Value, record: Fields): Value {
  if (field.members.length === 0) return value
  if (Array.isArray(value)) {
    return value.filter((item) => !isUntouched(field, item)).map((item) => shapedMembers(field, item, record))
  }
  return value !== null && typeof value === 'object' ? shapedMembers(field, value, record) : value
}

function shapedMembers(field: Field, value: Value, record: Fields): Value {
  const scope = scopeOf(record, value)
  const whole: { [name: string]: Value } = {}
  for (const [name, member] of Object.entries(group(value))) {
    const known = field.member(name)
    if (!known) whole[name] = member
    else if (!holds(known.when, scope)) {
      if (known.otherwise !== undefined) whole[name] = known.otherwise
    } else {
      const inner = shaped(known, member, scope)
      if (!isEmpty(inner) || Array.isArray(inner)) whole[name] = inner
    }
  }
  return whole
}

/** Empty text, list or group. Null says “none” and is a value. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0
}

/** Whether an item of a list holds nothing but what it began with. */
export function isUntouched(field: Field, item: Value): boolean {
  return Object.entries(group(item)).every(
    ([name, inner]) => isEmpty(inner) || inner === null || field.member(name)?.source['x-default'] !== undefined,
  )
}

/** What stands for “nothing” in a field that is taken away again; undefined where the schema knows no such value. */
export function nothingOf(field: Field | undefined): Value | undefined {
  const types = [field?.source.type].flat()
  if (types.includes('null')) return null
  if (types.includes('array')) return []
  if (types.includes('string') && !field?.source.pattern && !field?.source.enum && !field?.source.minLength) return ''
  return types.includes('object') && !field?.source.required && !('anyOf' in (field?.source ?? {})) ? {} : undefined
}
