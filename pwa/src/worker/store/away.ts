/**
 * Old documents leave the phone, and are asked for again. Loaded on demand, after an exchange.
 *
 * Always true: a document leaves in one transaction, which looks once more at all of this: every change of ours in it has
 * its receipt; nothing of it is saved, unsealed, refused or drafted; no form is open on it here; no record in it is of an
 * open campaign, younger than 60 days by its date, its entry or a change of ours, in need of a look, or waiting for a step
 * of this station. Nobody's own envelope ever leaves: they are small, and the county's backup may be older than them.
 * Registers without years (outlets, stations) stay: they are stocks, which are in use however old they are.
 * Days are the county's, of its last answer. Deliberately not here: taking a document in again (`documents/apply.ts`).
 */
import { levelOf, madeAt, registerOf } from '../../shared/ids'
import type { CampaignTable } from '../../shared/generated'
import { group, isVoid, text } from '../../shared/record'
import type { Register } from '../../shared/register'
import { builtIn, overlaid } from '../../shared/registers'
import { dayOf } from '../../shared/time'
import { readMeta, write, type Writing } from './database'
import type { Database, Exchange, StoredDocument, StoredRecord } from './schema'
import { readRegisters } from './view'

const DAY_MS = 24 * 3600 * 1000
/** Nobody corrects what is older without looking for it. */
const YOUNG_DAYS = 60
/** What somebody asked for is not taken away while they may still be at it. */
const FETCHED_DAYS = 7
/** So many leave at once: an exchange is not to be felt. */
const BATCH = 8
const NO_YEAR = '-'

const STORES = ['meta', 'intents', 'documents', 'away', 'records', 'envelopes', 'tables', 'drafts'] as const
type All = Pick<Writing<(typeof STORES)[number][]>, 'objectStore'>
type Registers = ReadonlyMap<string, Register>
/** What decides, beside the document itself. */
type Facts = {
  registers: Registers
  nowMs: number
  campaigns: Set<unknown>
  levels: string[]
  /** Records with an envelope that has no receipt. */
  unsent: Set<string>
  saved: Set<string>
  away: Set<string>
  /** All drafts of everybody, as text. */
  drafts: string
  opened: ReadonlySet<string>
}

let checkedDay = ''

/** The same, once a day and worker; again with the next exchange where more are left. */
export async function leaveDaily(database: Database, opened: ReadonlySet<string>): Promise<void> {
  const day = dayOf((await readMeta(database, 'exchange'))?.countyMs ?? 0)
  if (day === checkedDay) return
  if ((await leave(database, opened)) < BATCH) checkedDay = day
}

/** Lets a batch of old documents leave, and returns how many did. */
export async function leave(database: Database, opened: ReadonlySet<string> = new Set()): Promise<number> {
  const registers = overlaid(await builtIn(), readRegisters(await database.getAll('tables')))
  const all = database.transaction([...STORES]) as unknown as All
  const facts = await readFacts(all, registers, opened)
  if (!facts) return 0
  const found: string[] = []
  for (const row of await all.objectStore('documents').getAll()) {
    if (found.length < BATCH && mayLeave(facts, row, await recordsOf(all, row.address))) found.push(row.address)
  }
  let count = 0
  for (const address of found) {
    count += await write(database, [...STORES], (transaction) => leaveOne(transaction, address, registers, opened))
  }
  return count
}

/** Somebody wants to see what is in these documents. */
export function want(database: Database, addresses: string[], now: number): Promise<void> {
  return write(database, ['away'], async (transaction) => {
    for (const address of addresses) {
      const row = await transaction.objectStore('away').get(address)
      if (row) await transaction.objectStore('away').put({ ...row, wantedMs: now })
    }
  })
}

async function leaveOne(
  all: Writing<(typeof STORES)[number][]>,
  address: string,
  registers: Registers,
  opened: ReadonlySet<string>,
): Promise<number> {
  const facts = await readFacts(all, registers, opened)
  const row = await all.objectStore('documents').get(address)
  const records = await recordsOf(all, address)
  if (!facts || !row || !mayLeave(facts, row, records)) return 0
  const newest =
    records
      .map((record) => newestDay(facts, record))
      .sort()
      .at(-1) ?? ''
  await all.objectStore('away').put({ address, count: records.length, newest, wantedMs: null, own: row.own })
  await all.objectStore('documents').delete(address)
  for (const { id } of records) await all.objectStore('records').delete(id)
  return 1
}

function recordsOf(all: All, address: string): Promise<StoredRecord[]> {
  return all.objectStore('records').index('address').getAll(address)
}

/** Null where the county has said nothing yet. */
async function readFacts(all: All, registers: Registers, opened: ReadonlySet<string>): Promise<Facts | null> {
  const exchange = (await all.objectStore('meta').get('exchange')) as Exchange | undefined
  if (exchange?.countyMs === undefined) return null
  const tables = await all.objectStore('tables').getAll()
  const campaigns = tables
    .filter(({ name }) => name === 'campaigns')
    .flatMap(({ value }) => (value as CampaignTable).campaigns)
    .filter(({ closed, until }) => !closed && until >= dayOf(exchange.countyMs ?? 0))
  const envelopes = await all.objectStore('envelopes').getAll()
  return {
    registers,
    opened,
    nowMs: exchange.countyMs,
    campaigns: new Set(campaigns.map(({ id }) => id)),
    levels: exchange.grants.grants.map(({ unit }) => levelOf(unit)),
    unsent: new Set(envelopes.flatMap(({ receiptMs, records }) => (receiptMs === null ? records : []))),
    saved: new Set((await all.objectStore('intents').getAll()).map(({ address }) => address)),
    away: new Set(await all.objectStore('away').getAllKeys()),
    drafts: JSON.stringify(await all.objectStore('drafts').getAll()),
  }
}

function mayLeave(facts: Facts, row: StoredDocument, records: StoredRecord[]): boolean {
  const { address, own, unsealed, fetchedMs = -Infinity } = row
  // A part of a document, written while the rest is away, waits for the rest.
  const isApart = facts.away.has(address) || address.split('/')[2] === NO_YEAR || records.length === 0
  const isUnsent = unsealed.length > 0 || own.some(({ recordId }) => facts.unsent.has(recordId))
  if (isApart || isUnsent || facts.saved.has(address) || facts.drafts.includes(address)) return false
  if (fetchedMs > facts.nowMs - FETCHED_DAYS * DAY_MS) return false
  const youngMs = facts.nowMs - YOUNG_DAYS * DAY_MS
  if (own.some(({ madeMs }) => madeMs > youngMs)) return false
  const young = dayOf(youngMs)
  return records.every((record) => {
    const day = newestDay(facts, record)
    return day !== '' && day < young && !isInUse(facts, record)
  })
}

function isInUse(facts: Facts, { id, address, fields, own, invalid }: StoredRecord): boolean {
  if (facts.unsent.has(id) || facts.opened.has(id) || facts.drafts.includes(id)) return true
  if (facts.campaigns.has(fields['campaign_id'])) return true
  if (isVoid(fields)) return false
  const step = facts.registers.get(registerOf(address))?.waitingStep(fields)
  const isWaiting = step !== undefined && facts.levels.includes(step.by)
  return isWaiting || (own && invalid.length > 0)
}

/** By the record's date, its entry and its id; empty where none of them says anything. */
function newestDay({ registers }: Facts, { id, address, fields }: StoredRecord): string {
  const made = madeAt(id)
  const days = [
    registers.get(registerOf(address))?.dayOf(fields) ?? '',
    text(group(fields['entry'])['entered_at']).slice(0, 10),
    Number.isFinite(made) ? dayOf(made) : '',
  ]
  return days.sort().at(-1) ?? ''
}
