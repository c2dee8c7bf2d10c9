/**
 * Two people on one phone: each record says who of them it was, drafts stay apart, and the phone changes hands by a PIN.
 *
 * Deliberately not here: the screen.
 */
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { saveDraft, saveIntents, dropDraft, undo } from '../../src/worker/store/intents'
import { changesSince, load } from '../../src/worker/documents/document'
import * as work from '../../src/worker/documents/work'
import { readMeta } from '../../src/worker/store/database'
import { setPin, usePerson } from '../../src/worker/store/pins'
import type { Database } from '../../src/worker/store/schema'
import { readView } from '../../src/worker/store/view'
import { wipe } from '../../src/worker/store/wipe'
import { exchange } from '../../src/worker/sync/exchange'
import { enrolWith, intent, newCounty, newDatabase, NOW, type County } from '../phone'
import { wasm } from '../vectors'

beforeAll(() => work.start(wasm()))
afterEach(() => vi.restoreAllMocks())

const idle = { phase: 'idle', lastMs: null, error: null } as const
const MINUTE = 60_000
const OTHERS = [['p-2', '李建国']]
const granted = [3, 'p-1', [['990101103200', '2024-01-01', null]], OTHERS]

async function sharedPhone(): Promise<{ database: Database; county: County }> {
  const [database, county] = [await newDatabase(), await newCounty()]
  await enrolWith(database, county)
  await run(database, county)
  return { database, county }
}

function run(database: Database, county: County): Promise<void> {
  const send = (request: Uint8Array): Promise<Uint8Array> => county.answer(request, { grants: granted })
  return exchange({ database, send, loadWork: async () => work, now: () => NOW })
}

const enrolled = async (database: Database): Promise<unknown> => (await readView(database, idle)).enrolled
const code = async (told: ReturnType<typeof usePerson>): Promise<string | undefined> => (await told)?.code

describe('a shared phone', () => {
  test('is in the hands of whom it is bound to, until the other sets a PIN and takes it', async () => {
    const { database } = await sharedPhone()
    const other = { id: 'p-2', name: '李建国', hasPin: false }
    expect(await enrolled(database)).toMatchObject({
      person: '王秀英',
      personId: 'p-1',
      hasPin: false,
      others: [other],
    })
    expect(await setPin(database, '1234')).toBeNull()
    expect(await usePerson(database, 'p-2', '567890', NOW)).toBeNull()
    const first = { id: 'p-1', name: '王秀英', hasPin: true }
    expect(await enrolled(database)).toMatchObject({ person: '李建国', personId: 'p-2', hasPin: true, others: [first] })
    expect(await code(usePerson(database, 'p-1', '567890', NOW))).toBe('pin_wrong')
    expect(await usePerson(database, 'p-1', '1234', NOW)).toBeNull()
    expect(await enrolled(database)).toMatchObject({ personId: 'p-1' })
  })

  test('says of each record and each change who it was', async () => {
    const { database, county } = await sharedPhone()
    const entry = (by: string): object => ({ entry: { entered_by: by } })
    await saveIntents(database, [intent('r1', { note: 'a', ...entry('p-1') })], null, NOW)
    await usePerson(database, 'p-2', '1111', NOW)
    await saveIntents(database, [intent('r2', { note: 'b', ...entry('p-2') })], null, NOW + 1)
    const late = intent('r1', { note: 'c' })
    await saveIntents(database, [late], null, NOW + 2)
    const authors = async (): Promise<unknown> =>
      Object.fromEntries((await readView(database, idle)).records.map((record) => [record.id, record.author]))
    const by = async (id: string): Promise<unknown> =>
      (await work.readHistory(database, id)).filter(({ kind }) => kind !== 'received').map((step) => step.by)
    expect([await authors(), await by('r1')]).toEqual([{ r1: 'p-1', r2: 'p-2' }, ['p-1', 'p-2']])
    await run(database, county)
    expect([await authors(), await by('r1'), await by('r2')]).toEqual([
      { r1: 'p-1', r2: 'p-2' },
      ['p-1', 'p-2'],
      ['p-2'],
    ])
    await undo(database, [{ undoes: late.id, otherwise: intent('r1', { note: 'a' }) }], NOW + 3)
    expect(await by('r1')).toEqual(['p-1', 'p-2', 'p-2'])
  })

  test('says it in the change itself, on a phone that is shared alone', async () => {
    const [alone, county] = [await newDatabase(), await newCounty()]
    await enrolWith(alone, county)
    await saveIntents(alone, [intent('r1', {})], null, NOW)
    const shared = await sharedPhone()
    await saveIntents(shared.database, [intent('r1', { note: 'a' })], null, NOW)
    await usePerson(shared.database, 'p-2', '1111', NOW)
    await saveIntents(shared.database, [intent('r2', { note: 'b' })], null, NOW + 1)
    const words = async (database: Database): Promise<unknown> => {
      await work.convertIntents(database, NOW)
      const [row] = await database.getAll('documents')
      return changesSince(load(row!.saved), []).map(({ by }) => by)
    }
    expect([await words(alone), await words(shared.database)]).toEqual([[null], ['p-1', 'p-2']])
  })

  test('is of whoever stays when the one it was bound to has left, each with the own drafts', async () => {
    const { database, county } = await sharedPhone()
    const draft = (form: string): Promise<void> => saveDraft(database, { key: 'k', form, savedMs: NOW })
    await draft('of p-1')
    await usePerson(database, 'p-2', '1111', NOW)
    await draft('of p-2')
    await usePerson(database, 'p-1', '2222', NOW)
    const after = [4, 'p-2', [['990101103200', '2024-01-01', null]], null, '李建国']
    const send = (request: Uint8Array): Promise<Uint8Array> => county.answer(request, { grants: after })
    await exchange({ database, send, loadWork: async () => work, now: () => NOW })
    expect(await enrolled(database)).toMatchObject({ person: '李建国', personId: 'p-2', hasPin: true, others: [] })
    expect((await readView(database, idle)).drafts.map(({ form }) => form)).toEqual(['of p-2'])
    expect(await code(usePerson(database, 'p-1', '2222', NOW))).toBe('pin_nobody')
    await saveIntents(database, [intent('r1', {})], null, NOW)
    expect((await database.getAll('intents')).map(({ by }) => by)).toEqual(['p-2'])
  })

  test('keeps the drafts of each apart, also of one and the same form', async () => {
    const { database } = await sharedPhone()
    const drafts = async (): Promise<unknown> =>
      (await readView(database, idle)).drafts.map(({ key, form }) => [key, form])
    await saveDraft(database, { key: 'k', form: 'of p-1', savedMs: NOW })
    await usePerson(database, 'p-2', '1111', NOW)
    expect(await drafts()).toEqual([])
    await saveDraft(database, { key: 'k', form: 'of p-2', savedMs: NOW })
    await saveDraft(database, { key: 'l', form: 'also', savedMs: NOW })
    expect(await drafts()).toEqual([
      ['k', 'of p-2'],
      ['l', 'also'],
    ])
    await dropDraft(database, 'l')
    await saveIntents(database, [intent('r1', {})], 'k', NOW)
    expect(await drafts()).toEqual([])
    await saveDraft(database, { key: 'm', form: 'of p-2', savedMs: NOW })
    await usePerson(database, 'p-1', '2222', NOW)
    expect(await drafts()).toEqual([['k', 'of p-1']])
  })

  test('goes back to whom it is bound to when the other is on it no more', async () => {
    const { database, county } = await sharedPhone()
    await usePerson(database, 'p-2', '1111', NOW)
    const alone = [4, 'p-1', [['990101103200', '2024-01-01', null]]]
    const send = (request: Uint8Array): Promise<Uint8Array> => county.answer(request, { grants: alone })
    await exchange({ database, send, loadWork: async () => work, now: () => NOW })
    expect(await enrolled(database)).toMatchObject({ personId: 'p-1', others: [] })
    await saveIntents(database, [intent('r1', {})], null, NOW)
    expect((await database.getAll('intents')).map(({ by }) => by ?? null)).toEqual([null])
  })
})

describe('a PIN', () => {
  test('is nowhere as it was typed', async () => {
    const { database } = await sharedPhone()
    await usePerson(database, 'p-2', '907531', NOW)
    const { pins } = (await readMeta(database, 'people'))!
    const { salt, check, ...rest } = pins['p-2']!
    expect(rest).toEqual({ rounds: 200_000, failures: 0, nextMs: 0 })
    expect([salt.length, check.length]).toEqual([16, 32])
    await usePerson(database, 'p-1', '907531', NOW)
    expect((await readMeta(database, 'people'))!.pins['p-1']!.check).not.toEqual(check)
  })

  test.each(['123', '1234567', '12a4', ''])('is four to six digits, not “%s”', async (pin) => {
    const { database } = await sharedPhone()
    expect(await code(usePerson(database, 'p-2', pin, NOW))).toBe('pin_form')
    expect(await code(setPin(database, pin))).toBe('pin_form')
    expect(await readMeta(database, 'people')).toBeUndefined()
  })

  test('is set by nobody who is not on this phone, nor on one that was wiped, nor over another', async () => {
    const { database } = await sharedPhone()
    expect(await code(usePerson(database, 'p-3', '1234', NOW))).toBe('pin_nobody')
    await setPin(database, '1234')
    await setPin(database, '9999')
    await usePerson(database, 'p-2', '5555', NOW)
    expect(await code(usePerson(database, 'p-1', '9999', NOW))).toBe('pin_wrong')
    const slow = crypto.subtle.deriveBits.bind(crypto.subtle)
    vi.spyOn(crypto.subtle, 'deriveBits').mockImplementation(async (...asked: Parameters<typeof slow>) => {
      await wipe(database, 'stolen')
      return slow(...asked)
    })
    await usePerson(database, 'p-1', '1234', NOW)
    expect(await code(usePerson(database, 'p-1', '1234', NOW))).toBe('pin_nobody')
    expect(await readMeta(database, 'people')).toBeUndefined()
  })

  test('has to wait after three wrong ones, longer each time, and the right one sets it back', async () => {
    const { database } = await sharedPhone()
    await setPin(database, '1234')
    await usePerson(database, 'p-2', '5555', NOW)
    const attempt = (pin: string, at: number): Promise<string | undefined> => code(usePerson(database, 'p-1', pin, at))
    for (let count = 0; count < 3; count += 1) expect(await attempt('0000', NOW)).toBe('pin_wrong')
    expect(await attempt('1234', NOW + 1)).toBe('pin_wait/1')
    expect(await attempt('0000', NOW + MINUTE)).toBe('pin_wrong')
    expect(await attempt('0000', NOW + 2 * MINUTE)).toBe('pin_wrong')
    expect(await attempt('1234', NOW + 2 * MINUTE + 1)).toBe('pin_wait/2')
    // A clock that was put back waits no longer than an hour.
    expect(await attempt('1234', NOW - 100 * MINUTE)).toBe('pin_wait/60')
    expect(await attempt('1234', NOW + 4 * MINUTE)).toBeUndefined()
    expect((await readMeta(database, 'people'))!.pins['p-1']).toMatchObject({ failures: 0, nextMs: 0 })
  })

  test('counts a wrong one even if the app is closed before it was looked at', async () => {
    const { database } = await sharedPhone()
    await setPin(database, '1234')
    await usePerson(database, 'p-2', '5555', NOW)
    vi.spyOn(crypto.subtle, 'deriveBits').mockRejectedValue(new Error('closed'))
    await expect(usePerson(database, 'p-1', '0000', NOW)).rejects.toThrow('closed')
    expect((await readMeta(database, 'people'))!.pins['p-1']!.failures).toBe(1)
  })
})
