/**
 * What a record is called in lists, and the initials that find it.
 *
 * Always true: the register says which field names a record; somebody of a batch is named by the family's contact, whom
 * alone the phone knows. Deliberately not here: sentences.
 */
import { valueAt } from '../../shared/condition'
import type { Field, Register } from '../../shared/register'
import { group, text, type Value } from '../../shared/record'
import type { View, ViewRecord } from '../../shared/messages'
import { saidValue, tellerOf } from '../form/values'
import { settings } from '../settings'
import { words } from '../words'
import { initialsOf, isFound } from './initials'

/** More names than these are not read in a list. */
const NAMES_MAX = 3

/** Somebody of the roster, of a batch, or on no list. */
export function nameOf(view: View, person: Value | undefined): string {
  const { person_ref: reference, name, contact } = group(person)
  const written = text(name) || text(contact)
  if (written !== '') return written
  return known(view, text(reference))?.name ?? text(reference)
}

function known(view: View, reference: string): { name: string; initials: string } | undefined {
  if (reference === '') return undefined
  for (const { households, batches = [] } of view.villages) {
    const person = households.flatMap(({ people }) => people).find((one) => one.person_ref === reference)
    if (person) return person
    const family = batches.find((one) => one.person_ref === reference)
    if (family) return { name: family.contact, initials: family.initials }
  }
  return undefined
}

/** A participant carries the person inside; other lists of people are the persons themselves. */
function peopleIn(value: Value | undefined): Value[] {
  const people = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  return people.map((one) => group(one)['person'] ?? one)
}

export function titleOf(view: View, register: Register | undefined, record: ViewRecord): string {
  const path = register?.titlePath
  const field = path === undefined ? undefined : register?.field(path)
  const value = path === undefined ? undefined : valueAt(record.fields, path)
  const title = register && field ? titleWords(view, register, field, value, record) : ''
  return title || register?.label(settings.language) || record.register
}

function titleWords(
  view: View,
  register: Register,
  field: Field,
  value: Value | undefined,
  record: ViewRecord,
): string {
  if (field.widget !== 'participants') return saidValue(field, value, tellerOf(view, register.dayOf(record.fields)))
  const names = peopleIn(value).map((person) => nameOf(view, person))
  const shown = names.slice(0, NAMES_MAX).join(words('and'))
  return names.length > NAMES_MAX ? `${shown}…` : shown
}

/** The choice that began the record, where its title does not say it already: 住院看望. */
export function kindOf(view: View, register: Register | undefined, record: ViewRecord): string {
  const start = register?.start?.field
  if (!register || start === undefined || start === register.titlePath) return ''
  const campaign = view.campaigns.find((one) => one.id === record.fields['campaign_id'])
  const value = text(record.fields[start])
  const day = register.dayOf(record.fields)
  return campaign?.name ?? register.optionLabel(start, value, settings.language, view.lists, day)
}

/** Whether what was typed finds the record: characters or initials of its title, or of anybody named in it. */
export function isRecordFound(view: View, register: Register | undefined, record: ViewRecord, typed: string): boolean {
  const value = register?.titlePath === undefined ? undefined : valueAt(record.fields, register.titlePath)
  const people = peopleIn(value).map((person) => known(view, text(group(person)['person_ref'])))
  if (people.some((person) => person && isFound(typed, person.name, person.initials))) return true
  const title = titleOf(view, register, record)
  return isFound(typed, title, initialsOf(title)) || isFound(typed, kindOf(view, register, record))
}
