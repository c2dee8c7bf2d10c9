/**
 * Tables that a county sends to phones beside campaigns: lists that it edits, and the people of a batch.
 *
 * Always true: the shapes are the server's; a table that an older server sent has no batches. Deliberately not here:
 * which version of a list is in force.
 */
import type * as sent from './generated'
import type { Value } from './record'

export type { Label } from './generated'

/** One line of a list; only awards have an amount, only packages a gift. */
export type ListItem = Omit<sent.ListItem, 'amount_fen' | 'gift'> & Partial<Pick<sent.ListItem, 'amount_fen' | 'gift'>>
export type ListVersion = Omit<sent.ListVersion, 'items'> & { items: ListItem[] }
export type CountyList = Omit<sent.CountyList, 'versions'> & { versions: ListVersion[] }

/** Somebody of a batch of recruits or returnees, as far as a phone may know: the family's contact, never the soldier. */
export type BatchPerson = Omit<sent.BatchPerson, 'details'> & { details: { [key: string]: Value } }

/** The table of a village or township. */
export type UnitTable = Omit<sent.VillageTable, 'batches'> & { batches?: BatchPerson[] }
