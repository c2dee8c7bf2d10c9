/**
 * Saving: a form's outcome becomes an intent on the disk, before anybody is told that it is saved.
 *
 * Always true: saving waits for nothing but the disk; the draft goes in the same transaction. An intent that has
 * become a change can no longer be dropped. On a phone that is being wiped nothing is saved, and the page hears so.
 * Deliberately not here: turning intents into changes.
 */
import type { NewIntent, StoredDraft, UndoStep } from '../../shared/messages'
import { write, type Writing } from './database'
import type { Database } from './schema'

export function saveIntents(
  database: Database,
  intents: NewIntent[],
  draftKey: string | null,
  now: number,
): Promise<void> {
  return write(database, ['intents', 'drafts', 'meta'], async (transaction) => {
    await refuseIfWiped(transaction as never)
    for (const intent of intents) await transaction.objectStore('intents').add({ ...intent, savedMs: now })
    if (draftKey !== null) await transaction.objectStore('drafts').delete(draftKey)
  })
}

/** Drops each intent that is still pending; for one that has become a change, saves what takes it back. */
export function undo(database: Database, steps: UndoStep[], now: number): Promise<void> {
  return write(database, ['intents', 'meta'], async (transaction) => {
    await refuseIfWiped(transaction as never)
    const intents = transaction.objectStore('intents')
    for (const step of steps) {
      const pending = await intents.index('id').getKey(step.undoes)
      if (pending === undefined) await intents.add({ ...step.otherwise, savedMs: now })
      else await intents.delete(pending)
    }
  })
}

export function saveDraft(database: Database, draft: StoredDraft): Promise<void> {
  return write(database, ['drafts', 'meta'], async (transaction) => {
    await refuseIfWiped(transaction as never)
    await transaction.objectStore('drafts').put(draft)
  })
}

export function dropDraft(database: Database, key: string): Promise<void> {
  return write(database, ['drafts'], async (transaction) => {
    await transaction.objectStore('drafts').delete(key)
  })
}

async function refuseIfWiped(transaction: Writing<'meta'[]>): Promise<void> {
  if ((await transaction.objectStore('meta').getKey('wiped')) !== undefined) throw new Error('wiped')
}
