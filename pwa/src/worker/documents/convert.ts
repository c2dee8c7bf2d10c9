/**
 * Turns intents into changes, in the order they were saved, each at the heads that its form was opened on.
 *
 * Always true: one transaction stores the document and consumes the intents, so that none is lost and none is written
 * twice; an intent that was taken back meanwhile is not written. A plain change after a remote edit would hide the
 * conflict, so the change is made where the person stood. In a document that is away only new records are written;
 * what changes an old one waits for the document, which is asked for. Deliberately not here: sealing and sending.
 */
import { write } from '../store/database'
import type { Database, OwnChange, StoredIntent } from '../store/schema'
import { newest, recordIds, writeRecord } from './document'
import { newJudge, type Judge } from './judge'
import { clear, keep, store, take, toRow, type Open } from './shelf'

const ATTEMPTS = 5

/** An intent was taken back while it was being written: start again without it. */
class TakenBack extends Error {}

export async function convertIntents(database: Database, now: number): Promise<void> {
  const judge = await newJudge(database)
  for (let attempt = 1; ; attempt += 1) {
    try {
      for (const [address, intents] of byAddress(await database.getAll('intents'))) {
        await convertDocument(database, address, intents, judge, now)
      }
      return
    } catch (error) {
      clear()
      if (!(error instanceof TakenBack) || attempt === ATTEMPTS) throw error
    }
  }
}

function byAddress(intents: StoredIntent[]): Map<string, StoredIntent[]> {
  const groups = new Map<string, StoredIntent[]>()
  for (const intent of intents) groups.set(intent.address, [...(groups.get(intent.address) ?? []), intent])
  return groups
}

async function convertDocument(
  database: Database,
  address: string,
  intents: StoredIntent[],
  judge: Judge,
  now: number,
): Promise<void> {
  const open = take(address, await database.get('documents', address))
  const away = await database.get('away', address)
  const ready: StoredIntent[] = []
  const written = intents.reduce((state, intent) => {
    if (away && !isHere(state, intent)) return state
    ready.push(intent)
    return writeIntent(state, intent, now)
  }, open)
  const done: Open = { document: written.document, row: toRow(written) }
  await write(database, ['intents', 'documents', 'records', 'away'], async (transaction) => {
    if (away) await transaction.objectStore('away').put({ ...away, wantedMs: away.wantedMs ?? 0 })
    if (ready.length === 0) return
    const waiting = transaction.objectStore('intents')
    for (const { order } of ready) {
      if (order === undefined || (await waiting.getKey(order)) === undefined) throw new TakenBack()
      await waiting.delete(order)
    }
    await store(transaction as never, done, new Set(ready.map((intent) => intent.recordId)), judge)
  })
  keep(done)
}

/** Whether it makes a record, or changes one that was made while the rest was away. */
function isHere({ document }: Open, { recordId, heads, seen }: StoredIntent): boolean {
  return (heads === null && seen.length === 0) || recordIds(document).includes(recordId)
}

function writeIntent(open: Open, intent: StoredIntent, now: number): Open {
  const at = headsOf(open, intent)
  const { recordId, fields, savedMs, by } = intent
  const { document, hash } = writeRecord(open.document, recordId, fields, at, savedMs, by)
  if (hash === null) return { document, row: open.row }
  const change: OwnChange = {
    hash,
    recordId: intent.recordId,
    intentId: intent.id,
    madeMs: Math.min(intent.savedMs, now),
    ...(intent.by !== undefined && { by: intent.by }),
  }
  const { own, unsealed } = open.row
  return { document, row: { ...open.row, own: [...own, change], unsealed: [...unsealed, hash] } }
}

/** Where the form stood: the heads it was opened on, and what it had seen of our own since. Null is on top of all. */
function headsOf({ document, row }: Open, intent: StoredIntent): string[] | null {
  if (intent.heads === null) return null
  const seen = row.own.filter((change) => intent.seen.includes(change.intentId)).map((change) => change.hash)
  const stood = newest(document, [...intent.heads, ...seen])
  return stood.length === 0 ? null : stood
}
