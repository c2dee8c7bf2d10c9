/**
 * Saving: a form's outcome becomes an intent on the disk, before anybody is told that it is saved.
 *
 * Always true: saving waits for nothing but the disk; the draft goes in the same transaction. An intent that has
 * become a change can no longer be dropped. On a phone that is being wiped nothing is saved, and the page hears so.
 * Deliberately not here: turning intents into changes.
 */
import type { NewIntent, StoredDraft, UndoStep } from '../../shared/messages'
import { write, type Writing } from './database'
import { draftKeyOf } from './people'
import type { Database, People, StoredIntent } from './schema'

export function saveIntents(
  database: Database,
  intents: NewIntent[],
  draftKey: string | null,
  now: number,
): Promise<void> {
  return write(database, ['intents', 'drafts', 'meta'], async (transaction) => {
    const people = await peopleIfMaySave(transaction as never)
    for (const intent of intents) await transaction.objectStore('intents').add(signed(intent, people, now))
    if (draftKey !== null) await transaction.objectStore('drafts').delete(draftKeyOf(people, draftKey))
  })
}

/** Drops each intent that is still pending; for one that has become a change, saves what takes it back. */
export function undo(database: Database, steps: UndoStep[], now: number): Promise<void> {
  return write(database, ['intents', 'meta'], async (transaction) => {
    const people = await peopleIfMaySave(transaction as never)
    const intents = transaction.objectStore('intents')
    for (const step of steps) {
      const pending = await intents.index('id').getKey(step.undoes)
      if (pending === undefined) await intents.add(signed(step.otherwise, people, now))
      else await intents.delete(pending)
    }
  })
}

export function saveDraft(database: Database, draft: StoredDraft): Promise<void> {
  return write(database, ['drafts', 'meta'], async (transaction) => {
    const people = await peopleIfMaySave(transaction as never)
    await transaction.objectStore('drafts').put({ ...draft, key: draftKeyOf(people, draft.key) })
  })
}

export function dropDraft(database: Database, key: string): Promise<void> {
  return write(database, ['drafts', 'meta'], async (transaction) => {
    const people = await peopleIfMaySave(transaction as never)
    await transaction.objectStore('drafts').delete(draftKeyOf(people, key))
  })
}

function signed(intent: NewIntent, people: People | undefined, savedMs: number): StoredIntent {
  return { ...intent, savedMs, ...(people?.inUse && { by: people.inUse }) }
}

/** Who shares the phone; throws where it was wiped. */
async function peopleIfMaySave(transaction: Writing<'meta'[]>): Promise<People | undefined> {
  const meta = transaction.objectStore('meta')
  const [wiped, people] = await Promise.all([meta.getKey('wiped'), meta.get('people')])
  if (wiped !== undefined) throw new Error('wiped')
  return people as People | undefined
}
