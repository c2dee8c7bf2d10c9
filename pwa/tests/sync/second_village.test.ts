/**
 * A further code on an enrolled phone, and what leaves the phone with a grant.
 *
 * Always true: nothing unsent is lost by either. Deliberately not here: the screen.
 */
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toBase64Url } from '../../src/shared/bytes'
import { decode, Reader, type Cbor } from '../../src/shared/cbor'
import * as work from '../../src/worker/documents/work'
import { readMeta } from '../../src/worker/store/database'
import { saveIntents } from '../../src/worker/store/intents'
import type { Database } from '../../src/worker/store/schema'
import { readView } from '../../src/worker/store/view'
import { wipe } from '../../src/worker/store/wipe'
import { enrol } from '../../src/worker/sync/enrol'
import { exchange, type Send } from '../../src/worker/sync/exchange'
import { ADDRESS, enrolWith, intent, newCounty, newDatabase, NOW, withFault, type County } from '../phone'
import { wasm } from '../vectors'

beforeAll(() => work.start(wasm()))
afterEach(() => vi.unstubAllGlobals())

const OWN = '990101103200'
const SECOND = '990101103201'
const grant = (unit: string, until: string | null = null): { unit: string; from: string; until: string | null } => ({
  unit,
  from: '2024-01-01',
  until,
})
const granted = (...grants: ReturnType<typeof grant>[]): Cbor => [
  7,
  'p-1',
  grants.map(({ unit, from, until }) => [unit, from, until]),
]
const idle = { phase: 'idle', lastMs: null, error: null } as const
const run = (database: Database, send: Send): Promise<void> =>
  exchange({ database, send, loadWork: async () => work, now: () => NOW })
const noSignal: Send = () => Promise.reject(new Error('no signal'))

async function phone(): Promise<{ database: Database; county: County; publicKey: Uint8Array }> {
  const [database, county] = [await newDatabase(), await newCounty()]
  const publicKey = await enrolWith(database, county)
  await saveIntents(database, [intent('r1', { note: 'a' })], null, NOW)
  await run(database, noSignal).catch(() => undefined)
  return { database, county, publicKey }
}

/** The county answers a code. Returns which keys were shown to it. */
async function answering(county: County, part: object = {}): Promise<{ shown: string[] }> {
  const shown: string[] = []
  const answer = {
    device: '',
    county: '990101',
    county_name: '示例县',
    county_key: toBase64Url(county.publicKey),
    certificate: toBase64Url(await county.certificate()),
    person: '王秀英',
    person_id: 'p-1',
    epoch: toBase64Url(new Uint8Array(8).fill(9)),
    nonce: toBase64Url(new Uint8Array(16).fill(5)),
    time_ms: NOW,
    grants: { version: 2, grants: [grant(OWN), grant(SECOND)], others: [] },
    ...part,
  }
  vi.stubGlobal('fetch', async (_path: string, { body }: { body: string }) => {
    shown.push((JSON.parse(body) as { public_key: string }).public_key)
    return new Response(JSON.stringify(answer))
  })
  return { shown }
}

describe('a further code', () => {
  test('adds the village, with the same key, and keeps all that is there', async () => {
    const { database, county, publicKey } = await phone()
    const [envelope] = await database.getAll('envelopes')
    const { shown } = await answering(county)
    expect(await enrol(database, 'SECOND', NOW)).toBeNull()
    expect(shown).toEqual([toBase64Url(publicKey)])
    const view = await readView(database, idle)
    expect([view.enrolled?.units, view.unsent.count]).toEqual([[OWN, SECOND], 1])
    const versions: Cbor[] = []
    await run(database, (request) => {
      versions.push((decode(Reader.of('request', decode(request)).bytes()) as Cbor[])[5] ?? null)
      return county.answer(request, { grants: granted(grant(OWN), grant(SECOND)) })
    })
    expect(versions).toEqual([0])
    expect(await database.getAll('envelopes')).toMatchObject([{ hash: envelope!.hash, receiptMs: NOW }])
    expect(await readMeta(database, 'exchange')).toMatchObject({ counter: 1, grants: { version: 7 } })
  })

  test('goes in with what an exchange wrote meanwhile, or not at all', async () => {
    for (let failing = 1; ; failing += 1) {
      const { database, county } = await phone()
      await answering(county)
      const ok = await withFault(failing, () => enrol(database, 'SECOND', NOW)).catch(() => null)
      const units = (await readView(database, idle)).enrolled?.units
      expect(units).toEqual(ok === null ? [OWN] : [OWN, SECOND])
      expect(await readMeta(database, 'exchange')).toMatchObject({
        counter: 1,
        grants: { version: ok === null ? 1 : 0 },
      })
      if (ok !== null) break
    }
  })

  test('of another county, or with another key, changes nothing', async () => {
    const { database, county } = await phone()
    const before = await readMeta(database, 'device')
    const stranger = await newCounty()
    for (const part of [{ county: '990202' }, { county_key: toBase64Url(stranger.publicKey) }]) {
      await answering(county, part)
      await expect(enrol(database, 'SECOND', NOW)).rejects.toMatchObject({ failed: { code: 'other_county' } })
    }
    await answering(county, { certificate: toBase64Url(await stranger.certificate()) })
    await expect(enrol(database, 'SECOND', NOW)).rejects.toMatchObject({ failed: { code: 'not_the_county' } })
    expect(await readMeta(database, 'device')).toEqual(before)
    expect((await readView(database, idle)).enrolled?.units).toEqual([OWN])
  })

  test('on a phone that was wiped begins anew, with new keys', async () => {
    const { database, county, publicKey } = await phone()
    await wipe(database, 'stolen')
    const { shown } = await answering(county)
    await enrol(database, 'AGAIN', NOW)
    expect(shown).not.toEqual([toBase64Url(publicKey)])
    expect(await readView(database, idle)).toMatchObject({ wiped: null, enrolled: { person: '王秀英' }, records: [] })
  })
})

describe('what is not granted any more leaves', () => {
  const onlySecond = granted(grant(SECOND))

  test('records, document, feeds and tables at once where all is sent', async () => {
    const { database, county } = await phone()
    const digest = new Uint8Array(8)
    await run(database, (request) => county.answer(request))
    for (const feed of [`tables/${OWN}`, `visit/${OWN}`, 'tables/990101']) {
      await database.put('feeds', { feed, seq: 1, digest })
      await database.put('tables', { key: `${feed}#x`, feed, name: 'x', seq: 1, value: {} })
    }
    await run(database, (request) => county.answer(request, { grants: onlySecond }))
    expect(await database.getAllKeys('feeds')).toEqual(['tables/990101'])
    expect(await database.getAllKeys('tables')).toEqual(['tables/990101#x'])
    expect(await database.getAllKeys('documents')).toEqual([])
    expect(await database.getAllKeys('records')).toEqual([])
  })

  test('only with the receipt where something is unsent, even if the grants come no second time', async () => {
    const { database, county } = await phone()
    await run(database, (request) => county.answer(request, { grants: onlySecond, receipts: [] }))
    expect(await database.getAllKeys('documents')).toEqual([ADDRESS])
    await run(database, (request) => county.answer(request))
    expect(await database.getAllKeys('documents')).toEqual([])
    expect(await database.getAllKeys('records')).toEqual([])
  })

  test('not while a saved form waits in it, which then arrives', async () => {
    const { database, county } = await phone()
    await run(database, (request) => county.answer(request))
    await run(database, async (request) => {
      await saveIntents(database, [intent('r1', { note: 'b' })], null, NOW)
      return county.answer(request, { grants: onlySecond })
    })
    expect(await database.getAllKeys('documents')).toEqual([ADDRESS])
    await run(database, (request) => county.answer(request))
    expect(await database.getAllKeys('documents')).toEqual([])
    expect(await database.count('envelopes')).toBe(2)
    expect((await readView(database, idle)).unsent.count).toBe(0)
  })

  test('after its last day by the county’s clock', async () => {
    const { database, county } = await phone()
    const today = granted(grant(SECOND), grant(OWN, '2024-02-03'))
    await run(database, (request) => county.answer(request, { grants: today }))
    expect((await readView(database, idle)).enrolled?.units).toEqual([SECOND, OWN])
    await run(database, (request) =>
      county.answer(request, { grants: granted(grant(SECOND), grant(OWN, '2024-02-02')) }),
    )
    expect((await readView(database, idle)).enrolled?.units).toEqual([SECOND])
    expect(await database.getAllKeys('documents')).toEqual([])
  })
})
