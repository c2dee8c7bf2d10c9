/**
 * What a form asks in place, what it offers to change, and what can be added.
 *
 * Always true: what a worker has to fill in and is empty is asked in place, and stays in place while the form is open;
 * a step's form asks that step's fields alone; from paper, what the sheet says is asked first. Deliberately not here: drawing.
 */
import { exists, holds, type Condition } from '../../../shared/condition'
import type { Fields, Value } from '../../../shared/record'
import type { Field, Register } from '../../../shared/register'
import { heldFields, isEmpty, shaped } from '../held'
import { rawFields, valueIn, type Form } from '../model'
import { quietIn } from '../visit'
import { isPaper, lackingSheet, sheetFields } from './paper'

export type Asked = { questions: Field[]; chips: Field[]; extras: Field[] }

/** `inPlace` are names of fields that were asked in place since the form was opened. */
export function askedIn(register: Register, form: Form, inPlace: ReadonlySet<string>): Asked {
  const { names, fields } = heldFields(register, rawFields(form))
  const step = register.steps.find((one) => one.id === form.step)
  const holding = register.fields.filter((field) => names.has(field.name) && !field.isSilent)
  if (step) return { questions: holding.filter((field) => step.fields.includes(field.name)), chips: [], extras: [] }
  const needed = requiredIn(register, fields)
  const quiet = quietIn(form)
  const first = isPaper(form) ? sheetFields(register).filter((field) => names.has(field.name)) : []
  const asked: Asked = { questions: [...first], chips: [], extras: [] }
  const others = holding.filter((one) => one.isAsked && !quiet.has(one.name) && !first.includes(one))
  for (const field of others) {
    const isThere = isSet(valueIn(form, field.name))
    if (inPlace.has(field.name) || (!isThere && isQuestion(field, form, needed))) asked.questions.push(field)
    else if (isThere) asked.chips.push(field)
    else asked.extras.push(field)
  }
  return asked
}

/** A correction asks again only what the record cannot be without. */
function isQuestion(field: Field, form: Form, needed: ReadonlySet<string>): boolean {
  return needed.has(field.name) || (field.filledBy === 'worker' && !form.opened)
}

export function isSet(value: Value | undefined): boolean {
  return exists(value) && !isEmpty(value)
}

/** Fields that the record must have and has not. */
export function missingIn(register: Register, form: Form): Field[] {
  const { names, fields } = heldFields(register, rawFields(form))
  const needed = requiredIn(register, fields)
  const step = register.steps.find((one) => one.id === form.step)?.fields
  const isAsked = (field: Field): boolean => (step ? step.includes(field.name) : field.isAsked)
  const wanted = register.fields.filter((field) => needed.has(field.name) && names.has(field.name) && isAsked(field))
  const lacking = wanted.filter((field) => {
    const value = fields[field.name]
    return !exists(value) || !isSet(shaped(field, value ?? null, fields))
  })
  return [...lackingSheet(register, form), ...lacking]
}

type Consequence = { required?: string[]; properties?: Record<string, { items?: { required?: string[] } }> }
type Rule = { if?: { properties?: Record<string, { const?: Value; enum?: Value[] }> }; then?: Consequence }

/** Names that the schema requires now: always, or by one of its plain `if`s. */
export function requiredIn(register: Register, fields: Fields): Set<string> {
  const { required = [] } = register.source
  return new Set([...required, ...rulesOf(register, fields).flatMap((then) => then.required ?? [])])
}

/** Members that each item of a list must have now, beside those it must always have. */
export function requiredInItems(register: Register, list: Field, fields: Fields): Set<string> {
  const rules = rulesOf(register, fields).flatMap((then) => then.properties?.[list.name]?.items?.required ?? [])
  return new Set([...(list.source.items?.required ?? []), ...rules])
}

/** What follows from the plain `if`s of the schema that hold. */
function rulesOf(register: Register, fields: Fields): Consequence[] {
  const rules = (register.schema['allOf'] ?? []) as unknown as Rule[]
  return rules.filter((rule) => applies(rule, fields)).map((rule) => rule.then ?? {})
}

function applies(rule: Rule, fields: Fields): boolean {
  const conditions = Object.entries(rule.if?.properties ?? {})
  const condition: Condition = {}
  for (const [name, { const: value, enum: values }] of conditions) condition[name] = values ?? value ?? null
  return conditions.length > 0 && holds(condition, fields)
}
