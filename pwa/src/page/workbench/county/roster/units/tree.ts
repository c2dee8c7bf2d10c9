/**
 * The tree of units, put into townships.
 *
 * Always true: nothing below the county vanishes: a village whose township nobody named still stands. Deliberately not
 * here: units of phones and selectors, which are those of today.
 */
import type { UnitDays } from '../../../../../shared/generated'

const TOWNSHIP_DIGITS = 9

/** A township with its villages, those that are no more included. */
export interface Branch {
  township: UnitDays
  villages: UnitDays[]
}

/** Whether it is no more on a day. */
export function isGone({ valid_to, replaced_by }: UnitDays, today: string): boolean {
  return valid_to === null ? replaced_by !== null : valid_to < today
}

/** Townships by code. */
export function branches(tree: readonly UnitDays[]): Branch[] {
  const found = new Map<string, Branch>()
  const below = tree.filter(({ unit }) => unit.length >= TOWNSHIP_DIGITS)
  for (const each of [...below].sort((one, other) => (one.unit < other.unit ? -1 : 1))) {
    const code = each.unit.slice(0, TOWNSHIP_DIGITS)
    if (each.unit === code) found.set(code, { township: each, villages: [] })
    else (found.get(code) ?? nameless(found, code)).villages.push(each)
  }
  return [...found.values()]
}

function nameless(found: Map<string, Branch>, code: string): Branch {
  const township = { unit: code, name: code, valid_from: null, valid_to: null, replaced_by: null }
  const branch: Branch = { township, villages: [] }
  found.set(code, branch)
  return branch
}
