/**
 * The phone keeps and passes on records of any register, of any level, also of one that it does not know.
 *
 * Deliberately not here: what a register's form looks like.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { fromText, type Bytes } from '../src/shared/bytes'
import { decode, Reader, type Cbor } from '../src/shared/cbor'
import { levelOf } from '../src/shared/ids'
import type { Fields } from '../src/shared/record'
import * as work from '../src/worker/documents/work'
import { load, merge, readRecord, save, writeRecord } from '../src/worker/documents/document'
import { saveIntents } from '../src/worker/store/intents'
import { openRecord, readView } from '../src/worker/store/view'
import type { Database } from '../src/worker/store/schema'
import { open } from '../src/worker/sync/envelope'
import { exchange, type Send } from '../src/worker/sync/exchange'
import { enrolWith, intent, newCounty, newDatabase, NOW, type County } from './phone'
import { wasm } from './vectors'

beforeAll(() => work.start(wasm()))

const idle = { phase: 'idle', lastMs: null, error: null } as const
const VILLAGE = '990101103200'
const PLACE = `beehive/${VILLAGE}/-`
/** A record of a register of the future: groups, lists and fields that this phone has no name for. */
const strange: Fields = { hives: 7, keeper: { name: '王芳', since: '2023' }, kinds: ['wild', 'tame'], healthy: true }

const beehive = {
  'x-register': 'beehive',
  'x-version': 1,
  'x-label': { zh: '蜂箱', en: 'Beehives' },
  'x-bucket': 'none',
  type: 'object',
  required: ['hives'],
  properties: { hives: { type: 'integer', maximum: 5 } },
}

async function phone(): Promise<{ database: Database; county: County; publicKey: Bytes }> {
  const [database, county] = [await newDatabase(), await newCounty()]
  return { database, county, publicKey: await enrolWith(database, county) }
}

function run(database: Database, send: Send): Promise<void> {
  return exchange({ database, send, loadWork: async () => work, now: () => NOW })
}

function snapshot(address: string, records: Record<string, Fields>): Cbor {
  const document = Object.entries(records).reduce(
    (before, [id, fields]) => writeRecord(before, id, fields, null, NOW).document,
    load(undefined),
  )
  const feed = address.split('/').slice(0, 2).join('/')
  return [feed, false, 1, new Uint8Array(8), false, [[1, 3, address, save(document)]]]
}

function table(feed: string, name: string, value: unknown): Cbor {
  return [feed, false, 1, new Uint8Array(8), false, [[1, 2, name, fromText(JSON.stringify(value))]]]
}

describe('a register that this phone does not know', () => {
  test('is kept with every field, and shown under its name', async () => {
    const { database, county } = await phone()
    await run(database, (request) => county.answer(request, { feeds: [snapshot(PLACE, { r1: strange })] }))
    const { records } = await readView(database, idle)
    expect(records).toMatchObject([{ id: 'r1', register: 'beehive', unit: VILLAGE, look: null, fields: strange }])
  })

  test('passes on a change of one field, and leaves the others as they were', async () => {
    const { database, county, publicKey } = await phone()
    const feeds = [snapshot(PLACE, { r1: strange })]
    await run(database, (request) => county.answer(request, { feeds }))
    const opened = await openRecord(database, 'r1')
    expect(opened).toMatchObject({ address: PLACE, fields: strange })
    const voided = { void_reason: 'mistake' }
    const part = { address: PLACE, heads: opened!.heads, seen: [] }
    await saveIntents(database, [intent('r1', voided, part)], null, NOW)
    const requests: Uint8Array[] = []
    await run(database, (request) => (requests.push(request), county.answer(request)))
    const body = decode(Reader.of('request', decode(requests[0]!)).bytes()) as Cbor[]
    const sealed = await open((body[7] as Bytes[])[0]!, publicKey)
    expect(sealed.chunks.map((chunk) => chunk.address)).toEqual([PLACE])
    const [, , , , , entries] = feeds[0] as [string, boolean, number, Bytes, boolean, [number, number, string, Bytes][]]
    const merged = merge(merge(load(undefined), entries[0]![3]), sealed.chunks[0]!.payload)
    expect(readRecord(merged, 'r1')).toEqual({ ...strange, ...voided })
    const history = await work.readHistory(database, 'r1')
    expect(history.map((step) => step.kind)).toEqual(['logged', 'changed', 'received'])
  })
})

test('what the county made reaches the page: registers, lists, tables of villages and townships', async () => {
  const { database, county } = await phone()
  const list = { id: 'awards', name: { zh: '奖励标准', en: 'Awards' }, versions: [] }
  const unit = { unit: '990101103', name: '双河镇', township_name: '双河镇', staff: [], households: [], batches: [] }
  const feeds = [
    table('tables/990101', 'register/beehive', beehive),
    table('tables/990101', 'register/broken', { 'x-register': 'broken' }),
    table('tables/990101', 'list/awards', list),
    table('tables/990101103', 'village', unit),
  ]
  await run(database, (request) => county.answer(request, { feeds }))
  const view = await readView(database, idle)
  expect(view.registers).toEqual([{ name: 'beehive', source: beehive }])
  expect(view.lists).toEqual([list])
  expect(view.villages).toEqual([unit])
})

test('records are judged by a register that comes after them, and again by its next version, but not while void', async () => {
  const { database, county } = await phone()
  await saveIntents(database, [intent('r1', strange, { address: PLACE })], null, NOW)
  await run(database, (request) => county.answer(request))
  const looks = async (): Promise<unknown> => (await readView(database, idle)).records.map((record) => record.look)
  expect(await looks()).toEqual([null])
  const send = (source: unknown): Promise<void> => {
    const feeds = [table('tables/990101', 'register/beehive', source)]
    return run(database, (request) => county.answer(request, { feeds }))
  }
  await send(beehive)
  expect(await looks()).toEqual([{ code: 'invalid', fields: ['hives'] }])
  await saveIntents(database, [intent('r1', { void_reason: 'mistake' }, { address: PLACE })], null, NOW)
  await run(database, (request) => county.answer(request))
  expect(await looks()).toEqual([null])
  await saveIntents(database, [intent('r1', { void_reason: null }, { address: PLACE })], null, NOW)
  await run(database, (request) => county.answer(request))
  expect(await looks()).toEqual([{ code: 'invalid', fields: ['hives'] }])
  await send({ ...beehive, 'x-version': 2, properties: { hives: { type: 'integer', maximum: 9 } } })
  expect(await looks()).toEqual([null])
})

test('a phone that serves a village only keeps the tables above it, but no documents of the township', async () => {
  const { database, county } = await phone()
  const above = `ceremony/990101103/2024`
  const feeds = [
    snapshot(above, { r1: { kind: 'plaque' } }),
    snapshot(PLACE, { r2: strange }),
    table('tables/990101103', 'village', { unit: '990101103' }),
  ]
  await run(database, (request) => county.answer(request, { feeds }))
  const grants = [2, 'p-1', [[VILLAGE, '2024-01-01']]] as unknown as Cbor
  await run(database, (request) => county.answer(request, { grants }))
  const view = await readView(database, idle)
  expect(view.records.map((record) => record.id)).toEqual(['r2'])
  expect(view.villages).toHaveLength(1)
  expect((await database.getAllKeys('feeds')).sort()).toEqual([`beehive/${VILLAGE}`, 'tables/990101103'])
})

test('the length of a unit is its level', () => {
  expect(['990101', '990101103', VILLAGE].map(levelOf)).toEqual(['county', 'township', 'village'])
})
