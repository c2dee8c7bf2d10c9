/**
 * Says what a matter is about, and each of its values, in one line.
 *
 * Always true: a double's value is the main fields of a record, any other matter's value is the value of its field.
 * Deliberately not here: how a matter is settled.
 */
import type { Matter, MatterKind, MatterValue } from '../../../shared/generated'
import { money } from './amounts'
import { choiceWords, fieldWords, voidReasonWords, valueWords, type Names } from './fields'
import { registerNamed } from '../server/registers'
import { language, say } from './language'
import type { WordKey } from './zh'

/** In the order in which they are offered as filters: first what stops money or a count, then what only waits. */
export const MATTER_KINDS: readonly MatterKind[] = [
  'conflict',
  'void_against_edit',
  'overwritten_unseen',
  'double',
  'invalid',
  'held',
  'quarantined',
]

/** 冲突 */
export function kindWords(kind: MatterKind): string {
  return say(`matter.${kind}` satisfies WordKey)
}

/** Why this needs a person. */
export function reasonWords(kind: MatterKind): string {
  return say(`matter.why_${kind}` satisfies WordKey)
}

/** 周长河 · 慰问金和慰问品不一致 */
export function aboutWords(matter: Matter, names: Names): string {
  const name = matter.person_name || names.unit(matter.unit)
  const field = matter.field ? fieldsWords(matter.field) : ''
  return say(`matter.about_${matter.kind}` satisfies WordKey, { name, field, n: matter.record_ids.length })
}

/** The words of one field, or of several with spaces between, as an invalid record names them. */
function fieldsWords(fields: string): string {
  return fields
    .split(' ')
    .map((field) => fieldWords(field))
    .join(say('words.and'))
}

/** One value, large: 300 元（现金）, or for a double the kind of visit and what was given. */
export function sideWords(matter: Matter, value: MatterValue, names: Names): string {
  if (matter.kind === 'double') return doubleWords(value.value, names)
  if (matter.kind === 'held' || matter.kind === 'quarantined') return sentWords(value.value)
  if (isFieldMap(matter, value.value)) return mapWords(value.value, names)
  return valueWords(matter.field ?? '', value.value, names)
}

/** A void and an edit write different fields: there each side is a map of what it wrote. */
function isFieldMap(matter: Matter, value: unknown): value is Record<string, unknown> {
  return matter.kind === 'void_against_edit' && typeof value === 'object' && value !== null
}

/** What was sent, as far as it can be told without reading it: `visit/990101103200/2024` and its size. */
function sentWords(value: unknown): string {
  const sent = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const [register = '', , year = ''] = String(sent['address'] ?? '').split('/')
  const registerWords = registerNamed(register)?.label(language.value) ?? register
  return say('matter.sent', { register: registerWords, year, bytes: String(sent['bytes'] ?? '') })
}

function mapWords(map: Record<string, unknown>, names: Names): string {
  if (typeof map['void_reason'] === 'string')
    return say('words.voided', { reason: voidReasonWords(map['void_reason']) })
  const said = Object.entries(map).map(
    ([field, value]) => fieldWords(field) + say('words.colon') + valueWords(field, value, names),
  )
  return said.join(' · ')
}

function doubleWords(value: unknown, names: Names): string {
  if (typeof value !== 'object' || value === null) return valueWords('', value, names)
  const main = value as Record<string, unknown>
  const date = main['visit_date'] ?? main['date']
  const parts = [
    typeof date === 'string' ? valueWords('visit_date', date, names) : '',
    typeof main['value_fen'] === 'number' ? money(main['value_fen']) : '',
    typeof main['lead_rank'] === 'string' ? choiceWords('lead_rank', main['lead_rank']) : '',
    typeof main['outcome'] === 'string' ? choiceWords('outcome', main['outcome']) : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
