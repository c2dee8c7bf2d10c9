/**
 * What an answer says about our envelopes, the epoch and our grants, taken into the database.
 *
 * Always true: one transaction takes all of it; a new epoch sets every cursor back and offers every envelope again.
 * Deliberately not here: feeds, what leaves with a grant, and whether the answer is to be believed.
 */
import { isEqual, toHex } from '../../shared/bytes'
import type { AnswerBody } from '../../shared/generated'
import { readMeta, write } from '../store/database'
import { bindAnew, dropGone } from '../store/people'
import type { Database, Exchange } from '../store/schema'
import { STATUS_RETIRED } from './exchange_bytes'
import { narrow, STORES, withoutEnded, type All } from './narrow'

/** The notice of a phone that was withdrawn and still has something to hand over. */
const RETIRED = 'device_retired'

export async function applyReceipts(database: Database, answer: AnswerBody, sent: number, now: number): Promise<void> {
  const exchange = await readMeta(database, 'exchange')
  if (!exchange) return
  const isNewEpoch = !isEqual(exchange.epoch, answer.epoch)
  await write(database, [...STORES, 'drafts'], async (transaction) => {
    const all = transaction as unknown as All
    if (isNewEpoch) await startEpoch(all)
    for (const hash of answer.receipts) await markEnvelope(all, toHex(hash), { receiptMs: now, refusal: null })
    for (const { envelope, code } of answer.refusals) await markEnvelope(all, toHex(envelope), { refusal: code })
    const grants = withoutEnded(answer.grants ?? exchange.grants, answer.time_ms)
    await narrow(all, grants)
    await bindAnew(transaction as never, grants)
    await dropGone(transaction as never, grants)
    const { epoch, nonce } = answer
    const current = {
      ...exchange,
      epoch: new Uint8Array(epoch),
      nonce: new Uint8Array(nonce),
      grants,
      lastMs: now,
      countyMs: answer.time_ms,
    }
    await all.objectStore('meta').put({ ...current, notices: noticesOf(answer, exchange, sent) }, 'exchange')
  })
}

/** Notices come with the answer to the envelope that they are about, and stay until something else was sent. */
function noticesOf({ status, notices }: AnswerBody, exchange: Exchange, sent: number): Exchange['notices'] {
  const shown = sent > 0 || notices.length > 0 ? notices : exchange.notices
  const others = shown.filter(({ code }) => code !== RETIRED)
  return status === STATUS_RETIRED ? [...others, { code: RETIRED, about: '' }] : others
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
