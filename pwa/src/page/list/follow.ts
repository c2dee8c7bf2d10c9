/**
 * What may follow from a record, as its register says: after a death a visit to the bereaved, and the removal from the roster.
 *
 * Always true: it is offered and never done by itself; it is about the same person. Deliberately not here: drawing.
 */
import { holds } from '../../shared/condition'
import { group, isVoid, text, type Fields } from '../../shared/record'
import type { Follow } from '../../shared/register_file'
import type { Register } from '../../shared/register'
import type { Route } from '../routes'
import { settings } from '../settings'

export type Next = { label: string; route: Route }

/** Screens on which somebody may go on from a record of this unit; none from a void one. */
export function nextOf(register: Register, fields: Fields, unit: string): Next[] {
  if (isVoid(fields)) return []
  const held = register.follows.filter((follow) => holds(follow.when, fields))
  return held.map((follow) => ({ label: follow.label[settings.language], route: routeTo(follow, fields, unit) }))
}

function routeTo(follow: Follow, fields: Fields, unit: string): Route {
  const person = group(fields['person'])
  const item = follow.list === undefined ? {} : { [follow.list]: [{ ...follow.item, person }] }
  return {
    name: 'new',
    register: follow.register,
    unit,
    start: follow.start ?? null,
    about: text(person['person_ref']) || undefined,
    fields: { ...follow.fields, ...item },
  }
}
