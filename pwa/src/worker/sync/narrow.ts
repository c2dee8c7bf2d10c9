/**
 * What lies outside this phone's grants leaves it.
 *
 * Always true: a document goes only once nothing of ours in it is unsent: no saved form, no unsealed change, no envelope
 * without a receipt. Until then it stays, and goes with a later answer. Days are the county's, never the phone's clock.
 * Deliberately not here: drafts, which nobody has confirmed, and envelopes, which are never removed.
 */
import { contains, registerOf, unitOf } from '../../shared/ids'
import type { Grants } from '../../shared/generated'
import { dayOf } from '../../shared/time'
import type { Writing } from '../store/database'

/** Stores that take part when an answer is taken in. */
export const STORES = ['meta', 'envelopes', 'feeds', 'tables', 'documents', 'records', 'intents', 'away'] as const
export type All = Writing<(typeof STORES)[number][]>

/** Grants without those that were over on the county's day. */
export function withoutEnded(grants: Grants, countyMs: number): Grants {
  const day = dayOf(countyMs)
  return { ...grants, grants: grants.grants.filter(({ until }) => until === null || until >= day) }
}

export async function narrow(all: All, { grants }: Grants): Promise<void> {
  const isGranted = (name: string): boolean => grants.some(({ unit }) => contains(unit, unitOf(name)))
  // Tables of the county serve everybody below it; documents of a township do not.
  const isServed = (feed: string): boolean =>
    isGranted(feed) || (registerOf(feed) === 'tables' && grants.some(({ unit }) => contains(unitOf(feed), unit)))
  for (const feed of await all.objectStore('feeds').getAllKeys()) {
    if (!isServed(feed)) await all.objectStore('feeds').delete(feed)
  }
  for (const key of await all.objectStore('tables').getAllKeys()) {
    if (!isServed(key.split('#')[0] ?? '')) await all.objectStore('tables').delete(key)
  }
  const kept = await all.objectStore('documents').getAllKeys()
  const known = new Set([...kept, ...(await all.objectStore('away').getAllKeys())])
  const outside = [...known].filter((address) => !isGranted(address))
  if (outside.length > 0) await dropSent(all, outside)
}

async function dropSent(all: All, addresses: string[]): Promise<void> {
  const saved = new Set((await all.objectStore('intents').getAll()).map(({ address }) => address))
  const waiting = (await all.objectStore('envelopes').getAll()).filter((envelope) => envelope.receiptMs === null)
  const unsent = new Set(waiting.flatMap((envelope) => envelope.records))
  for (const address of addresses) {
    const document = await all.objectStore('documents').get(address)
    const isOurs = document && (document.unsealed.length > 0 || document.own.some((one) => unsent.has(one.recordId)))
    if (isOurs || saved.has(address)) continue
    await all.objectStore('documents').delete(address)
    await all.objectStore('away').delete(address)
    const records = await all.objectStore('records').index('address').getAllKeys(address)
    for (const id of records) await all.objectStore('records').delete(id)
  }
}
