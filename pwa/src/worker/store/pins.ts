/**
 * The PIN by which a shared phone changes hands.
 *
 * Always true: it is kept as a salted, slow digest and never sent; a wrong one is counted before it is looked at; each person
 * sets an own one at first use. It keeps honest people's work apart; against somebody who takes the phone apart, only the
 * phone's own lock helps. Loaded on demand. Deliberately not here: who is on the phone, and the screen.
 */
import { fromText, isEqual, type Bytes } from '../../shared/bytes'
import type { Failed } from '../../shared/messages'
import { readMeta, write } from './database'
import { everybody, NOBODY_ELSE } from './people'
import type { Database, People, Pin } from './schema'

const ROUNDS = 200_000
const PIN = /^\d{4,6}$/
/** Wrong tries before one has to wait, and how long then; each further one doubles it. */
const FREE_TRIES = 3
const FIRST_WAIT_MS = 30_000
const MINUTE_MS = 60_000
const LONGEST_WAIT_MS = 3600_000

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
