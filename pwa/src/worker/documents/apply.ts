/**
 * Takes what the county published in a feed of documents into this phone's documents.
 *
 * Always true: the cursor is stored in the transaction that stores its effects; what is here already is merged with,
 * never replaced; a chunk that Automerge cannot read is skipped and reported, and does not stop the others.
 * Deliberately not here: tables, and deciding whether an answer is to be believed.
 */
import type { Bytes } from '../../shared/bytes'
import type { Entry, FeedAnswer } from '../../shared/generated'
import { write } from '../store/database'
import type { Database } from '../store/schema'
import { hashesSince, heads, merge } from './document'
import { newJudge } from './judge'
import { clear, keep, store, take, toRow, type Open } from './shelf'

type Carrier = Extract<Entry, { kind: 'chunk' | 'snapshot' }>

/** Addresses of documents with a chunk that could not be read. */
export async function applyFeed(database: Database, feed: FeedAnswer): Promise<string[]> {
  const unreadable: string[] = []
  const carriers = feed.entries.filter((entry): entry is Carrier => entry.kind === 'chunk' || entry.kind === 'snapshot')
  const judge = await newJudge(database)
  const opened: Open[] = []
  try {
    for (const address of new Set(carriers.map((entry) => entry.address))) {
      const open = take(address, await database.get('documents', address))
      const entries = carriers.filter((entry) => entry.address === address)
      const merged = entries.reduce((state, entry) => mergeEntry(state, entry, unreadable), open)
      opened.push({ document: merged.document, row: toRow(merged) })
    }
    await write(database, ['documents', 'records', 'feeds'], async (transaction) => {
      for (const open of opened) await store(transaction as never, open, null, judge)
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

function mergeEntry(open: Open, entry: Carrier, unreadable: string[]): Open {
  const before = heads(open.document)
  try {
    const document = merge(open.document, entry.payload)
    if (entry.kind === 'snapshot') return { ...open, document }
    const authors = { ...open.row.authors }
    for (const hash of hashesSince(document, before)) authors[hash] = entry.author
    return { document, row: { ...open.row, authors } }
  } catch {
    unreadable.push(entry.address)
    return open
  }
}
