/**
 * Words about a record's row: its name, how it stands, which step waits.
 *
 * Always true: a row has one standing, the one that matters most to whoever checks. Deliberately not here: values of
 * single fields.
 */
import { STATE_DONE, type Register } from '../../../shared/register'
import type { Step } from '../../../shared/register_file'
import { lists, registerNamed } from '../server/registers'
import type { RecordDetail, RecordRow } from '../server/shapes'
import { namesFor } from '../server/signed'
import { language, say, wordsOf } from './language'
import type { WordKey } from './zh'
import { isGroup, sayValue, type Names } from './values'
import type { RowState } from './visits'

/** Standings that every register has; the server filters by them beside the register's own states. */
export const STANDINGS = ['counted', 'matter', 'odd', 'unmatched', 'invalid', 'void'] as const

/** What the record is called: a name as it is, a month or a choice in words. */
export function titleWords(row: RecordRow): string {
  const field = registerNamed(row.register)?.field(registerNamed(row.register)?.titlePath ?? '')
  const isRaw = field !== undefined && row.columns[field.name] === row.title && row.title !== ''
  return (isRaw ? sayValue(field, row.title, namesOf({ row })) : row.title) || say('records.no_title')
}

/** How many people of a record are on no list yet: the township has still to match them. */
export function unmatchedIn(register: Register | undefined, fields: Record<string, unknown>): number {
  const people = (register?.fields ?? []).flatMap((field) => {
    const value = fields[field.name]
    if (field.widget === 'person') return [value]
    if (!field.member('person') || !Array.isArray(value)) return []
    return value.map((item) => (isGroup(item) ? item['person'] : undefined))
  })
  return people.filter((person) => isGroup(person) && typeof person['person_ref'] !== 'string').length
}

const ODD: Record<string, WordKey | undefined> = {
  above: 'odd.above',
  below: 'odd.below',
  unit: 'odd.unit',
  identity: 'odd.identity',
  card: 'odd.card',
}

/** What is worth a second look: each in words, by its field. */
export function oddWords(register: Register | undefined, row: RecordRow): string[] {
  return row.odd_fields.map(({ field, code }) => {
    const label = register?.fieldLabel(field, language.value) ?? field
    return ODD[code] ? say(ODD[code], { field: label }) : label
  })
}

/** What the state column says. */
export function recordState(row: RecordRow): RowState {
  if (row.open_matters > 0) return { words: say('visits.state_matter'), tone: 'red' }
  if (row.invalid_fields.length > 0) return { words: say('visits.state_invalid'), tone: 'red' }
  if (row.void_reason !== null) return { words: say('visits.state_void'), tone: 'grey' }
  if (row.double_of !== null) return { words: say('visits.state_double'), tone: 'grey' }
  const register = registerNamed(row.register)
  const step = register?.steps.find(({ id }) => id === row.step)
  if (step) return { words: wordsOf(step.label), tone: 'amber' }
  return { words: stateWords(register, row), tone: '' }
}

function stateWords(register: Register | undefined, row: RecordRow): string {
  const path = ownState(register)
  if (register && path && row.state) return register.optionLabel(path, row.state, language.value, lists.value, row.date)
  const states = register?.states(language.value) ?? []
  const done = states.find(({ value }) => value === STATE_DONE)
  return done ? done.label : say('visits.state_counted')
}

/** The path of the register's states, where they say more than its kinds do. */
function ownState(register: Register | undefined): string | undefined {
  const path = register?.source['x-state']
  return path === register?.start?.field ? undefined : path
}

/** The states that a table can be filtered by: the register's own, then the standings. */
export function stateChoices(register: Register): { value: string; label: string }[] {
  const own = ownState(register) ? register.states(language.value, lists.value, '9999') : []
  const hasPeople = register.fields.some((field) => field.widget === 'person' || field.member('person') !== undefined)
  const standings = STANDINGS.filter((value) => value !== 'unmatched' || hasPeople)
  return [...own, ...standings.map((value) => ({ value, label: say(`visits.state_${value}`) }))]
}

/** The steps that a table can be filtered by. */
export function stepChoices(register: Register): { value: string; label: string }[] {
  return register.steps.map((step) => ({ value: step.id, label: stepWords(step) }))
}

/** 县里：复核 */
export function stepWords(step: Step): string {
  return say(`level.${step.by}`) + say('words.colon') + wordsOf(step.label)
}

/** What values of this record are called. */
export function namesOf(detail: Pick<RecordDetail, 'row'>): Names {
  const { columns, date } = detail.row
  const county = columns['county']
  const { person_name: name, people, names } = isGroup(county) ? county : {}
  return {
    ...namesFor(typeof name === 'string' ? name : ''),
    people: Array.isArray(people) ? people.map(String) : undefined,
    byReference: isGroup(names) ? names : undefined,
    day: date || undefined,
  }
}
