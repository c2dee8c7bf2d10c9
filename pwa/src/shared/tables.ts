/**
 * Tables that a county sends to phones beside campaigns: lists that it edits, and the people of a batch.
 *
 * Always true: the shapes are the server's; a table that an older server sent has no batches. Deliberately not here:
 * which version of a list is in force.
 */
import type { BatchPerson as SentPerson, VillageTable } from './generated'
import type { Value } from './record'

export type { CountyList, Label, ListItem, ListVersion } from './generated'

/** Somebody of a batch of recruits or returnees, as far as a phone may know: the family's contact, never the soldier. */
export type BatchPerson = Omit<SentPerson, 'details'> & { details: { [key: string]: Value } }

/** The table of a village or township. */
export type UnitTable = Omit<VillageTable, 'batches'> & { batches?: BatchPerson[] }
