/**
 * The one sentence that says everything that will be recorded, or was: made from the register's parts.
 *
 * Always true: of each part the first alternative is said whose condition holds and whose values are all there; what a
 * person confirms is what they have read. Deliberately not here: buttons.
 */
import { exists, holds, valueAt } from '../../shared/condition'
import { group, type Fields, type Value } from '../../shared/record'
import type { Field, Register } from '../../shared/register'
import { settings } from '../settings'
import type { View } from '../../shared/messages'
import { parts, say, words, type Part } from '../words'
import { heldFields, isEmpty } from './held'
import { linesOf, rawFields, type Form } from './model'
import { firstThatFits, spokenOf } from './template'
import { joined, saidValue, withUnit, type Teller } from './values'

/** What is said of one line. */
type Said = { name: string; fields: Fields }

export function sentence(register: Register, form: Form, teller: Teller): Part[] {
  const lines = linesOf(form).map((line) => {
    const { fields } = heldFields(register, rawFields(form, line))
    return { name: line.name || nameIn(register, fields, teller), fields }
  })
  const around = { ...teller, around: { register, fields: lines[0]?.fields ?? {} } }
  const told = register.sentence.flatMap((alternatives) =>
    firstThatFits(alternatives, (one) => {
      const fitting = lines.filter(({ fields }) => holds(one.when, fields))
      return fitting.length > 0 && ((path, isCount) => saidIn(register, path, isCount, fitting, around))
    }),
  )
  return [...told, ...unspoken(register).flatMap((field) => namedPart(field, lines[0]?.fields[field.name], around))]
}

/** Fields that the register's own words leave out, those of a county's extension above all: said by their names. */
function unspoken(register: Register): Field[] {
  const items = register.fields.flatMap((field) => spokenOf(field.sentence))
  const spoken = new Set([...spokenOf(register.sentence), ...items])
  return register.fields.filter((field) => field.isAsked && !spoken.has(field.name))
}

function namedPart(field: Field, value: Value | undefined, teller: Teller): Part[] {
  const isThere = exists(value) && !isEmpty(value)
  const said = isThere ? withUnit(field, value, teller) : ''
  return said === '' ? [] : parts('say_named', { field: field.label(settings.language), value: said })
}

/** Whose name will stand on it, where two people share the phone. */
export function saidBy(view: View | null): Part[] {
  const enrolled = view?.enrolled
  return enrolled?.others.length ? parts('say_by', { name: enrolled.person }) : []
}

/** Names of everybody in the form, or what the register's title says. */
export function peopleOf(register: Register, form: Form, teller: Teller): string {
  return joined(linesOf(form).map((line) => line.name || nameIn(register, { ...form.shared, ...line.fields }, teller)))
}

/** What a record is called: people by their names alone. */
function nameIn(register: Register, fields: Fields, teller: Teller): string {
  const path = register.titlePath
  const field = path === undefined ? undefined : register.field(path)
  const value = path === undefined ? undefined : valueAt(fields, path)
  if (!field || value === undefined) return ''
  if (field.widget !== 'participants') return saidValue(field, value, teller)
  return joined((Array.isArray(value) ? value : []).map((one) => teller.person(group(one)['person'] ?? null)))
}

function saidIn(register: Register, path: string, isCount: boolean, lines: Said[], teller: Teller): string {
  const field = register.field(path)
  if (!field) return ''
  if (isCount) return countIn(path, lines)
  const isOfLines = register.lineFields.includes(path.split('.')[0] ?? '')
  return isOfLines ? saidOfLines(field, path, lines, teller) : saidOne(field, lines[0]?.fields, path, teller)
}

function saidOne(field: Field, fields: Fields | undefined, path: string, teller: Teller): string {
  return fields ? saidValue(field, valueAt(fields, path), teller) : ''
}

function countIn(path: string, lines: Said[]): string {
  const lists = lines
    .map(({ fields }) => valueAt(fields, path))
    .filter((value): value is Value[] => Array.isArray(value))
  const count = lists.reduce((sum, list) => sum + list.length, 0)
  return count === 0 ? '' : String(count)
}

/** The same for everybody once (“each”); otherwise one by one. People themselves are simply listed. */
function saidOfLines(field: Field, path: string, lines: Said[], teller: Teller): string {
  const values = lines.map(({ name, fields }) => ({ name, value: valueAt(fields, path) }))
  if (values.every(({ value }) => !exists(value) || isEmpty(value))) return ''
  if (field.widget === 'person') return joined(values.map(({ name }) => name))
  const said = values.map(({ name, value }) => ({ name, gift: saidValue(field, value, teller) || words('nothing') }))
  const [first, ...others] = said
  if (!first || others.length === 0) return first?.gift ?? ''
  if (field.widget !== 'gift') return [...new Set(said.map(({ gift }) => gift))].join(words('and'))
  if (others.every(({ gift }) => gift === first.gift)) return say('say_each_gift', { gift: first.gift })
  return said.map((one) => say('say_person_gift', one)).join(settings.language === 'zh' ? '；' : '; ')
}
