/**
 * Units of the person who holds this phone: where a new record may be kept, and what a unit is called.
 *
 * Always true: a new record stands at the person's own station where the register allows that level, else in one of the
 * villages that the station serves. Deliberately not here: what may be read, which the county decides.
 */
import { contains, levelOf, type Level } from '../../shared/ids'
import type { Step } from '../../shared/register_file'
import type { Register } from '../../shared/register'
import type { View } from '../../shared/messages'
import { words } from '../words'

const RANKS: Level[] = ['village', 'township', 'county']

/** Units that may hold a new record of a register; the person is asked only where there are several. */
export function unitsFor(register: Register, view: View): string[] {
  const granted = view.enrolled?.units ?? []
  const own = granted.filter((unit) => register.isFor(unit))
  if (own.length > 0) return [...new Set(own)]
  const served = view.villages.map((table) => table.unit)
  return served.filter((unit) => register.isFor(unit) && granted.some((one) => contains(one, unit)))
}

export function unitName(view: View, unit: string): string {
  const found = view.villages.find((table) => table.unit === unit)?.name
  return found ?? (levelOf(unit) === 'county' ? (view.county?.name ?? view.enrolled?.countyName ?? unit) : unit)
}

/** What the person's own stations are called: a township's is no village. */
export function stationName(view: View | null): string {
  return (view?.enrolled?.units ?? []).map((unit) => (view ? unitName(view, unit) : unit)).join(words('and'))
}

/** Levels of the person's own stations. */
export function ownLevels(view: View): Level[] {
  return (view.enrolled?.units ?? []).map(levelOf)
}

/** Whether this phone may take the step of a record: its station's level, or one above, which may act for an empty post. */
export function mayAct(step: Step, unit: string, view: View): boolean {
  const granted = (view.enrolled?.units ?? []).filter((one) => contains(one, unit))
  return granted.some((one) => RANKS.indexOf(levelOf(one)) >= RANKS.indexOf(step.by))
}
