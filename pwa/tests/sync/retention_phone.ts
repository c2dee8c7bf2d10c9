/**
 * A phone of old records for tests of what leaves it: made, filled and settled with its county.
 *
 * Deliberately not here: assertions, and the county's part (`retention_county.ts`).
 */
import { newId } from '../../src/shared/ids'
import type { Fields } from '../../src/shared/record'
import { dayOf } from '../../src/shared/time'
import * as work from '../../src/worker/documents/work'
import { saveIntents } from '../../src/worker/store/intents'
import type { Database } from '../../src/worker/store/schema'
import { exchange } from '../../src/worker/sync/exchange'
import { enrolWith, intent, newCounty, newDatabase, NOW } from '../phone'
import { KeepingCounty } from './retention_county'

export const DAY_MS = 24 * 3600 * 1000
export const addressOf = (year: number): string => `visit/990101103200/${year}`
export const visit = (by: string, moment: number): Fields => ({
  visit_kind: 'spring_festival',
  outcome: 'not_met',
  visit_date: dayOf(moment),
  division_code: '990101103200',
  person: { name: '王芳' },
  person_times: 0,
  lead_rank: 'village_cadre',
  entry: { entered_by: by, entered_at: `${dayOf(moment)}T15:20+08:00`, source: 'phone' },
})
export const yearMs = (year: number): number => Date.parse(`${year}-06-01T08:00:00+08:00`)

export type Phone = { database: Database; county: KeepingCounty }

export async function newPhone(): Promise<Phone> {
  const [database, signer] = [await newDatabase(), await newCounty()]
  await enrolWith(database, signer)
  return { database, county: new KeepingCounty(signer) }
}

export const run = ({ database, county }: Phone): Promise<void> =>
  exchange({ database, send: (request) => county.answer(request), loadWork: async () => work, now: () => NOW })

export async function log({ database }: Phone, id: string, year: number): Promise<void> {
  const made = intent(id, visit('p-1', yearMs(year)), { address: addressOf(year) })
  await saveIntents(database, [made], null, yearMs(year))
}

/** A phone with one record of each year that the county has. */
export async function settled(years: number[]): Promise<Phone & { ids: string[] }> {
  const phone = await newPhone()
  const ids = years.map((year) => newId(yearMs(year)))
  for (const [index, year] of years.entries()) await log(phone, ids[index] ?? '', year)
  await run(phone)
  return { ...phone, ids }
}
