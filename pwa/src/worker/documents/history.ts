/**
 * The life of one record: who logged and changed it, what the county has, what the county settled.
 *
 * Always true: it comes from the document's changes, our envelopes and our pending intents; nothing is kept beside
 * them. Deliberately not here: sentences.
 */
import type { HistoryStep } from '../../shared/messages'
import { group, SETTLED_PREFIX, text, type Value } from '../../shared/record'
import { readMeta } from '../store/database'
import type { Database, StoredDocument, StoredEnvelope, StoredIntent } from '../store/schema'
import { changesOf, free, load, type Written } from './document'

export async function readHistory(database: Database, recordId: string): Promise<HistoryStep[]> {
  const record = await database.get('records', recordId)
  const row = record && (await database.get('documents', record.address))
  const changes = row ? readChanges(row, recordId) : []
  const me = (await readMeta(database, 'device'))?.personId ?? null
  const steps = row ? changes.flatMap((change, index) => toSteps(change, index === 0, row, changes, me)) : []
  const envelopes = (await database.getAll('envelopes')).filter((envelope) => envelope.records.includes(recordId))
  const intents = (await database.getAll('intents')).filter((intent) => intent.recordId === recordId)
  const pending = intents.map((intent, index) => toPending(intent, index === 0 && changes.length === 0, me))
  return [...inOrder(steps, envelopes.flatMap(toReceived)), ...pending]
}

/** By time; what says none, as changes of older servers do, stays where it is among the changes, and last behind them. */
function inOrder(steps: HistoryStep[], received: HistoryStep[]): HistoryStep[] {
  const timed = steps.reduceRight<{ step: HistoryStep; atMs: number }[]>(
    (later, step) => [{ step, atMs: step.atMs || (later[0]?.atMs ?? Number.MAX_SAFE_INTEGER) }, ...later],
    [],
  )
  const all = [...timed, ...received.map((step) => ({ step, atMs: step.atMs ?? 0 }))]
  return all.sort((one, other) => one.atMs - other.atMs).map(({ step }) => step)
}

function readChanges(row: StoredDocument, recordId: string): Written[] {
  const document = load(row.saved)
  try {
    return changesOf(document, recordId)
  } finally {
    free(document)
  }
}

function toSteps(
  change: Written,
  isFirst: boolean,
  row: StoredDocument,
  all: Written[],
  me: string | null,
): HistoryStep[] {
  const own = row.own.find((mine) => mine.hash === change.hash)
  const settled = change.fields.filter(({ field }) => field.startsWith(SETTLED_PREFIX))
  if (settled.length > 0) return settled.map(({ field, value }) => toSettled(change, field, value, all))
  const kind = isFirst ? 'logged' : 'changed'
  const by = own ? (own.by ?? me) : (row.authors[change.hash] ?? enteredBy(change))
  const atMs = own?.madeMs ?? change.atMs
  return [{ kind, by, own: own !== undefined, atMs, fields: change.fields, note: '', pending: false }]
}

/** Who wrote it by the record's own word: what came in a snapshot says no author beside it. */
function enteredBy(change: Written): string {
  return text(group(change.fields.find(({ field }) => field === 'entry')?.value)['entered_by'])
}

function toSettled(change: Written, name: string, value: Value, all: Written[]): HistoryStep {
  const field = name.slice(SETTLED_PREFIX.length)
  const settlement = group(value)
  const chosen = all.find((other) => other.hash === settlement['chosen']) ?? change
  const found = chosen.fields.find((written) => written.field === field) ?? change.fields.find((w) => w.field === field)
  const at = settlement['at']
  return {
    kind: field === 'double' ? 'double_settled' : 'settled',
    by: text(settlement['by']),
    own: false,
    atMs: typeof at === 'number' ? at : Date.parse(text(at)) || change.atMs,
    fields: field === 'double' ? [{ field, value }] : found ? [found] : [],
    note: text(settlement['note']),
    pending: false,
  }
}

function toReceived(envelope: StoredEnvelope): HistoryStep[] {
  if (envelope.receiptMs === null) return []
  const note = envelope.hash.slice(0, 8).toUpperCase()
  return [{ kind: 'received', by: null, own: false, atMs: envelope.receiptMs, fields: [], note, pending: false }]
}

function toPending(intent: StoredIntent, isFirst: boolean, me: string | null): HistoryStep {
  const fields = Object.entries(intent.fields).map(([field, value]) => ({ field, value }))
  const kind = isFirst ? 'logged' : 'changed'
  return { kind, by: intent.by ?? me, own: true, atMs: intent.savedMs, fields, note: '', pending: true }
}
