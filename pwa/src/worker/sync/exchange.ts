/**
 * One exchange with the county: everything of ours that it lacks goes out, everything of its that we lack comes in.
 *
 * Always true: what goes out is on this disk first; nothing is believed that the county's key did not sign for just
 * this request; an envelope without a receipt is sent again, unchanged. Repeats at once where the nonce was stale, a
 * feed was cut, or envelopes are left. A phone that was withdrawn hands over what it has and wipes itself.
 * Deliberately not here: when an exchange happens, and how a phone is wiped.
 */
import type { Bytes } from '../../shared/bytes'
import { toHex } from '../../shared/bytes'
import { ENVELOPES_PER_REQUEST_MAX, REQUEST_BYTES_MAX, type AnswerBody, type FeedAnswer } from '../../shared/generated'
import { readMeta, write } from '../store/database'
import type { Database, Device, StoredEnvelope } from '../store/schema'
import { readUnsent } from '../store/view'
import { wipe } from '../store/wipe'
import type { Work } from '../loader'
import { openAnswer, sealRequest, STATUS_RETIRED, STATUS_STALE_NONCE, STATUS_STOLEN, VERSION } from './exchange_bytes'
import { ExchangeError } from './http'
import { applyReceipts } from './receipts'
import { applyTables } from './tables'
import { Wants } from './wants'

/** Sends a request's bytes and returns those of the answer; throws an [`ExchangeError`] for any other status. */
export type Send = (request: Bytes) => Promise<Uint8Array>
export type Surroundings = { database: Database; send: Send; loadWork: () => Promise<Work>; now: () => number }

/** Turns of one exchange; a phone that was away for a year needs some ten. */
const TURNS_MAX = 50
/** What the rest of a request may take: cursors and frame. */
const FRAME_BYTES = 64 * 1024

export async function exchange(around: Surroundings): Promise<void> {
  const { database } = around
  const asked = new Set<string>()
  const wants = new Wants(database)
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const device = await readMeta(database, 'device')
    if (!device) return
    // What cannot be sealed now does not keep the county's word from coming.
    const unsealed = await sealWaiting(around, device).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    const envelopes = await unreceipted(database)
    const answer = await askCounty(around, device, envelopes.batch, await wants.next())
    await applyReceipts(database, answer, envelopes.batch.length, around.now())
    if (answer.status === STATUS_STOLEN || answer.status === STATUS_RETIRED) {
      if (await wipeOrRepeat(database, answer)) return
      continue
    }
    if (unsealed) throw unsealed.error
    if (answer.status === STATUS_STALE_NONCE) continue
    const isCut = await applyFeeds(around, answer, asked)
    if (!(await wants.isMore(isCut)) && !isCut && !envelopes.isMore) return
  }
}

/** Wipes a withdrawn phone, and returns whether it is; one that still has work to hand over goes on while some arrives. */
async function wipeOrRepeat(database: Database, answer: AnswerBody): Promise<boolean> {
  if (await wipe(database, answer.status === STATUS_STOLEN ? 'stolen' : 'retired')) return true
  if (answer.receipts.length + answer.refusals.length > 0) return false
  throw new ExchangeError({ code: 'device_retired', zh: '', en: '' })
}

/** Intents become changes and changes become envelopes. Loads Automerge only where there is something to do. */
export async function sealWaiting({ database, loadWork, now }: Surroundings, device: Device): Promise<void> {
  const isUnsealed = (await database.getAll('documents')).some((row) => row.unsealed.length > 0)
  if (!isUnsealed && (await database.count('intents')) === 0) return
  const work = await loadWork()
  await work.convertIntents(database, now())
  await work.sealChanges(database, device, now())
}

/** Envelopes without a receipt, oldest first, as many as one request carries. */
async function unreceipted(database: Database): Promise<{ batch: StoredEnvelope[]; isMore: boolean }> {
  const waiting = (await database.getAll('envelopes')).filter((one) => one.receiptMs === null && one.refusal === null)
  const batch: StoredEnvelope[] = []
  let size = FRAME_BYTES
  for (const envelope of waiting.slice(0, ENVELOPES_PER_REQUEST_MAX)) {
    size += envelope.bytes.length
    if (size > REQUEST_BYTES_MAX && batch.length > 0) break
    batch.push(envelope)
  }
  return { batch, isMore: batch.length < waiting.length }
}

async function askCounty(
  { database, send }: Surroundings,
  device: Device,
  batch: StoredEnvelope[],
  wants: string[],
): Promise<AnswerBody> {
  const [state, cursors, { records: left }] = await Promise.all([
    readMeta(database, 'exchange'),
    database.getAll('feeds'),
    readUnsent(database, batch),
  ])
  if (!state) throw new Error('enrolled without a state of exchange')
  const request = await sealRequest(device.privateKey, {
    version: VERSION,
    county: device.county,
    device: device.id,
    nonce: state.nonce,
    epoch: state.epoch,
    grants_version: state.grants.version,
    cursors,
    envelopes: batch.map((envelope) => envelope.bytes),
    ...(left.size > 0 && { left: { records: left.size, since_ms: Math.min(...left.values()) } }),
    ...(wants.length > 0 && { wants }),
  })
  return openAnswer(device.countyKey, request, await send(request))
}

/** Returns whether something is left to be asked for at once. */
async function applyFeeds(around: Surroundings, answer: AnswerBody, asked: Set<string>): Promise<boolean> {
  const { database, loadWork } = around
  let isMore = false
  for (const feed of answer.feeds) {
    isMore ||= feed.more
    if (feed.feed.startsWith('tables/')) await takeTables(around, feed)
    else if (feed.entries.every((entry) => entry.kind === 'stub')) await moveCursor(database, feed)
    else await applyDocuments(database, await loadWork(), feed)
    if ((await lacksOwn(database, feed)) && !asked.has(feed.feed)) {
      asked.add(feed.feed)
      await write(database, ['feeds'], async (transaction) => transaction.objectStore('feeds').delete(feed.feed))
      isMore = true
    }
  }
  return isMore
}

/** A register's file may come after its records: then they are judged by it. */
async function takeTables({ database, loadWork }: Surroundings, feed: FeedAnswer): Promise<void> {
  const registers = await applyTables(database, feed)
  if (registers.length > 0) await (await loadWork()).judgeAgain(database, registers)
}

async function applyDocuments(database: Database, work: Work, feed: FeedAnswer): Promise<void> {
  const unreadable = await work.applyFeed(database, feed)
  const state = await readMeta(database, 'exchange')
  if (unreadable.length === 0 || !state) return
  const notices = [...state.notices, ...unreadable.map((about) => ({ code: 'chunk_unreadable', about }))]
  await write(database, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put({ ...state, notices }, 'exchange')
  })
}

async function moveCursor(database: Database, { feed, seq, digest }: FeedAnswer): Promise<void> {
  await write(database, ['feeds'], async (transaction) => {
    await transaction.objectStore('feeds').put({ feed, seq, digest: new Uint8Array(digest) })
  })
}

/** Whether the feed speaks of an envelope of ours that we do not have: then this phone was restored from a copy. */
async function lacksOwn(database: Database, feed: FeedAnswer): Promise<boolean> {
  for (const entry of feed.entries) {
    if (entry.kind !== 'stub') continue
    if (!(await database.getKeyFromIndex('envelopes', 'hash', toHex(entry.envelope)))) return true
  }
  return false
}
