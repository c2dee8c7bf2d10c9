/**
 * Takes what the county published in a feed of documents into this phone's documents.
 *
 * Always true: the cursor is stored in the transaction that stores its effects; what is here already is merged with,
 * never replaced; a chunk that Automerge cannot read is skipped and reported, and does not stop the others.
 * A document that is away comes back by a snapshot alone. A chunk for it rests on what is not here, and nearly always is a
 * colleague's new record of this year: it is passed over, and the document is asked for whole, in which it is.
 * Deliberately not here: tables, and deciding whether an answer is to be believed.
 */
import type { Bytes } from '../../shared/bytes'
import type { Entry, FeedAnswer } from '../../shared/generated'
import { write } from '../store/database'
import type { Database, StoredAway, StoredDocument } from '../store/schema'
import { changesSince, heads, isSameHeads, merge } from './document'
import { newJudge } from './judge'
import { clear, keep, store, take, toRow, type Open } from './shelf'

type Carrier = Extract<Entry, { kind: 'chunk' | 'snapshot' }>

/** Addresses of documents with a chunk that could not be read. */
export async function applyFeed(database: Database, feed: FeedAnswer): Promise<string[]> {
  const unreadable: string[] = []
  const carriers = feed.entries.filter((entry): entry is Carrier => entry.kind === 'chunk' || entry.kind === 'snapshot')
  const judge = await newJudge(database)
  const opened: Open[] = []
  const missing: StoredAway[] = []
  try {
    for (const address of new Set(carriers.map((entry) => entry.address))) {
      const away = await database.get('away', address)
      const entries = inOrder(carriers.filter((entry) => entry.address === address))
      if (away && entries[0]?.kind !== 'snapshot') {
        missing.push(away)
        continue
      }
      const open = take(address, await database.get('documents', address))
      const back = away ? { ...open, row: withAway(open.row, away) } : open
      const merged = entries.reduce((state, entry) => mergeEntry(state, entry, unreadable), back)
      // Nothing of its snapshot could be read: it stays away.
      if (away && isSameHeads(heads(merged.document), open.row.heads)) continue
      opened.push({ document: merged.document, row: toRow(merged) })
    }
    await write(database, ['documents', 'records', 'feeds', 'away'], async (transaction) => {
      for (const open of opened) {
        await store(transaction as never, open, null, judge)
        await transaction.objectStore('away').delete(open.row.address)
      }
      for (const away of missing) {
        await transaction.objectStore('away').put({ ...away, wantedMs: away.wantedMs ?? 0 })
      }
      const cursor = { feed: feed.feed, seq: feed.seq, digest: new Uint8Array(feed.digest) as Bytes }
      await transaction.objectStore('feeds').put(cursor)
    })
    opened.forEach(keep)
  } catch (error) {
    clear()
    throw error
  }
  return unreadable
}

/** Snapshots first: chunks of the same answer may rest on them. */
function inOrder(entries: Carrier[]): Carrier[] {
  return [...entries].sort((one, other) => Number(other.kind === 'snapshot') - Number(one.kind === 'snapshot'))
}

/** What was kept of it while it was away, before what was written on this phone meanwhile. */
function withAway(row: StoredDocument, { own, wantedMs }: StoredAway): StoredDocument {
  return { ...row, own: [...own, ...row.own], ...(wantedMs && { fetchedMs: wantedMs }) }
}

function mergeEntry(open: Open, entry: Carrier, unreadable: string[]): Open {
  const before = heads(open.document)
  try {
    const document = merge(open.document, entry.payload)
    if (entry.kind === 'snapshot') return { ...open, document }
    const authors = { ...open.row.authors }
    for (const { hash, by } of changesSince(document, before)) authors[hash] = by ?? entry.author
    return { document, row: { ...open.row, authors } }
  } catch {
    unreadable.push(entry.address)
    return open
  }
}
