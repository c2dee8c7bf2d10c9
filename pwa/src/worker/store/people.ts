/**
 * Who uses this phone, where two people share it: whose name stands on what is saved, and the PIN that changes it.
 *
 * Always true: a PIN is kept as a salted, slow digest, is never sent, and a wrong one is counted before it is looked at; each
 * person sets an own one at first use. The device's signature is one: an envelope proves the phone, and who of the two
 * it was stands in the record. It keeps honest people's work apart; against somebody who takes the phone apart, only the
 * phone's own lock helps. Deliberately not here: the screen.
 */
import { isEqual, fromText, type Bytes } from '../../shared/bytes'
import type { Grants } from '../../shared/generated'
import type { Failed, PhonePerson, StoredDraft } from '../../shared/messages'
import { readMeta, write, type Writing } from './database'
import type { Database, Device, Exchange, People, Pin } from './schema'

const ROUNDS = 200_000
const PIN = /^\d{4,6}$/
/** Wrong tries before one has to wait, and how long then; each further one doubles it. */
const FREE_TRIES = 3
const FIRST_WAIT_MS = 30_000
const MINUTE_MS = 60_000
const LONGEST_WAIT_MS = 3600_000

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

/** Changes to the person, if the PIN is theirs; at their first use it becomes theirs. Null: done. */
export async function usePerson(database: Database, id: string, pin: string, now: number): Promise<Failed | null> {
  const [device, exchange] = await Promise.all([readMeta(database, 'device'), readMeta(database, 'exchange')])
  if (!PIN.test(pin)) return failed('pin_form')
  if (!device || !exchange || !everybody(device, exchange).some((one) => one.id === id)) return failed('pin_nobody')
  const { kept, waitMs } = await counted(database, id, now)
  if (waitMs > 0) return failed(`pin_wait/${Math.ceil(waitMs / MINUTE_MS)}`)
  if (kept && !isEqual(await slowly(pin, kept), kept.check)) return failed('pin_wrong')
  const good = kept ? { ...kept, failures: 0, nextMs: 0 } : await newPin(pin)
  const inUse = id === device.personId ? null : id
  await change(database, (people) => ({ inUse, pins: { ...people.pins, [id]: good } }))
  return null
}

/** The PIN of the person in use, who has none yet: before the phone goes to the other. */
export async function setPin(database: Database, pin: string): Promise<Failed | null> {
  const device = await readMeta(database, 'device')
  if (!device || !PIN.test(pin)) return failed('pin_form')
  const fresh = await newPin(pin)
  await change(database, (people) => {
    const id = people.inUse ?? device.personId
    return id in people.pins ? people : { ...people, pins: { ...people.pins, [id]: fresh } }
  })
  return null
}

/** The PIN to compare with, if there is one, this try being counted as a wrong one already; or how long to wait. */
function counted(database: Database, id: string, now: number): Promise<{ kept?: Pin; waitMs: number }> {
  return write(database, ['meta'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    const people = ((await meta.get('people')) as People | undefined) ?? NOBODY_ELSE
    const kept = people.pins[id]
    if (!kept) return { waitMs: 0 }
    // A clock that was put back does not make the wait longer than it can be.
    const waitMs = Math.min(kept.nextMs - now, LONGEST_WAIT_MS)
    if (waitMs > 0) return { kept, waitMs }
    const failures = kept.failures + 1
    const wait = failures < FREE_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES), LONGEST_WAIT_MS)
    const pins = { ...people.pins, [id]: { ...kept, failures, nextMs: now + wait } }
    await meta.put({ ...people, pins }, 'people')
    return { kept, waitMs: 0 }
  })
}

function change(database: Database, changed: (people: People) => People): Promise<void> {
  return write(database, ['meta'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    // A phone that was wiped meanwhile stays so.
    if ((await meta.getKey('device')) === undefined) return
    await meta.put(changed(((await meta.get('people')) as People | undefined) ?? NOBODY_ELSE), 'people')
  })
}

async function newPin(pin: string): Promise<Pin> {
  const empty = { salt: crypto.getRandomValues(new Uint8Array(16)), rounds: ROUNDS, failures: 0, nextMs: 0 }
  return { ...empty, check: await slowly(pin, empty) }
}

async function slowly(pin: string, { salt, rounds }: Pick<Pin, 'salt' | 'rounds'>): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', fromText(pin), 'PBKDF2', false, ['deriveBits'])
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256))
}

function failed(code: string): Failed {
  return { code, zh: '', en: '' }
}
