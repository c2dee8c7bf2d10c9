/**
 * Tables that a county sends to phones beside campaigns: lists that it edits, and the people of a batch.
 *
 * Always true: the same shapes as the server's. Deliberately not here: which version of a list is in force.
 */
import type { VillageTable } from './generated'
import type { Value } from './record'

export type Label = { zh: string; en: string }

/** One entry of a list; amounts of awards, goods and money of packages. */
export type ListItem = {
  code: string
  zh: string
  en: string
  amount_fen?: number | null
  gift?: Value
}

/** In force from a day until the next version's. */
export type ListVersion = { version: number; valid_from: string; items: ListItem[] }
export type CountyList = { id: string; name: Label; versions: ListVersion[] }

/** Somebody of a batch of recruits or returnees, as far as a phone may know: the family's contact, never the soldier. */
export type BatchPerson = {
  person_ref: string
  kind: 'recruit' | 'returnee' | 'merit' | 'plaque'
  batch: string
  contact: string
  relation: string
  initials: string
  details: { [key: string]: Value }
}

/** The table of a village or township. Older tables have no batches. */
export type UnitTable = VillageTable & { batches?: BatchPerson[] }
