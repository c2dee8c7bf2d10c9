/**
 * Turns field names and values of a register into plain words, by the name of the field.
 *
 * Always true: labels and choices come from the register's file, so that a new choice needs no change here; what is
 * unknown is shown as it stands, never dropped. Deliberately not here: how each kind of value is said (`values.ts`).
 */
import type { Field } from '../../../shared/field'
import { visit } from '../../../shared/registers'
import { registerNamed, registers } from '../server/registers'
import { language, say } from './language'
import { NO_NAMES, isGroup, sayUnknown, sayValue, voidReasonWords, type Names } from './values'

export { NO_NAMES, voidReasonWords, type Names } from './values'

const SETTLED = 'settled/'
const NO_TEXT = ''

/** The field of a register. Where nobody says which one: of visits, else of the first that has such a field. */
export function fieldNamed(path: string, register = ''): Field | undefined {
  if (register) return registerNamed(register)?.field(path)
  for (const each of [visit, ...registers.value]) {
    const found = each.field(path)
    if (found) return found
  }
  return undefined
}

/** 慰问金和慰问品 for `gift`. */
export function fieldWords(field: string, register = ''): string {
  if (field.startsWith(SETTLED))
    return say('words.settled_field', { field: fieldWords(field.slice(SETTLED.length), register) })
  if (field === 'double') return say('matter.double')
  if (field === 'record') return say('words.whole_record')
  return fieldNamed(field, register)?.label(language.value) ?? field
}

/** The choices of a field of visits, as code and words, for selects. */
export function choices(field: string): { value: string; label: string }[] {
  return visit.options(field, language.value)
}

/** 送到了 for `outcome`, `delivered` of visits; a code that the register lacks is shown as it is. */
export function choiceWords(field: string, code: string, inGroup?: string): string {
  return visit.optionLabel(inGroup ? `${field}.${inGroup}` : field, code, language.value)
}

/** A field's value in words. */
export function valueWords(field: string, value: unknown, names: Names = NO_NAMES, register = ''): string {
  if (field.startsWith(SETTLED)) return settlementWords(field.slice(SETTLED.length), value, names, register)
  if (field === 'void_reason') return value === null ? say('words.restored') : voidReasonWords(String(value))
  if (field === 'double_of') return say(value === null ? 'words.not_a_double' : 'visits.state_double')
  return sayValue(fieldNamed(field, register), value, names)
}

function settlementWords(field: string, value: unknown, names: Names, register: string): string {
  if (!isGroup(value)) return sayUnknown(value)
  const what =
    field === 'double'
      ? say(value['kept'] === null ? 'words.all_real' : 'words.one_counts')
      : 'value' in value
        ? valueWords(field, value['value'], names, register)
        : say('words.chosen_value')
  const note = String(value['note'] ?? NO_TEXT)
  const parts = [what, String(value['by'] ?? NO_TEXT), note && say('words.note', { note })]
  return parts.filter((part) => part !== NO_TEXT).join(' · ')
}
