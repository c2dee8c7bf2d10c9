/**
 * One household, one plaque: a second one that is to be hung is asked about, never refused.
 *
 * Always true: only what this phone knows is looked at; a plaque that was withdrawn or cancelled since is none. Deliberately
 * not here: plaques that other villages hung, which the county's table shows.
 */
import { group, isVoid, text, type Fields, type Value } from '../../../shared/record'
import type { ViewRecord } from '../../../shared/messages'
import { say } from '../../words'
import { showDate } from '../../words/format'

/** After these there is a plaque, after the others none. */
const HANGS = new Set(['new', 'reissue', 'replace', 'relocate', 'restore'])
/** These put one where there should be none. */
const FIRST = new Set(['new', 'reissue'])

type Act = { reference: string; action: string }

/** Sentences about households of this record that have a plaque already. */
export function secondPlaques(fields: Fields, recordId: string, known: readonly ViewRecord[]): string[] {
  const hung = actsOf(fields).filter(({ action }) => FIRST.has(action))
  return hung.flatMap(({ reference }) => {
    const last = lastAct(reference, recordId, known)
    return last && HANGS.has(last.action) ? [say('warn_plaque', { day: showDate(last.day) })] : []
  })
}

function lastAct(reference: string, but: string, known: readonly ViewRecord[]): (Act & { day: string }) | undefined {
  const acts = known
    .filter((record) => record.id !== but && !isVoid(record.fields))
    .flatMap(({ fields }) => actsOf(fields).map((act) => ({ ...act, day: text(fields['date']) })))
  return acts
    .filter((act) => act.reference === reference)
    .sort((one, other) => one.day.localeCompare(other.day))
    .at(-1)
}

/** What a record does about plaques of whom; of anything else nothing. */
function actsOf(fields: Fields): Act[] {
  const { participants } = fields
  const all: Value[] = fields['ceremony_kind'] === 'plaque' && Array.isArray(participants) ? participants : []
  const acts = all.map((one) => ({
    reference: text(group(group(one)['person'])['person_ref']),
    action: text(group(one)['plaque_action']),
  }))
  return acts.filter(({ reference }) => reference !== '')
}
