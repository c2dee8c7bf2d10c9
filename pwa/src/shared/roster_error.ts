/**
 * Errors of the roster that a village reported: which records they are, whom they are about, which are open.
 *
 * Always true: what the county answered, and what was made void, is not open. Deliberately not here: reporting, which the
 * register's form does.
 */
import type { ViewRecord } from './messages'
import { group, isVoid, text } from './record'

/** The register's name. */
export const ROSTER_ERROR = 'roster_error'

export function isOpenError({ register, fields }: Pick<ViewRecord, 'register' | 'fields'>): boolean {
  return register === ROSTER_ERROR && !fields['answer'] && !isVoid(fields)
}

/** References of the people of whom an error is open. */
export function peopleReported(records: ViewRecord[]): Set<string> {
  return new Set(records.filter(isOpenError).map(({ fields }) => text(group(fields['person'])['person_ref'])))
}
