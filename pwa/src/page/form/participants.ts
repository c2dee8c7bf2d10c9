/**
 * People of a batch list: recruits and returnees as a phone may know them, by their family's contact.
 *
 * Always true: a soldier's name is never known here; amounts of awards come from the county's list. Deliberately not
 * here: drawing.
 */
import { contains } from '../../shared/ids'
import { group, isSame, text, type Fields, type Value } from '../../shared/record'
import type { Field } from '../../shared/register'
import type { BatchPerson, UnitTable } from '../../shared/tables'
import { isFilled, membersOf, type Place } from './defaults'

export type Participant = { [key: string]: Value }

/** Everybody of the batches of a unit and of what it contains, newest batch first. */
export function batchPeople(tables: readonly UnitTable[], unit: string, kinds: string[] = []): BatchPerson[] {
  const found = new Map<string, BatchPerson>()
  for (const table of tables.filter((one) => contains(unit, one.unit))) {
    for (const person of table.batches ?? []) found.set(`${person.kind}/${person.person_ref}/${person.batch}`, person)
  }
  const all = [...found.values()]
  // A ceremony's kind begins with the word of its batch: `recruit_sendoff`, `returnee_welcome`.
  const fitting = all.filter((person) => kinds.some((kind) => kind.startsWith(person.kind)))
  return (fitting.length > 0 ? fitting : all).sort((one, other) => other.batch.localeCompare(one.batch))
}

/** Somebody of the list as a participant: what is known of them, as far as the register names it. */
export function participantOf(field: Field, person: BatchPerson): Participant {
  const known = Object.entries({ ...person.details, batch: person.batch })
  const named = known.filter(([name]) => field.member(name) !== undefined)
  return { ...Object.fromEntries(named), person: { person_ref: person.person_ref } }
}

/** A family that is on no list yet; the township matches it later. */
export function newContact(field: Field, name: string, village: string, batch: string): Participant {
  // A family contact stands apart from a name where the register keeps them apart.
  const key = field.member('person')?.member('contact') ? 'contact' : 'name'
  return {
    ...(field.member('batch') ? { batch } : {}),
    person: { [key]: name, ...(village === '' ? {} : { village }) },
  }
}

/** Somebody who was entered by name is now known to be this person of the list; what was entered stays. */
export function matched(field: Field, participant: Participant, person: BatchPerson): Participant {
  const { person: _, ...rest } = participant
  return { ...participantOf(field, person), ...rest, person: { person_ref: person.person_ref } }
}

export function referenceOf(participant: Value): string {
  return text(group(group(participant)['person'])['person_ref'])
}

/** What the phone fills in of a participant: amounts follow the honour, by the county's list. */
export function withDefaults(
  field: Field,
  before: Participant,
  after: Participant,
  place: Place,
  record: Fields,
): Participant {
  const isNew = !isSame(before['honour_code'], after['honour_code'])
  const award = field.members.find((member) => isFilled(member, 'award'))
  const kept = isNew && award && before[award.name] !== undefined ? without(after, award.name) : after
  return membersOf(field, place, record, kept) ?? kept
}

function without(participant: Participant, name: string): Participant {
  const { [name]: _, ...rest } = participant
  return rest
}
