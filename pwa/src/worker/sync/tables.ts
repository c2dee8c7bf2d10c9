/**
 * Feeds of tables: campaigns, registers, lists, a unit's people, the county's name. Each table is sent whole and replaces the one before.
 *
 * Always true: the cursor is stored in the transaction that stores the tables. Deliberately not here: documents.
 */
import { toText } from '../../shared/bytes'
import type { FeedAnswer } from '../../shared/generated'
import { write } from '../store/database'
import type { Database } from '../store/schema'
import { REGISTER } from '../store/view'

/** Returns the names of the registers among them. */
export async function applyTables(database: Database, feed: FeedAnswer): Promise<string[]> {
  await write(database, ['tables', 'feeds'], async (transaction) => {
    for (const entry of feed.entries) {
      if (entry.kind !== 'table') continue
      const { name, seq } = entry
      const value: unknown = JSON.parse(toText(entry.payload))
      await transaction.objectStore('tables').put({ key: `${feed.feed}#${name}`, feed: feed.feed, name, seq, value })
    }
    const digest = new Uint8Array(feed.digest)
    await transaction.objectStore('feeds').put({ feed: feed.feed, seq: feed.seq, digest })
  })
  const names = feed.entries.flatMap((entry) => (entry.kind === 'table' ? [entry.name] : []))
  return names.filter((name) => name.startsWith(REGISTER)).map((name) => name.slice(REGISTER.length))
}
