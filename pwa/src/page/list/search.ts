/**
 * Finding a home in a long list by a name or its pinyin initials.
 *
 * Always true: a village whose list is read at a glance has no search; an empty search finds everybody. Deliberately not
 * here: records, which are found by their titles.
 */
import { isFound } from './initials'
import type { Row } from './rows'

/** A list with fewer homes is read rather than searched. */
export const SEARCH_FROM = 16

export function foundRows(rows: Row[], typed: string): Row[] {
  if (typed.trim() === '') return rows
  return rows.filter(({ household }) => household.people.some((one) => isFound(typed, one.name, one.initials)))
}
