/**
 * A new record whose day was changed: what the phone filled in by the day before follows to the day that it has now.
 *
 * Always true: only what still stands as it was filled in follows, so an amount that somebody changed is never overwritten.
 * Deliberately not here: records that are there already; a correction changes what was corrected.
 */
import { group, isSame, type Fields, type Value } from '../../shared/record'
import type { Field, Register } from '../../shared/register'
import { defaultOf, isFilled, type Place } from './defaults'
import { rawFields, withValue, type Form } from './model'

/** What rests on the day of the record. */
const BY_DAY = ['today', 'batch', 'award'] as const

type Days = { was: Place; is: Place }

/** The form after a change, with everything that rests on its day. */
export function redated(register: Register, before: Form, after: Form, place: Place): Form {
  const [old, fresh] = [register.dayOf(rawFields(before)), register.dayOf(rawFields(after))]
  if (after.opened || old === fresh || old === '' || fresh === '') return after
  const days = { was: { ...place, day: old, isNew: true }, is: { ...place, day: fresh, isNew: true } }
  const others = register.fields.filter((field) => field.name !== register.datePath && field.name in after.shared)
  return others.reduce((form, field) => {
    const value = form.shared[field.name]
    const scopes = { was: rawFields(before), is: rawFields(form) }
    const next = followed(field, value, scopes, days)
    return isSame(next, value) ? form : withValue(register, form, field.name, next)
  }, after)
}

function followed(
  field: Field,
  value: Value | undefined,
  scopes: Record<keyof Days, Fields>,
  days: Days,
): Value | undefined {
  if (value === undefined || value === null) return value
  if (Array.isArray(value) && field.members.length > 0)
    return value.map((item) => followedMembers(field, group(item), scopes, days))
  if (field.members.length > 0) return followedMembers(field, group(value), scopes, days)
  const isByDay = BY_DAY.some((fill) => isFilled(field, fill))
  const stands = isByDay && isSame(value, defaultOf(field, days.was, scopes.was))
  return stands ? (defaultOf(field, days.is, scopes.is) ?? value) : value
}

function followedMembers(field: Field, members: Fields, scopes: Record<keyof Days, Fields>, days: Days): Fields {
  let next = members
  for (const member of field.members) {
    const value = members[member.name]
    const inside = { was: { ...scopes.was, ...members }, is: { ...scopes.is, ...next } }
    const fresh = followed(member, value, inside, days)
    if (fresh !== undefined && !isSame(fresh, value)) next = { ...next, [member.name]: fresh }
  }
  return next
}
