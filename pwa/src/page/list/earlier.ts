/**
 * What was written before in a field that names records: offered, so that the same thing is called the same each time.
 *
 * Always true: only of records of this unit that are not void; newest first; found by initials as well. Deliberately
 * not here: choosing from a list of the county.
 */
import { valueAt } from '../../shared/condition'
import type { View } from '../../shared/messages'
import { isVoid, text } from '../../shared/record'
import type { Register } from '../../shared/register'
import { isFound } from './initials'

/** More than these are not read; typing finds the others. */
const SHOWN_MAX = 8

/** Earlier values of the register's title; `typed` finds among them, unless it is one of them already. */
export function earlierTitles(view: View, register: Register, unit: string, typed: string): string[] {
  const path = register.titlePath ?? ''
  const records = view.records.filter(
    (record) => record.register === register.name && record.unit === unit && !isVoid(record.fields),
  )
  const dated = records.map((record) => ({
    order: `${register.dayOf(record.fields)}/${record.id}`,
    title: text(valueAt(record.fields, path)).trim(),
  }))
  dated.sort((one, other) => (one.order < other.order ? 1 : -1))
  const titles = [...new Set(dated.map(({ title }) => title))].filter((title) => title !== '')
  const wanted = typed.trim()
  const found = wanted === '' || titles.includes(wanted) ? titles : titles.filter((title) => isFound(wanted, title))
  return found.slice(0, SHOWN_MAX)
}
