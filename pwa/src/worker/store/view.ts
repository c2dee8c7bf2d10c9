/**
 * What the page is shown: stored records with the pending intents laid over them, and where each stands.
 *
 * Always true: nothing here needs Automerge, so that the list is drawn before it is loaded; "with the county" is said
 * of a record only when nothing of ours about it lacks a receipt. Deliberately not here: sentences.
 */
import { madeAt, registerOf, unitOf } from '../../shared/ids'
import type { Campaign, CampaignTable, CountyTable } from '../../shared/generated'
import type { CountyList, UnitTable } from '../../shared/tables'
import type { ExchangeState, OpenedRecord, RegisterSource, View, ViewRecord } from '../../shared/messages'
import { toHex } from '../../shared/bytes'
import { isVoid, ROSTER_ERROR, type Fields } from '../../shared/record'
import { dayOf } from '../../shared/time'
import { readMeta } from './database'
import { everybody, ownDrafts, personInUse } from './people'
import type {
  Database,
  Device,
  Exchange,
  People,
  StoredEnvelope,
  StoredIntent,
  StoredRecord,
  StoredTable,
} from './schema'

type Unsent = { records: Map<string, number>; refused: Map<string, string> }

/** With `isWhole` false only those records that the first screen needs: visits of the time, and errors of the roster. */
export async function readView(database: Database, state: ExchangeState, isWhole = true): Promise<View> {
  const [device, exchange, wiped, people, tables, records, intents, drafts, unsent, away] = await Promise.all([
    readMeta(database, 'device'),
    readMeta(database, 'exchange'),
    readMeta(database, 'wiped'),
    readMeta(database, 'people'),
    database.getAll('tables'),
    database.getAll('records'),
    database.getAll('intents'),
    database.getAll('drafts'),
    readUnsent(database),
    isWhole ? database.getAll('away') : [],
  ])
  const campaigns = pick<CampaignTable>(tables, 'campaigns').flatMap((table) => table.campaigns)
  const merged = merge(records, intents, unsent, device?.personId ?? null)
  return {
    enrolled: device && exchange ? enrolled(device, exchange, people) : null,
    wiped: wiped ? { reason: wiped.reason, countyName: wiped.countyName } : null,
    county: pick<CountyTable>(tables, 'county')[0] ?? null,
    campaigns,
    villages: pick<UnitTable>(tables, 'village').sort((one, other) => (one.unit < other.unit ? -1 : 1)),
    registers: readRegisters(tables),
    lists: tables.filter(({ name }) => name.startsWith('list/')).map(({ value }) => value as CountyList),
    records: isWhole
      ? merged
      : merged.filter((one) => one.register === ROSTER_ERROR || isCurrent(one.fields, campaigns)),
    isWhole,
    away: away.map(({ own: _, ...rest }) => rest),
    drafts: ownDrafts(people, drafts),
    unsent: { count: unsent.records.size, oldestMs: unsent.records.size ? Math.min(...unsent.records.values()) : null },
    notices: exchange?.notices ?? [],
    exchange: { ...state, lastMs: state.lastMs ?? exchange?.lastMs ?? null },
  }
}

/** Whether it is a visit of a campaign that is not over; one that is still to begin may do so while the app is open. */
function isCurrent(fields: Fields, campaigns: Campaign[]): boolean {
  const today = dayOf(Date.now())
  return campaigns.some(({ id, closed, until }) => id === fields['campaign_id'] && !closed && today <= until)
}

function enrolled(device: Device, exchange: Exchange, people: People | undefined): View['enrolled'] {
  const person = personInUse(device, exchange, people)
  return {
    device: toHex(device.id.slice(0, 2)).toUpperCase(),
    person: person.name,
    personId: person.id,
    hasPin: person.hasPin,
    others: everybody(device, exchange, people).filter(({ id }) => id !== person.id),
    countyName: device.countyName,
    units: exchange.grants.grants.map((grant) => grant.unit),
  }
}

function pick<T>(tables: StoredTable[], name: string): T[] {
  return tables.filter((table) => table.name === name).map((table) => table.value as T)
}

/** How tables of registers are named. */
export const REGISTER = 'register/'

/** Registers that the county made or extended. A file that has no fields at all is none that we can draw. */
export function readRegisters(tables: StoredTable[]): RegisterSource[] {
  const found = tables.filter(({ name }) => name.startsWith(REGISTER))
  return found
    .map(({ name, value }) => ({ name: name.slice(REGISTER.length), source: value as RegisterSource['source'] }))
    .filter(({ source }) => typeof source['properties'] === 'object' && typeof source['x-label'] === 'object')
}

/** Records with something of ours that has no receipt, each with the moment of its oldest; `without` some envelopes. */
export async function readUnsent(database: Database, without: StoredEnvelope[] = []): Promise<Unsent> {
  const [intents, documents, envelopes] = await Promise.all([
    database.getAll('intents'),
    database.getAll('documents'),
    database.getAll('envelopes'),
  ])
  const unsent: Unsent = { records: new Map(), refused: new Map() }
  const add = (id: string, moment: number): unknown =>
    unsent.records.set(id, Math.min(moment, unsent.records.get(id) ?? moment))
  for (const intent of intents) add(intent.recordId, intent.savedMs)
  for (const { own, unsealed } of documents) {
    for (const change of own) if (unsealed.includes(change.hash)) add(change.recordId, change.madeMs)
  }
  const excluded = new Set(without.map(({ counter }) => counter))
  for (const envelope of envelopes) if (!excluded.has(envelope.counter)) addEnvelope(unsent, envelope, add)
  return unsent
}

function addEnvelope(unsent: Unsent, envelope: StoredEnvelope, add: (id: string, moment: number) => unknown): void {
  for (const id of envelope.records) {
    if (envelope.refusal !== null) unsent.refused.set(id, envelope.refusal)
    else if (envelope.receiptMs === null) add(id, envelope.sealedMs)
  }
}

function merge(records: StoredRecord[], intents: StoredIntent[], unsent: Unsent, person: string | null): ViewRecord[] {
  const shown = new Map<string, ViewRecord>(records.map((record) => [record.id, fromStored(record, unsent)]))
  for (const intent of intents) {
    const before = shown.get(intent.recordId) ?? fromIntent(intent, person)
    shown.set(intent.recordId, { ...before, fields: { ...before.fields, ...intent.fields }, standing: 'on_this_phone' })
  }
  return [...shown.values()].sort((one, other) => (one.id < other.id ? 1 : -1))
}

function fromStored(record: StoredRecord, unsent: Unsent): ViewRecord {
  const refusal = unsent.refused.get(record.id)
  const { id, address, fields, author, own } = record
  const place = { register: registerOf(address), unit: unitOf(address) }
  const shared = { id, ...place, address, fields, author, own, loggedMs: madeAt(id), look: null }
  if (refusal !== undefined) return { ...shared, standing: 'needs_a_look', look: { code: refusal, fields: [] } }
  // What is void counts nothing, so that nothing in it has to be put right.
  if (record.invalid.length && own && !isVoid(fields)) {
    return { ...shared, standing: 'needs_a_look', look: { code: 'invalid', fields: record.invalid } }
  }
  return { ...shared, standing: unsent.records.has(id) ? 'on_this_phone' : 'with_the_county' }
}

function fromIntent(intent: StoredIntent, person: string | null): ViewRecord {
  const { recordId: id, address, savedMs } = intent
  return {
    id,
    register: registerOf(address),
    unit: unitOf(address),
    address,
    fields: {},
    standing: 'on_this_phone',
    look: null,
    author: intent.by ?? person,
    own: true,
    loggedMs: savedMs,
  }
}

/** A record as a form opens it: what is shown, and what that rests on. */
export async function openRecord(database: Database, recordId: string): Promise<OpenedRecord | null> {
  const transaction = database.transaction(['records', 'intents', 'documents'])
  const stored = await transaction.objectStore('records').get(recordId)
  const intents = await transaction.objectStore('intents').getAll()
  const pending = intents.filter((intent) => intent.recordId === recordId)
  const address = stored?.address ?? pending[0]?.address
  if (address === undefined) return null
  const document = await transaction.objectStore('documents').get(address)
  const fields = pending.reduce((before, intent) => ({ ...before, ...intent.fields }), stored?.fields ?? {})
  // All of ours that wait in this document: what comes before this form in time comes before it in the document too.
  const seen = intents.filter((intent) => intent.address === address).map((intent) => intent.id)
  return { recordId, address, fields, heads: document?.heads ?? [], seen }
}
