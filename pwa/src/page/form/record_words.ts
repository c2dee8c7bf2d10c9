/**
 * A record in words: its sentence, and single values of its fields.
 *
 * Always true: a record is told with the same sentence that was confirmed; a field that no register explains is told
 * under its own name. Deliberately not here: its history, and its title (list/titles.ts).
 */
import type { View, ViewRecord } from '../../shared/messages'
import { text, VOID_REASON, type Value } from '../../shared/record'
import type { Register } from '../../shared/register'
import { nameOf } from '../list/titles'
import { settings } from '../settings'
import { hasWords, words, type Part } from '../words'
import { editForm } from './model'
import { sentence } from './sentence'
import { tellerOf, withUnit } from './values'

export function recordSentence(view: View, register: Register | undefined, record: ViewRecord): Part[] {
  if (!register) return []
  const { id: recordId, address, fields } = record
  const person = register.fields.find((field) => field.widget === 'person' && register.lineFields.includes(field.name))
  const name = person ? nameOf(view, fields[person.name]) : ''
  const form = editForm(register, { recordId, address, fields, heads: [], seen: [] }, name)
  return sentence(register, form, tellerOf(view, register.dayOf(fields)))
}

export function reasonWords(reason: Value | undefined): string {
  const key = `reason_${text(reason)}`
  return hasWords(key) ? words(key) : text(reason)
}

/** A field and its value, for the list of what was changed. */
export function fieldWords(view: View, register: Register | undefined, name: string, value: Value, day = ''): string {
  return `${register?.fieldLabel(name, settings.language) ?? name}${words('colon')}${valueWords(view, register, name, value, day)}`
}

export function valueWords(view: View, register: Register | undefined, name: string, value: Value, day = ''): string {
  if (name === VOID_REASON) return reasonWords(value)
  const field = register?.field(name)
  const said = field ? withUnit(field, value, tellerOf(view, day)) : plain(value)
  return said || words('empty')
}

function plain(value: Value): string {
  return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
