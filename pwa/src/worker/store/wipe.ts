/**
 * Wiping a phone that was withdrawn: first its keys, then everything else.
 *
 * Always true: the keys go in the transaction that writes down that the phone is wiped, and from then on nothing is
 * saved; a retired phone keeps all as long as anything in it has no receipt and no refusal; a wipe that was cut short
 * is ended at the next start. Deliberately not here: who may ask for it, and the page's settings.
 */
import { readMeta, write } from './database'
import type { Database, Wiped } from './schema'

/** Caches of this app's own files begin so; they hold nothing of anybody. */
const APP_CACHE = 'zoufang-'

/** Returns false, and leaves all as it is, where a retired phone has work that the county has not got. */
export async function wipe(database: Database, reason: Wiped['reason']): Promise<boolean> {
  if (!(await dropKeys(database, reason))) return false
  await finishWipe(database)
  return true
}

function dropKeys(database: Database, reason: Wiped['reason']): Promise<boolean> {
  return write(database, ['meta', 'intents', 'documents', 'envelopes'], async (transaction) => {
    if (reason === 'retired') {
      const [intents, documents, envelopes] = await Promise.all([
        transaction.objectStore('intents').count(),
        transaction.objectStore('documents').getAll(),
        transaction.objectStore('envelopes').getAll(),
      ])
      const isUnsealed = documents.some(({ unsealed }) => unsealed.length > 0)
      const isUnsent = envelopes.some(({ receiptMs, refusal }) => receiptMs === null && refusal === null)
      if (intents > 0 || isUnsealed || isUnsent) return false
    }
    const meta = transaction.objectStore('meta')
    const device = (await meta.get('device')) as { countyName: string } | undefined
    await meta.delete('identity')
    await meta.delete('device')
    await meta.put({ reason, countyName: device?.countyName ?? '', isDone: false }, 'wiped')
    return true
  })
}

/** Ends a wipe that was begun; does nothing where none was. */
export async function finishWipe(database: Database): Promise<void> {
  const wiped = await readMeta(database, 'wiped')
  if (!wiped || wiped.isDone) return
  const stores = [...database.objectStoreNames]
  await write(database, stores, async (transaction) => {
    for (const store of stores) await transaction.objectStore(store).clear()
    await transaction.objectStore('meta').put(wiped, 'wiped')
  })
  await dropCaches()
  await write(database, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put({ ...wiped, isDone: true }, 'wiped')
  })
}

async function dropCaches(): Promise<void> {
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => !name.startsWith(APP_CACHE)).map((name) => caches.delete(name)))
}
