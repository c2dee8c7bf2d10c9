/**
 * A withdrawn phone: a retired one wipes itself once the county has all its work, a stolen one at once, and nobody but the
 * county can make it.
 *
 * Deliberately not here: the screen that says so, and the page's settings.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { Reader, decode, encode, type Cbor } from '../../src/shared/cbor'
import { forgetSettings, settings } from '../../src/page/settings'
import * as work from '../../src/worker/documents/work'
import { readMeta } from '../../src/worker/store/database'
import { saveDraft, saveIntents, undo } from '../../src/worker/store/intents'
import type { Database } from '../../src/worker/store/schema'
import { readView } from '../../src/worker/store/view'
import { finishWipe, wipe } from '../../src/worker/store/wipe'
import { exchange, type Send } from '../../src/worker/sync/exchange'
import { STATUS_RETIRED, STATUS_STOLEN } from '../../src/worker/sync/exchange_bytes'
import { enrolWith, hashOf, intent, newCounty, newDatabase, NOW, withFault, type County } from '../phone'
import { wasm } from '../vectors'

beforeAll(() => work.start(wasm()))

const idle = { phase: 'idle', lastMs: null, error: null } as const
const run = (database: Database, send: Send): Promise<void> =>
  exchange({ database, send, loadWork: async () => work, now: () => NOW })

/** An enrolled phone with saved visits, with tables, feeds, records and a draft. */
async function phone(records: string[]): Promise<{ database: Database; county: County }> {
  const [database, county] = [await newDatabase(), await newCounty()]
  await enrolWith(database, county)
  await saveIntents(database, [intent('sent', { note: 'a' })], null, NOW)
  await run(database, (request) => county.answer(request))
  for (const id of records) await saveIntents(database, [intent(id, { note: id })], null, NOW)
  await saveDraft(database, { key: 'draft', form: { name: '王芳' }, savedMs: NOW })
  const feed = 'tables/990101103200'
  await database.put('tables', { key: `${feed}#village`, feed, name: 'village', seq: 1, value: { people: ['王芳'] } })
  await database.put('feeds', { feed, seq: 1, digest: new Uint8Array(8) })
  return { database, county }
}

/** All that the phone keeps, but for the mark that it was wiped. */
async function kept(database: Database): Promise<unknown[]> {
  const stores = await Promise.all([...database.objectStoreNames].map((name) => database.getAllKeys(name)))
  return stores.flat().filter((key) => key !== 'wiped')
}

function sent(request: Uint8Array): Uint8Array[] {
  return (decode(Reader.of('request', decode(request)).bytes()) as Cbor[])[7] as Uint8Array[]
}

describe('a retired phone', () => {
  test('hands over what it has in the same exchange, and is empty then', async () => {
    const { database, county } = await phone(['r1', 'r2'])
    const handed: number[] = []
    await run(database, (request) => {
      handed.push(sent(request).length)
      return county.answer(request, { status: STATUS_RETIRED })
    })
    expect(handed).toEqual([1])
    expect(await kept(database)).toEqual([])
    expect(await readView(database, idle)).toMatchObject({
      enrolled: null,
      wiped: { reason: 'retired', countyName: '示例县' },
      records: [],
      drafts: [],
    })
  })

  test('keeps everything while something has no receipt, says so, and goes on at the next exchange', async () => {
    const { database, county } = await phone(['r1'])
    const silent = { status: STATUS_RETIRED, receipts: [] }
    const first = run(database, (request) => county.answer(request, silent))
    await expect(first).rejects.toMatchObject({ failed: { code: 'device_retired' } })
    const view = await readView(database, idle)
    expect(view.unsent.count).toBe(1)
    expect(view.wiped).toBeNull()
    expect(view.notices).toEqual([{ code: 'device_retired', about: '' }])
    await run(database, (request) => county.answer(request, { status: STATUS_RETIRED }))
    expect(await kept(database)).toEqual([])
  })

  test('counts what the county refused as handed over: the county keeps it apart', async () => {
    const { database, county } = await phone(['r1'])
    await run(database, async (request) => {
      const refusals = await Promise.all(sent(request).map(async (one) => [await hashOf(one), 'chunk_too_large']))
      return county.answer(request, { status: STATUS_RETIRED, receipts: [], refusals })
    })
    expect(await kept(database)).toEqual([])
  })

  test('takes along what is saved while the request is on its way', async () => {
    const { database, county } = await phone(['r1'])
    const late = async (request: Uint8Array): Promise<Uint8Array> => {
      if (sent(request).length > 0 && (await database.count('envelopes')) === 2) {
        await saveIntents(database, [intent('late', { note: 'late' })], null, NOW)
      }
      return county.answer(request, { status: STATUS_RETIRED })
    }
    const handed: number[] = []
    await run(database, (request) => (handed.push(sent(request).length), late(request)))
    expect(handed).toEqual([1, 1])
    expect(await kept(database)).toEqual([])
  })

  test('is a phone like any other again if the county takes it back before', async () => {
    const { database, county } = await phone([])
    const late = intent('late', { note: 'late' })
    const withdrawn = run(database, async (request) => {
      await saveIntents(database, [late], null, NOW)
      return county.answer(request, { status: STATUS_RETIRED })
    })
    await expect(withdrawn).rejects.toThrow('device_retired')
    await undo(database, [{ undoes: late.id, otherwise: late }], NOW)
    await run(database, (request) => county.answer(request))
    const view = await readView(database, idle)
    expect([view.notices, view.unsent.count, view.enrolled?.person]).toEqual([[], 0, '王秀英'])
  })
})

test('a stolen phone wipes itself at once, whatever it still has', async () => {
  const { database, county } = await phone(['r1'])
  await run(database, (request) => county.answer(request, { status: STATUS_STOLEN, receipts: [] }))
  expect(await kept(database)).toEqual([])
  expect((await readView(database, idle)).wiped).toEqual({ reason: 'stolen', countyName: '示例县' })
})

test.each([STATUS_STOLEN, STATUS_RETIRED])(
  'status %i comes also to a phone that cannot seal its work',
  async (status) => {
    const { database, county } = await phone(['r1'])
    const loadWork = (): Promise<never> => Promise.reject(new Error('no automerge'))
    const send: Send = (request) => county.answer(request, { status })
    const told = exchange({ database, send, loadWork, now: () => NOW })
    if (status === STATUS_STOLEN) await told
    else await expect(told).rejects.toThrow('device_retired')
    expect(await database.count('intents')).toBe(status === STATUS_STOLEN ? 0 : 1)
  },
)

test('work that cannot be sealed is said to be unsent, and the exchange says what failed', async () => {
  const { database, county } = await phone(['r1'])
  const loadWork = (): Promise<never> => Promise.reject(new Error('no automerge'))
  const left: Cbor[] = []
  const send: Send = (request) => {
    left.push((decode(Reader.of('request', decode(request)).bytes()) as Cbor[])[8] ?? null)
    return county.answer(request)
  }
  await expect(exchange({ database, send, loadWork, now: () => NOW })).rejects.toThrow('no automerge')
  expect(left).toEqual([[1, NOW]])
})

describe('nobody but the county', () => {
  test.each([STATUS_RETIRED, STATUS_STOLEN])('wipes anything with status %i', async (status) => {
    const { database, county } = await phone([])
    const before = await kept(database)
    const stranger = await newCounty()
    const broken = async (request: Uint8Array): Promise<Uint8Array> => {
      const [body] = decode(await county.answer(request, { status })) as [Uint8Array]
      return encode([body, new Uint8Array(64)])
    }
    let old = new Uint8Array()
    await run(database, async (request) => (old = await county.answer(request, { status: 1 }))).catch(() => null)
    for (const send of [(request: Uint8Array) => stranger.answer(request, { status }), broken, async () => old]) {
      await expect(run(database, send)).rejects.toThrow('sign')
    }
    expect(await kept(database)).toEqual(before)
    expect(await readMeta(database, 'wiped')).toBeUndefined()
  })
})

describe('a wipe', () => {
  test('whichever call of the database fails, the phone is whole or ends wiped at the next start', async () => {
    for (let failing = 1; ; failing += 1) {
      const { database } = await phone([])
      const before = await kept(database)
      const ok = await withFault(failing, () => wipe(database, 'retired')).catch(() => null)
      const isMarked = (await readMeta(database, 'wiped')) !== undefined
      if (isMarked) {
        expect(await readMeta(database, 'device')).toBeUndefined()
        expect(await readMeta(database, 'identity')).toBeUndefined()
      } else expect(await kept(database)).toEqual(before)
      await finishWipe(database)
      expect(await kept(database)).toEqual(isMarked ? [] : before)
      if (ok !== null) break
    }
  })

  test('once it has begun, nothing is saved, and the page hears so', async () => {
    const { database } = await phone([])
    await wipe(database, 'retired')
    const one = intent('after', { note: 'x' })
    await expect(saveIntents(database, [one], null, NOW)).rejects.toThrow('wiped')
    await expect(undo(database, [{ undoes: 'x', otherwise: one }], NOW)).rejects.toThrow('wiped')
    await expect(saveDraft(database, { key: 'd', form: {}, savedMs: NOW })).rejects.toThrow('wiped')
    expect(await kept(database)).toEqual([])
  })

  test('takes caches of data with it, not the app’s own', async () => {
    const names = new Set(['zoufang-0123', 'photos'])
    const caches = { keys: async () => [...names], delete: async (name: string) => names.delete(name) }
    Object.assign(globalThis, { caches })
    const { database } = await phone([])
    await wipe(database, 'stolen')
    expect([...names]).toEqual(['zoufang-0123'])
    Reflect.deleteProperty(globalThis, 'caches')
  })
})

test('the page forgets what it was told to show, but not how', () => {
  Object.assign(settings, { village: '990101103200', isLarge: true, language: 'en' })
  forgetSettings()
  expect(settings).toMatchObject({ village: '', isLarge: true, language: 'en' })
})
