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
import type { Database, Device, Exchange, People, StoredIntent } from './schema'

export function saveIntents(
  database: Database,
  intents: NewIntent[],
  draftKey: string | null,
  now: number,
): Promise<void> {
  return write(database, ['intents', 'drafts', 'meta'], async (transaction) => {
    const people = await peopleIfMaySave(transaction as never)
    const by = await personIfShared(transaction as never, people)
    for (const intent of intents) await transaction.objectStore('intents').add(signed(intent, by, now))
    if (draftKey !== null) await transaction.objectStore('drafts').delete(draftKeyOf(people, draftKey))
  })
}

/** Drops each intent that is still pending; for one that has become a change, saves what takes it back. */
export function undo(database: Database, steps: UndoStep[], now: number): Promise<void> {
  return write(database, ['intents', 'meta'], async (transaction) => {
    const by = await personIfShared(transaction as never, await peopleIfMaySave(transaction as never))
    const intents = transaction.objectStore('intents')
    for (const step of steps) {
      const pending = await intents.index('id').getKey(step.undoes)
      if (pending === undefined) await intents.add(signed(step.otherwise, by, now))
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

function signed(intent: NewIntent, by: string | undefined, savedMs: number): StoredIntent {
  return { ...intent, savedMs, ...(by !== undefined && { by }) }
}

/** Who has the phone, where several people share it or whom it was enrolled for has left: its signature does not say. */
async function personIfShared(transaction: Writing<'meta'[]>, people?: People): Promise<string | undefined> {
  const meta = transaction.objectStore('meta')
  const [device, exchange] = await Promise.all([meta.get('device'), meta.get('exchange')])
  const { others, name } = (exchange as Exchange | undefined)?.grants ?? {}
  const isShared = others !== undefined || name !== undefined
  return people?.inUse ?? (isShared ? (device as Device | undefined)?.personId : undefined)
}

/** Who shares the phone; throws where it was wiped. */
async function peopleIfMaySave(transaction: Writing<'meta'[]>): Promise<People | undefined> {
  const meta = transaction.objectStore('meta')
  const [wiped, people] = await Promise.all([meta.getKey('wiped'), meta.get('people')])
  if (wiped !== undefined) throw new Error('wiped')
  return people as People | undefined
}
