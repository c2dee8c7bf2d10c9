/**
 * What an answer says about our envelopes, the epoch and our grants, taken into the database.
 *
 * Always true: one transaction takes all of it; a new epoch sets every cursor back and offers every envelope again.
 * What lies outside our grants goes, except documents with work of ours that the county has not got.
 * Deliberately not here: feeds, and whether the answer is to be believed.
 */
import { isEqual, toHex } from '../../shared/bytes'
import { contains, registerOf, unitOf } from '../../shared/ids'
import type { AnswerBody, Grants } from '../../shared/generated'
import { readMeta, write, type Writing } from '../store/database'
import type { Database } from '../store/schema'

type All = Writing<('meta' | 'envelopes' | 'feeds' | 'tables' | 'documents' | 'records')[]>

export async function applyReceipts(database: Database, answer: AnswerBody, sent: number, now: number): Promise<void> {
  const exchange = await readMeta(database, 'exchange')
  if (!exchange) return
  const isNewEpoch = !isEqual(exchange.epoch, answer.epoch)
  await write(database, ['meta', 'envelopes', 'feeds', 'tables', 'documents', 'records'], async (transaction) => {
    const all = transaction as unknown as All
    if (isNewEpoch) await startEpoch(all)
    for (const hash of answer.receipts) await markEnvelope(all, toHex(hash), { receiptMs: now, refusal: null })
    for (const { envelope, code } of answer.refusals) await markEnvelope(all, toHex(envelope), { refusal: code })
    if (answer.grants) await narrow(all, answer.grants)
    const { epoch, nonce, notices } = answer
    const grants = answer.grants ?? exchange.grants
    // Notices come with the answer to the envelope that they are about, and stay until something else was sent.
    const shown = sent > 0 || notices.length > 0 ? notices : exchange.notices
    const current = { ...exchange, epoch: new Uint8Array(epoch), nonce: new Uint8Array(nonce), grants, lastMs: now }
    await all.objectStore('meta').put({ ...current, notices: shown }, 'exchange')
  })
}

async function startEpoch(all: All): Promise<void> {
  await all.objectStore('feeds').clear()
  for (const envelope of await all.objectStore('envelopes').getAll()) {
    await all.objectStore('envelopes').put({ ...envelope, receiptMs: null, refusal: null })
  }
}

async function markEnvelope(
  all: All,
  hash: string,
  mark: { receiptMs?: number; refusal: string | null },
): Promise<void> {
  const envelope = await all.objectStore('envelopes').index('hash').get(hash)
  if (!envelope || (envelope.receiptMs !== null && mark.receiptMs !== undefined)) return
  await all.objectStore('envelopes').put({ ...envelope, ...mark })
}

async function narrow(all: All, grants: Grants): Promise<void> {
  const isGranted = (name: string): boolean => grants.grants.some(({ unit }) => contains(unit, unitOf(name)))
  // Tables of the county serve everybody below it; documents of a township do not.
  const isServed = (feed: string): boolean =>
    isGranted(feed) || (registerOf(feed) === 'tables' && grants.grants.some(({ unit }) => contains(unitOf(feed), unit)))
  for (const feed of await all.objectStore('feeds').getAllKeys()) {
    if (!isServed(feed)) await all.objectStore('feeds').delete(feed)
  }
  for (const table of await all.objectStore('tables').getAll()) {
    if (!isServed(table.feed)) await all.objectStore('tables').delete(table.key)
  }
  const waiting = (await all.objectStore('envelopes').getAll()).filter((envelope) => envelope.receiptMs === null)
  const kept = new Set(waiting.flatMap((envelope) => envelope.records))
  for (const document of await all.objectStore('documents').getAll()) {
    const isOurs = document.unsealed.length > 0 || document.own.some((change) => kept.has(change.recordId))
    if (isGranted(document.address) || isOurs) continue
    await all.objectStore('documents').delete(document.address)
    const records = await all.objectStore('records').index('address').getAllKeys(document.address)
    for (const id of records) await all.objectStore('records').delete(id)
  }
}
