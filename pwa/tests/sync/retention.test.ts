/**
 * Old documents leave the phone and come again: nothing that the county has not got ever leaves, and what was fetched is as
 * if it had never been away.
 *
 * Deliberately not here: each reason to stay (`retention_reasons.test.ts`), the server's answer to `wants`, the screen.
 */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/shared/ids'
import { heads } from '../../src/worker/documents/document'
import * as work from '../../src/worker/documents/work'
import { leave, want } from '../../src/worker/store/away'
import { saveDraft, saveIntents } from '../../src/worker/store/intents'
import type { StoredRecord } from '../../src/worker/store/schema'
import { openRecord } from '../../src/worker/store/view'
import { intent, NOW, withFault } from '../phone'
import { wasm } from '../vectors'
import { addressOf, DAY_MS, log, newPhone, run, settled, visit, yearMs, type Phone } from './retention_phone'

beforeAll(() => work.start(wasm()))

const LONG = 240_000
const OLD_MS = NOW - 200 * DAY_MS

async function correct({ database }: Phone, id: string, note: string): Promise<boolean> {
  const opened = await openRecord(database, id)
  if (!opened) return false
  const { address, heads: stood, seen } = opened
  await saveIntents(database, [intent(id, { note }, { address, heads: stood, seen })], null, OLD_MS)
  return true
}

async function fetchAll(phone: Phone): Promise<void> {
  await want(phone.database, await phone.database.getAllKeys('away'), NOW)
  await run(phone)
}

async function state({ database }: Phone): Promise<unknown> {
  const documents = await database.getAll('documents')
  const own = documents.map((row) => [row.address, row.own.map((one) => one.recordId).sort()])
  return [own, await database.getAll('records'), await database.count('intents')]
}

const years = fc.integer({ min: 2020, max: 2023 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('log' as const), year: years }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('colleague' as const), year: years }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('draft' as const), nth: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('exchange' as const), isReceipting: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('leave' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Does a step on each phone; what cannot be opened on the first is not corrected on the other either. */
async function act(phones: Phone[], done: Step, ids: string[], nth: number): Promise<void> {
  const id = done.kind === 'log' || done.kind === 'colleague' ? newId(yearMs(done.year)) : (ids[nth] ?? '')
  if (done.kind === 'log') ids.push(id)
  for (const phone of phones) {
    if (done.kind === 'log') await log(phone, id, done.year)
    if (done.kind === 'colleague') {
      phone.county.colleague(addressOf(done.year), id, visit('p-2', yearMs(done.year)), yearMs(done.year))
    }
    if (done.kind === 'correct' && !(await correct(phone, id, `${nth}`))) return
    if (done.kind === 'exchange') {
      phone.county.isReceipting = done.isReceipting
      await run(phone)
    }
  }
}

/** Lets documents leave, and holds what left against what stood there before. */
async function leaveChecked({ database }: Phone, drafted: Set<string>): Promise<void> {
  const [before, records] = [await database.getAll('documents'), await database.getAll('records')]
  await leave(database)
  const stays = new Set(await database.getAllKeys('documents'))
  const unsent = (await database.getAll('envelopes')).filter((one) => one.receiptMs === null)
  const saved = await database.getAll('intents')
  for (const row of before.filter(({ address }) => !stays.has(address))) {
    const inside = records.filter((record) => record.address === row.address).map(({ id }: StoredRecord) => id)
    expect(row.unsealed).toEqual([])
    expect(unsent.flatMap((one) => one.records).filter((id) => inside.includes(id))).toEqual([])
    expect(saved.filter(({ address }) => address === row.address)).toEqual([])
    expect(inside.filter((id) => drafted.has(id))).toEqual([])
  }
}

describe('what leaves the phone', () => {
  test(
    'is never without a receipt, and is as if it had stayed once all is fetched, whatever happened',
    async () => {
      const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const [phone, other] = [await newPhone(), await newPhone()]
        const [ids, drafted]: [string[], Set<string>] = [[], new Set()]
        for (const done of steps) {
          if (done.kind === 'leave') await leaveChecked(phone, drafted)
          const nth = 'nth' in done ? done.nth % Math.max(ids.length, 1) : 0
          const id = ids[nth]
          if (done.kind === 'draft' && id !== undefined) {
            drafted.add(id)
            await saveDraft(phone.database, { key: `d-${id}`, form: { opened: { recordId: id } }, savedMs: NOW })
          }
          await act([phone, other], done, ids, nth)
        }
        phone.county.isReceipting = other.county.isReceipting = true
        await run(phone)
        await run(other)
        await fetchAll(phone)
        expect(await phone.database.count('away')).toBe(0)
        expect(await state(phone)).toEqual(await state(other))
        for (const { address, heads: stands } of await phone.database.getAll('documents')) {
          const county = phone.county.documents.get(address)
          expect([...stands].sort()).toEqual(county && [...heads(county)].sort())
        }
      })
      await fc.assert(property, { numRuns: 20 })
    },
    LONG,
  )

  test(
    'leaves whole or not at all, whichever call fails',
    async () => {
      for (let failing = 1; ; failing += 1) {
        const phone = await settled([2021, 2022])
        const before = await state(phone)
        const calls = await withFault(failing, () => leave(phone.database)).catch(() => null)
        const [here, away] = [await phone.database.getAllKeys('documents'), await phone.database.getAllKeys('away')]
        expect([...here, ...away].sort()).toEqual([addressOf(2021), addressOf(2022)])
        expect((await phone.database.getAll('records')).map(({ address }) => address)).toEqual(here)
        await fetchAll(phone)
        expect(await state(phone)).toEqual(before)
        if (calls !== null) break
      }
    },
    LONG,
  )
})

describe('a document that is away', () => {
  test(
    'takes a new record without signal, and comes whole with the next exchange',
    async () => {
      const phone = await settled([2023])
      await leave(phone.database)
      const id = newId(yearMs(2023) + 1)
      await log(phone, id, 2023)
      await run(phone)
      expect(await phone.database.count('away')).toBe(0)
      const found = (await phone.database.getAll('records')).map((record) => [record.id, record.own])
      expect(found.sort()).toEqual(
        [
          [phone.ids[0], true],
          [id, true],
        ].sort(),
      )
      expect(phone.county.wanted.at(-1)).toEqual([addressOf(2023)])
    },
    LONG,
  )

  test(
    'is fetched for a colleague’s chunk, and what an open form saved on it waits for it',
    async () => {
      const phone = await settled([2023])
      const id = phone.ids[0] ?? ''
      const opened = await openRecord(phone.database, id)
      await leave(phone.database)
      const { address = '', heads: stood = [], seen = [] } = opened ?? {}
      await saveIntents(phone.database, [intent(id, { note: 'late' }, { address, heads: stood, seen })], null, NOW)
      const colleagues = newId(yearMs(2023) + 2)
      phone.county.colleague(addressOf(2023), colleagues, visit('p-2', yearMs(2023)), yearMs(2023))
      await run(phone)
      const [document] = [...phone.county.documents.values()]
      expect(Object.keys(document ?? {}).sort()).toEqual([id, colleagues].sort())
      expect((await phone.database.get('records', id))?.fields).toMatchObject({ note: 'late', outcome: 'not_met' })
      expect((await phone.database.get('records', colleagues))?.author).toBe('p-2')
      expect(await phone.database.count('intents')).toBe(0)
    },
    LONG,
  )

  test(
    'that the county does not give ends the exchange, and is asked for again with the next',
    async () => {
      const phone = await settled([2023])
      await leave(phone.database)
      phone.county.documents.clear()
      await fetchAll(phone)
      await run(phone)
      expect(phone.county.wanted.slice(-2)).toEqual([[addressOf(2023)], [addressOf(2023)]])
      expect(await phone.database.count('away')).toBe(1)
    },
    LONG,
  )
})
