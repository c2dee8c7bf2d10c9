/**
 * The form of any register: what a person can set, and the records' fields that come of it.
 *
 * Always true: everything that is recorded is in the form; what one person of a form has for himself stands in a line,
 * and each line becomes one record. Deliberately not here: how it is drawn, and what only visits know (visit.ts).
 */
import { cutUnit, levelOf, newId } from '../../shared/ids'
import type { OpenedRecord } from '../../shared/messages'
import { isSame, type Fields, type Value } from '../../shared/record'
import type { Register } from '../../shared/register'
import { minuteOf } from '../../shared/time'
import { defaultOf, isFilled, defaultsOf, type Place } from './defaults'
import { heldFields, isEmpty, shaped } from './held'

export type Line = { recordId: string; intentId: string; name: string; fields: Fields }
/** Where what is recorded comes from. */
export type Source = 'phone' | 'township_desk' | 'paper_sheet'
export type Form = {
  /** Drafts are kept under it. */
  key: string
  register: string
  unit: string
  shared: Fields
  lines: Line[]
  /** Record ids of lines that are left for another day. */
  left: string[]
  /** What is corrected; null for a new record. */
  opened: OpenedRecord | null
  source: Source
  /** The step whose fields alone are asked. */
  step: string | null
  /** What somebody has begun to type and not added yet. */
  typed?: Record<string, string>
}

/** What a new form begins with beside the register's defaults. */
export type Start = { key: string; shared: Fields; lines: { name: string; fields: Fields }[] }

/** A form with everything defaulted. Without lines it has one. */
export function newForm(register: Register, place: Place, start: Start): Form {
  const isLine = (name: string): boolean => register.lineFields.includes(name)
  const defaults = defaultsOf(register.fields, place, start.shared)
  const lines = start.lines.length > 0 ? start.lines : [{ name: '', fields: {} }]
  return {
    key: start.key,
    register: register.name,
    unit: cutUnit(place.unit),
    shared: { ...only(defaults, (name) => !isLine(name)), ...start.shared },
    lines: lines.map(({ name, fields }) => ({
      recordId: newId(place.now),
      intentId: newId(place.now),
      name,
      fields: { ...only(defaults, isLine), ...fields },
    })),
    left: [],
    opened: null,
    source: sourceOf(place),
    step: null,
  }
}

/** A township writes for a village whose post is empty, or from its desk. */
export function sourceOf({ enrolled, unit }: Place): Source {
  const isDesk = enrolled.units.some((own) => levelOf(own) === 'township' && own !== cutUnit(unit))
  return isDesk && !enrolled.units.includes(cutUnit(unit)) ? 'township_desk' : 'phone'
}

/** A form on a record that exists. */
export function editForm(register: Register, opened: OpenedRecord, name: string): Form {
  const isLine = (field: string): boolean => register.lineFields.includes(field)
  const { recordId, address, fields } = opened
  return {
    key: `edit/${recordId}`,
    register: register.name,
    unit: address.split('/')[1] ?? '',
    shared: only(fields, (field) => !isLine(field)),
    lines: [{ recordId, intentId: newId(), name, fields: only(fields, isLine) }],
    left: [],
    opened,
    source: 'phone',
    step: null,
  }
}

/** A form for one step of a record, with that step's defaults. */
export function stepForm(register: Register, form: Form, id: string, place: Place): Form {
  const names = register.steps.find((step) => step.id === id)?.fields ?? []
  const key = `${form.key}/${id}`
  const waiting = register.fields.filter((field) => names.includes(field.name) && isEmpty(valueIn(form, field.name)))
  return waiting.reduce<Form>(
    (before, field) => withValue(register, before, field.name, defaultOf(field, place, rawFields(before))),
    { ...form, key, step: id },
  )
}

function only(fields: Fields, isWanted: (name: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isWanted(name)))
}

/** The lines that are recorded: those that are not left for another day. */
export function linesOf(form: Form): Line[] {
  return form.lines.filter((line) => !form.left.includes(line.recordId))
}

/** Everything that was set for one line, what does not hold included. */
export function rawFields(form: Form, line: Line | undefined = linesOf(form)[0]): Fields {
  return { ...form.shared, ...line?.fields }
}

/** The value of a field; of a field of lines, the first line's. */
export function valueIn(form: Form, name: string): Value | undefined {
  return rawFields(form)[name]
}

/** The form with another value of a field, in one line or in all. `undefined` takes it away. */
export function withValue(
  register: Register,
  form: Form,
  name: string,
  value: Value | undefined,
  recordId?: string,
): Form {
  if (!register.lineFields.includes(name)) return { ...form, shared: put(form.shared, name, value) }
  const lines = form.lines.map((line) =>
    recordId === undefined || line.recordId === recordId ? { ...line, fields: put(line.fields, name, value) } : line,
  )
  return { ...form, lines }
}

function put(fields: Fields, name: string, value: Value | undefined): Fields {
  const { [name]: _, ...rest } = fields
  return value === undefined ? rest : { ...rest, [name]: value }
}

/**
 * The form after a change: what did not hold before and holds now is not left with what stood for “does not apply”. What
 * others fill in begins with nothing, but in their own step.
 */
export function settled(register: Register, before: Form, after: Form, place: Place): Form {
  const [earlier, later] = [heldFields(register, rawFields(before)), heldFields(register, rawFields(after))]
  let form = after
  const ours = register.steps.find((step) => step.id === after.step)?.fields ?? []
  for (const field of register.fields) {
    if (field.isOfOthers && !ours.includes(field.name)) continue
    const appears = !earlier.names.has(field.name) && later.names.has(field.name)
    const value = valueIn(after, field.name)
    const stood = field.otherwise !== undefined && isSame(value, field.otherwise)
    if (appears && (stood || value === undefined))
      form = withValue(register, form, field.name, defaultOf(field, place, rawFields(form)))
  }
  return form
}

/** The record's fields of one line. What was never there and is empty now is left out. */
export function toFields(register: Register, form: Form, line: Line, me: string, now: number): Fields {
  const before = form.opened?.fields ?? {}
  const { fields: held } = heldFields(register, rawFields(form, line))
  const fields: Fields = {}
  for (const field of register.fields) {
    const value = held[field.name]
    if (isFilled(field, 'entry') && !form.opened) {
      fields[field.name] = { entered_by: me, entered_at: minuteOf(now), source: form.source }
    } else if (value !== undefined) {
      const whole = shaped(field, value, held)
      if (!isEmpty(whole) || field.name in before) fields[field.name] = whole
    }
  }
  return fields
}

/** Where a new record of this form is kept. A corrected one stays where it is. */
export function addressOf(register: Register, form: Form): string {
  return form.opened?.address ?? register.addressOf(form.unit, rawFields(form))
}
