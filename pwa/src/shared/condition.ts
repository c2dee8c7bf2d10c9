/**
 * Conditions of register files, and the paths in them: when a field is asked, which sentence is said, which step waits.
 *
 * Always true: an empty condition holds; null, empty text and what is missing are the same. Deliberately not here:
 * periods (`year`, `until`, `after`), which only measures have: elsewhere they always hold.
 */
import { levelOf, type Level } from './ids'
import { isSame, type Fields, type Value } from './record'

export type Wanted = Value | { exists: boolean } | { level: Level }
export type Condition = Record<string, Wanted>

/** The value at `field` or `group.member`. A path into a list has no value. */
export function valueAt(fields: Fields, path: string): Value | undefined {
  let value: Value | undefined = fields
  for (const name of path.split('.')) {
    if (value === null || value === undefined || typeof value !== 'object' || Array.isArray(value)) return undefined
    value = value[name]
  }
  return value
}

export function exists(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Whether all parts of the condition hold. */
export function holds(condition: Condition | undefined, fields: Fields): boolean {
  return Object.entries(condition ?? {}).every(([path, wanted]) => isWanted(valueAt(fields, path), wanted))
}

function isWanted(value: Value | undefined, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => isWanted(value, one))
  if (Array.isArray(value) && (wanted === null || typeof wanted !== 'object'))
    return value.some((item) => isSame(item, wanted))
  if (wanted === null) return !exists(value)
  if (wanted === false) return value !== true
  if (typeof wanted !== 'object') return isSame(value, wanted)
  if ('exists' in wanted) return exists(value) === wanted['exists']
  if ('level' in wanted) return typeof value === 'string' && levelOf(value) === wanted['level']
  return true
}
