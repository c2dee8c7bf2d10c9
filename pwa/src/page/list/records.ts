/**
 * Records as a list: what needs a look, what waits for this station, then the rest by state.
 *
 * Always true: a record stands in one place of the list, and each is somewhere; newest first by the register's date.
 * Deliberately not here: how many anybody entered.
 */
import type { Register } from '../../shared/register'
import { isVoid } from '../../shared/record'
import type { View, ViewRecord } from '../../shared/messages'
import { settings } from '../settings'
import { words } from '../words'
import { ownLevels } from './units'

export type Group = { key: string; label: string; records: ViewRecord[]; isOpen: boolean; isState: boolean }

/** More than these in a group, and it is closed until it is tapped. */
const OPEN_MAX = 30
/** Records whose state the register does not name. */
const OTHERS = 'others'

/** Whether the person who has the phone logged it; what says nobody is of this phone. */
export function isMine({ enrolled }: View, { author, own }: ViewRecord): boolean {
  return author === null ? own : author === enrolled?.personId
}

export function groupsOf(view: View, register: Register | undefined, records: ViewRecord[]): Group[] {
  const sorted = [...records].sort((one, other) => orderOf(register, other).localeCompare(orderOf(register, one)))
  const look = sorted.filter((record) => record.standing === 'needs_a_look')
  const rest = sorted.filter((record) => record.standing !== 'needs_a_look')
  const levels = ownLevels(view)
  const waits = (record: ViewRecord): boolean => {
    const step = isVoid(record.fields) ? undefined : register?.waitingStep(record.fields)
    return step !== undefined && levels.includes(step.by)
  }
  const first: Group[] = [{ key: 'look', label: words('look_first'), records: look, isOpen: true, isState: false }]
  for (const level of [...new Set(levels)]) {
    const waiting = rest.filter((record) => waits(record) && register?.waitingStep(record.fields)?.by === level)
    first.push({ key: `wait_${level}`, label: words(`wait_${level}`), records: waiting, isOpen: true, isState: false })
  }
  const others = rest.filter((record) => !waits(record))
  return [...first, ...byState(view, register, others)].filter((one) => one.records.length > 0)
}

function orderOf(register: Register | undefined, record: ViewRecord): string {
  return `${register?.dayOf(record.fields) ?? ''}/${record.id}`
}

/** One group a state, in the register's order; a register without states is one group without a name. */
function byState(view: View, register: Register | undefined, records: ViewRecord[]): Group[] {
  const states = register?.states(settings.language, view.lists) ?? []
  const known = new Set(states.map(({ value }) => value))
  const found = states.map(({ value, label }) => {
    const step = register?.steps.find((one) => one.id === value)
    const here = records.filter((record) => register?.state(record.fields) === value)
    return toGroup(value, step ? `${words(`wait_${step.by}`)} · ${label}` : label, here)
  })
  const others = records.filter((record) => !register || !known.has(register.state(record.fields)))
  return [...found, toGroup(OTHERS, states.length > 0 ? words('other_states') : '', others)]
}

function toGroup(key: string, label: string, records: ViewRecord[]): Group {
  return { key, label, records, isOpen: label === '' || records.length <= OPEN_MAX, isState: key !== OTHERS }
}
