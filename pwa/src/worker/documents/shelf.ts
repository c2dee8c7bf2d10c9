/**
 * Documents that are open in this worker, and how one is put back into the database.
 *
 * Always true: an open document is used only while its heads are those that the database has; whatever fails, the
 * database is right and the shelf is thrown away. Deliberately not here: what is written into a document.
 */
import { group, isSame, text } from '../../shared/record'
import type { Writing } from '../store/database'
import type { StoredDocument, StoredRecord } from '../store/schema'
import { free, heads, isSameHeads, load, makers, readRecord, recordIds, save, type Document } from './document'
import type { Judge } from './judge'

export type Open = { document: Document; row: StoredDocument }

const shelf = new Map<string, { document: Document; heads: string[] }>()

/** The document as the database has it. One document of ours is written by one worker for as long as it lives. */
export function take(address: string, row: StoredDocument | undefined): Open {
  const empty = { address, saved: new Uint8Array(), heads: [], own: [], unsealed: [], authors: {} }
  const kept = shelf.get(address)
  shelf.delete(address)
  if (kept && isSameHeads(kept.heads, row?.heads ?? [])) return { document: kept.document, row: row ?? empty }
  if (kept) free(kept.document)
  return { document: load(row?.saved), row: row ?? empty }
}

/** Keeps an open document for the next use, once the database has it. */
export function keep({ document, row }: Open): void {
  shelf.set(row.address, { document, heads: row.heads })
}

/** Forgets all open documents, after something failed. */
export function clear(): void {
  shelf.clear()
}

/** The row as it now has to be stored. */
export function toRow({ document, row }: Open): StoredDocument {
  return { ...row, saved: save(document), heads: heads(document) }
}

/** Stores the document and those of its records that look different from before. */
export async function store(
  transaction: Writing<('documents' | 'records')[]>,
  { document, row }: Open,
  touched: Set<string> | null,
  judge: Judge,
): Promise<void> {
  await transaction.objectStore('documents').put(row)
  const records = transaction.objectStore('records')
  for (const record of recordsOf(document, row, touched, judge)) {
    const before = await records.get(record.id)
    if (!before || !isSame(before, record)) await records.put(record)
  }
}

function recordsOf(document: Document, row: StoredDocument, touched: Set<string> | null, judge: Judge): StoredRecord[] {
  const made = makers(document)
  const own = new Set(row.own.map((change) => change.hash))
  const ids = recordIds(document).filter((id) => touched === null || touched.has(id))
  return ids.map((id) => {
    const fields = readRecord(document, id)
    const maker = made.get(id) ?? ''
    // What came in a snapshot says no author beside it; the record's own word must do.
    const author = row.authors[maker] ?? (text(group(fields['entry'])['entered_by']) || null)
    return { id, address: row.address, fields, author, own: own.has(maker), invalid: judge(row.address, fields) }
  })
}
