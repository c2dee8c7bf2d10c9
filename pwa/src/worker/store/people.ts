/**
 * Who uses this phone, where two people share it: whose name stands on what is saved, and whose drafts are shown.
 *
 * Always true: the device's signature is one: an envelope proves the phone, and who of the two it was each change says.
 * Drafts are those of the one who wrote them, also after the phone was bound to somebody else.
 * Deliberately not here: how the phone changes hands (`pins.ts`).
 */
import type { Grants } from '../../shared/generated'
import type { PhonePerson, StoredDraft } from '../../shared/messages'
import type { Writing } from './database'
import type { Device, Exchange, People } from './schema'

/** Between the person and the rest of a draft's key. */
const MARK = '\n'

export const NOBODY_ELSE: People = { inUse: null, pins: {} }

/** All who use the phone, whom it is bound to first. */
export function everybody(device: Device, exchange: Exchange, people: People = NOBODY_ELSE): PhonePerson[] {
  const all = [{ id: device.personId, name: device.person }, ...(exchange.grants.others ?? [])]
  return all.map(({ id, name }) => ({ id, name, hasPin: id in people.pins }))
}

/** Who uses it now; whom it is bound to where the one in use is on it no more. */
export function personInUse(device: Device, exchange: Exchange, people: People = NOBODY_ELSE): PhonePerson {
  const all = everybody(device, exchange, people)
  return (
    all.find(({ id }) => id === people.inUse) ?? all[0] ?? { id: device.personId, name: device.person, hasPin: false }
  )
}

/** Whom the phone was bound to has left, and somebody else keeps it: it is theirs from here on. */
export async function bindAnew(transaction: Writing<('meta' | 'drafts')[]>, { person, name }: Grants): Promise<void> {
  const meta = transaction.objectStore('meta')
  const device = (await meta.get('device')) as Device | undefined
  if (!device || name === undefined || person === device.personId) return
  const drafts = transaction.objectStore('drafts')
  for (const draft of await drafts.getAll()) {
    const key = draft.key.startsWith(person + MARK) ? draft.key.slice(person.length + MARK.length) : draft.key
    const moved = draft.key.includes(MARK) ? key : device.personId + MARK + draft.key
    if (moved !== draft.key) await Promise.all([drafts.delete(draft.key), drafts.put({ ...draft, key: moved })])
  }
  await meta.put({ ...device, personId: person, person: name }, 'device')
  const people = (await meta.get('people')) as People | undefined
  if (people?.inUse === person) await meta.put({ ...people, inUse: null }, 'people')
}

/** Who is on the phone no more has it no more. */
export async function dropGone(transaction: Writing<'meta'[]>, grants: Grants): Promise<void> {
  const meta = transaction.objectStore('meta')
  const people = (await meta.get('people')) as People | undefined
  const isHere = people?.inUse === null || grants.others?.some(({ id }) => id === people?.inUse)
  if (people && !isHere) await meta.put({ ...people, inUse: null }, 'people')
}

/** Drafts are kept by the person who has the phone: the key of one as the database has it. */
export function draftKeyOf(people: People = NOBODY_ELSE, key: string): string {
  return people.inUse === null ? key : `${people.inUse}${MARK}${key}`
}

/** The drafts of the one who has the phone, with the keys that the page knows. */
export function ownDrafts(people: People = NOBODY_ELSE, drafts: StoredDraft[]): StoredDraft[] {
  if (people.inUse === null) return drafts.filter(({ key }) => !key.includes(MARK))
  const begin = people.inUse + MARK
  return drafts.flatMap((one) => (one.key.startsWith(begin) ? [{ ...one, key: one.key.slice(begin.length) }] : []))
}
