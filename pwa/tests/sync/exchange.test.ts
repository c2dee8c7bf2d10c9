/**
 * The exchange loses nothing: what has no receipt is sent again, unchanged, and only the county's word is a receipt.
 *
 * Deliberately not here: HTTP and timing.
 */
import { readBundle } from '@automerge/automerge/slim'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromText, toHex } from '../../src/shared/bytes'
import { decode, encode, Reader, type Cbor } from '../../src/shared/cbor'
import * as work from '../../src/worker/documents/work'
import { allHashes, load, merge } from '../../src/worker/documents/document'
import { saveIntents } from '../../src/worker/store/intents'
import { readView } from '../../src/worker/store/view'
import { ENVELOPES_PER_REQUEST_MAX } from '../../src/shared/generated'
import type { Database } from '../../src/worker/store/schema'
import { open } from '../../src/worker/sync/envelope'
import { exchange, type Send } from '../../src/worker/sync/exchange'
import {
  ADDRESS,
  enrolWith,
  EPOCH,
  hashOf,
  intent,
  newCounty,
  newDatabase,
  NOW,
  withFault,
  type Answer,
  type County,
} from '../phone'
import { wasm } from '../vectors'

beforeAll(() => work.start(wasm()))

const valid = {
  visit_kind: 'spring_festival',
  outcome: 'not_met',
  visit_date: '2024-02-03',
  division_code: '990101103200',
  person: { name: '王芳' },
  person_times: 0,
  lead_rank: 'village_cadre',
  entry: { entered_by: 'p-1', entered_at: '2024-02-03T15:20+08:00', source: 'phone' },
}
const idle = { phase: 'idle', lastMs: null, error: null } as const

async function phone(
  records: string[],
): Promise<{ database: Database; county: County; publicKey: Uint8Array<ArrayBuffer> }> {
  const [database, county] = [await newDatabase(), await newCounty()]
  const publicKey = await enrolWith(database, county)
  for (const id of records) await saveIntents(database, [intent(id, valid)], null, NOW)
  return { database, county, publicKey }
}

function run(database: Database, send: Send): Promise<void> {
  return exchange({ database, send, loadWork: async () => work, now: () => NOW })
}

function sent(request: Uint8Array): Uint8Array[] {
  const body = decode(Reader.of('request', decode(request)).bytes()) as Cbor[]
  return body[7] as Uint8Array[]
}

/** What the request says of unsent work. */
function leftOf(request: Uint8Array): Cbor {
  return (decode(Reader.of('request', decode(request)).bytes()) as Cbor[])[8] ?? null
}

describe('an exchange', () => {
  test('sends all that waits in one envelope with one bundle, and takes the receipt', async () => {
    const { database, county, publicKey } = await phone(['r1', 'r2', 'r3'])
    const requests: Uint8Array[] = []
    await run(database, (request) => (requests.push(request), county.answer(request)))
    const [envelope] = sent(requests[0]!)
    const opened = await open(envelope!, publicKey)
    expect(requests).toHaveLength(1)
    expect(opened.chunks).toMatchObject([{ address: ADDRESS, encoding: 1 }])
    const view = await readView(database, idle)
    expect(view.unsent.count).toBe(0)
    const standings = view.records.map((record) => record.standing)
    expect(standings).toEqual(['with_the_county', 'with_the_county', 'with_the_county'])
  })

  test.each([
    ['the page of a captive portal', async () => fromText('<html>sign in</html>')],
    ['the answer to another request', async (_: Uint8Array, county: County) => county.answer(await anotherRequest())],
    ['another county’s word', async (request: Uint8Array) => (await newCounty()).answer(request)],
  ] as const)('takes %s for no receipt, and sends the same envelope again', async (_, portal) => {
    const { database, county } = await phone(['r1'])
    const requests: Uint8Array[] = []
    await expect(run(database, (request) => (requests.push(request), portal(request, county)))).rejects.toThrow()
    expect((await readView(database, idle)).unsent.count).toBe(1)
    await run(database, (request) => (requests.push(request), county.answer(request)))
    expect(sent(requests[1]!).map(toHex)).toEqual(sent(requests[0]!).map(toHex))
    expect((await readView(database, idle)).unsent.count).toBe(0)
  })

  test('repeats at once after a stale nonce, without sending again what has its receipt', async () => {
    const { database, county } = await phone(['r1'])
    const counts: number[] = []
    await run(database, (request) => {
      counts.push(sent(request).length)
      return county.answer(request, { status: counts.length === 1 ? 1 : 0 })
    })
    expect(counts).toEqual([1, 0])
  })

  test('keeps a refused envelope and marks its record', async () => {
    const { database, county } = await phone(['r1'])
    const refuse = async (request: Uint8Array): Promise<Partial<Answer>> => {
      const [envelope] = sent(request)
      return { receipts: [], refusals: [[await hashOf(envelope!), 'chunk_too_large']] }
    }
    await run(database, async (request) => county.answer(request, sent(request).length ? await refuse(request) : {}))
    const view = await readView(database, idle)
    expect(view.records).toMatchObject([{ standing: 'needs_a_look', look: { code: 'chunk_too_large' } }])
    expect(await database.count('envelopes')).toBe(1)
  })

  test('offers every envelope again and starts all feeds anew in a new epoch', async () => {
    const { database, county } = await phone(['r1'])
    await run(database, (request) => county.answer(request))
    await database.put('feeds', { feed: 'visit/990101103200', seq: 9, digest: new Uint8Array(8) })
    const epoch = EPOCH.map((byte) => byte + 1)
    await run(database, (request) => county.answer(request, { epoch }))
    expect(await database.count('feeds')).toBe(0)
    const counts: number[] = []
    await run(database, (request) => (counts.push(sent(request).length), county.answer(request, { epoch })))
    expect(counts).toEqual([1])
  })

  test('says what stays unsent after a request, and nothing where nothing does', async () => {
    const { database, county } = await phone([])
    const told: Cbor[] = []
    const listen: Send = (request) => (told.push(leftOf(request)), county.answer(request))
    for (let counter = 1; counter <= ENVELOPES_PER_REQUEST_MAX + 2; counter += 1) {
      const bytes = encode([encode([counter]), new Uint8Array(64), []])
      const row = {
        counter,
        bytes,
        hash: toHex(await hashOf(bytes)),
        records: [`r${counter}`],
        sealedMs: NOW + counter,
      }
      await database.put('envelopes', { ...row, receiptMs: null, refusal: null })
    }
    await run(database, listen)
    expect(told).toEqual([[2, NOW + ENVELOPES_PER_REQUEST_MAX + 1], null])
    await saveIntents(database, [intent('s1', valid), intent('s2', valid)], null, NOW + 20)
    const loadWork = async (): Promise<typeof work> => ({ ...work, convertIntents: async () => undefined })
    await exchange({ database, send: listen, loadWork, now: () => NOW })
    expect(told[2]).toEqual([2, NOW + 20])
  })

  test('a change is in one envelope exactly, whichever call of the database fails', async () => {
    for (let failing = 1; ; failing += 1) {
      const { database, county, publicKey } = await phone(['r1', 'r2'])
      const ok = await withFault(failing, () => run(database, (request) => county.answer(request))).catch(() => null)
      await run(database, (request) => county.answer(request))
      const envelopes = await database.getAll('envelopes')
      const opened = await Promise.all(envelopes.map((envelope) => open(envelope.bytes, publicKey)))
      const chunks = opened.flatMap((envelope) => envelope.chunks)
      const merged = chunks.reduce((document, chunk) => merge(document, chunk.payload), load(undefined))
      const carried = chunks.flatMap((chunk) => readBundle(chunk.payload).changes.map((change) => change.hash))
      expect(allHashes(merged)).toHaveLength(2)
      expect(carried).toHaveLength(2)
      expect(opened.map((envelope) => envelope.body.counter)).toEqual(opened.map((_, index) => index + 1))
      expect((await readView(database, idle)).unsent.count).toBe(0)
      if (ok !== null) break
    }
  })
})

async function anotherRequest(): Promise<Uint8Array> {
  const { database, county } = await phone([])
  let kept = new Uint8Array()
  await run(database, (request) => ((kept = request), county.answer(request)))
  return kept
}
