/**
 * Each reason for which a document stays on the phone, one at a time, and what is none.
 *
 * Deliberately not here: that nothing is lost whatever happens (`retention.test.ts`).
 */
import { beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../src/shared/ids'
import type { Fields } from '../../src/shared/record'
import { dayOf } from '../../src/shared/time'
import * as work from '../../src/worker/documents/work'
import { leave } from '../../src/worker/store/away'
import { saveDraft, saveIntents } from '../../src/worker/store/intents'
import type { Database, StoredDocument, StoredEnvelope, StoredRecord } from '../../src/worker/store/schema'
import { intent, NOW } from '../phone'
import { wasm } from '../vectors'
import { addressOf, DAY_MS, settled } from './retention_phone'

beforeAll(() => work.start(wasm()))

const ADDRESS = addressOf(2021)
const AID = 'hardship_aid/990101103200/2021'
const YOUNG_MS = NOW - 59 * DAY_MS
const CAMPAIGNS = [
  { id: 'open', from: '2024-01-01', until: '2024-03-01', closed: false },
  { id: 'closed', from: '2024-01-01', until: '2024-03-01', closed: true },
  { id: 'over', from: '2023-01-01', until: '2023-03-01', closed: false },
]

interface Settled {
  database: Database
  row: StoredDocument
  record: StoredRecord
  envelope: StoredEnvelope
}

/** A phone with one record of 2021 that the county has. */
async function old(): Promise<Settled> {
  const { database } = await settled([2021])
  const value = { campaigns: CAMPAIGNS }
  await database.put('tables', { key: 't', feed: 'tables/990101', name: 'campaigns', seq: 1, value })
  const [row, record, envelope] = [
    await database.get('documents', ADDRESS),
    (await database.getAll('records'))[0],
    (await database.getAll('envelopes'))[0],
  ]
  if (!row || !record || !envelope) throw new Error('nothing there')
  return { database, row, record, envelope }
}

async function moveTo({ database, row, record }: Settled, address: string, fields: Fields): Promise<void> {
  await database.delete('documents', row.address)
  await database.put('documents', { ...row, address })
  await database.put('records', { ...record, address, fields: { ...record.fields, ...fields } })
}

async function renamed({ database, row, record }: Settled, id: string): Promise<void> {
  await database.delete('records', record.id)
  await database.put('records', { ...record, id })
  await database.put('documents', { ...row, own: row.own.map((one) => ({ ...one, recordId: id })) })
}

type Case = [why: string, spoil: (phone: Settled) => Promise<unknown>]

const edited = ({ database, record }: Settled, fields: Fields): Promise<unknown> =>
  database.put('records', { ...record, fields: { ...record.fields, ...fields } })
const unsentEnvelope = ({ database, envelope }: Settled, records: string[]): Promise<unknown> =>
  database.put('envelopes', { ...envelope, records, receiptMs: null })
const drafted = ({ database }: Settled, opened: object): Promise<unknown> =>
  saveDraft(database, { key: 'd', form: { opened }, savedMs: NOW })

const STAYS: Case[] = [
  ['young by its date', (phone) => edited(phone, { visit_date: dayOf(YOUNG_MS) })],
  ['young by its entry', (phone) => edited(phone, { entry: { entered_at: `${dayOf(YOUNG_MS)}T09:00+08:00` } })],
  ['young by its id', (phone) => renamed(phone, newId(YOUNG_MS))],
  [
    'young by a change of ours',
    ({ database, row }) =>
      database.put('documents', { ...row, own: row.own.map((one) => ({ ...one, madeMs: YOUNG_MS })) }),
  ],
  [
    'without any date',
    async (phone) => {
      await renamed({ ...phone, record: { ...phone.record, fields: {} } }, 'x')
      await phone.database.delete('records', phone.record.id)
    },
  ],
  ['of an open campaign', (phone) => edited(phone, { campaign_id: 'open' })],
  [
    'refused',
    ({ database, envelope }) => database.put('envelopes', { ...envelope, receiptMs: null, refusal: 'chunk_too_large' }),
  ],
  [
    'of a colleague, with an envelope of ours without a receipt',
    async (phone) => {
      await phone.database.put('documents', { ...phone.row, own: [] })
      await unsentEnvelope(phone, [phone.record.id])
    },
  ],
  [
    'with a change of ours that made no record and has no receipt',
    async (phone) => {
      const own = phone.row.own.map((one) => ({ ...one, recordId: 'elsewhere' }))
      await phone.database.put('documents', { ...phone.row, own })
      await unsentEnvelope(phone, ['elsewhere'])
    },
  ],
  ['unsealed', ({ database, row }) => database.put('documents', { ...row, unsealed: [row.own[0]?.hash ?? ''] })],
  [
    'saved and not yet in the document',
    ({ database }) => saveIntents(database, [intent(newId(), { note: 'x' }, { address: ADDRESS })], null, NOW),
  ],
  ['drafted, by its record', (phone) => drafted(phone, { recordId: phone.record.id })],
  ['drafted, by its document', (phone) => drafted(phone, { address: ADDRESS })],
  ['fetched lately', ({ database, row }) => database.put('documents', { ...row, fetchedMs: NOW - 6 * DAY_MS })],
  [
    'a part, while the rest is away',
    ({ database }) => database.put('away', { address: ADDRESS, count: 1, newest: '', wantedMs: null, own: [] }),
  ],
  ['a stock', (phone) => moveTo(phone, 'outlet/990101103200/-', {})],
  ['waiting for a step of this village', (phone) => moveTo(phone, AID, {})],
  ['ours and to be put right', ({ database, record }) => database.put('records', { ...record, invalid: ['gift'] })],
]

const LEAVES: Case[] = [
  ['old', () => Promise.resolve()],
  ['of a campaign that was closed', (phone) => edited(phone, { campaign_id: 'closed' })],
  ['of a campaign that is over', (phone) => edited(phone, { campaign_id: 'over' })],
  ['waiting for nobody, since it is void', (phone) => moveTo(phone, AID, { void_reason: 'mistake' })],
  ['fetched a week ago', ({ database, row }) => database.put('documents', { ...row, fetchedMs: NOW - 8 * DAY_MS })],
  [
    'a colleague’s, whatever is to be put right in it',
    ({ database, record }) => database.put('records', { ...record, own: false, invalid: ['gift'] }),
  ],
]

test.each(STAYS)('stays: %s', async (_, spoil) => {
  const phone = await old()
  await spoil(phone)
  expect(await leave(phone.database)).toBe(0)
  expect(await phone.database.count('documents')).toBe(1)
})

test.each(LEAVES)('leaves: %s', async (_, change) => {
  const phone = await old()
  await change(phone)
  expect(await leave(phone.database)).toBe(1)
  expect([await phone.database.count('documents'), await phone.database.count('records')]).toEqual([0, 0])
  expect(await phone.database.count('envelopes'), 'our own envelopes stay').toBe(1)
  const [away] = await phone.database.getAll('away')
  expect(away).toMatchObject({ count: 1, newest: '2021-06-01', wantedMs: null })
})

test('stays: open on the screen', async () => {
  const { database, record } = await old()
  expect(await leave(database, new Set([record.id]))).toBe(0)
})

test('stays: what was saved on it after it was found old', async () => {
  const { database, record } = await old()
  const open = database.transaction.bind(database)
  let saving: Promise<void> | undefined
  let isFirst = true
  vi.spyOn(database, 'transaction').mockImplementation(((...asked: Parameters<typeof open>) => {
    const transaction = open(...asked)
    // The first of documents reads what is old; this is queued behind it, and before what lets it leave.
    if (isFirst && Array.from(asked[0]).includes('documents')) {
      isFirst = false
      saving = saveIntents(database, [intent(record.id, { note: 'late' }, { address: ADDRESS })], null, NOW)
    }
    return transaction
  }) as typeof database.transaction)
  expect(await leave(database)).toBe(0)
  await saving
  expect([await database.count('documents'), await database.count('intents')]).toEqual([1, 1])
})

test('so many leave at once and no more', async () => {
  const years = Array.from({ length: 9 }, (_, nth) => 2010 + nth)
  const { database } = await settled(years)
  expect(await leave(database)).toBe(8)
  expect(await leave(database)).toBe(1)
})
