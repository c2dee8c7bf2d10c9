/**
 * Checks of single values that a register asks for: they warn and never block.
 *
 * Always true: each says in one plain sentence what was seen. Whatever is typed is looked at for units of the forces and
 * for citizen numbers, by the kind of its field, so that no register can forget it. Deliberately not here: the schema, and
 * drawing.
 */
import { valueAt } from '../../../shared/condition'
import { group, text, type Fields, type Value } from '../../../shared/record'
import type { Field } from '../../../shared/register'
import type { Warn } from '../../../shared/register_file'
import { settings } from '../../settings'
import { say } from '../../words'
import { showDate, showYuan } from '../../words/format'
import { findForbidden } from './free_text'
import { heldMembers, scopeOf } from '../held'

/** Letters of a credit code, in the order of their values. */
const USCC_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_LENGTH = 18

/** Whether the last letter of a unified social credit code is the check of the others (GB 32100-2015). */
export function isCreditCode(code: string): boolean {
  const values = [...code].map((letter) => USCC_LETTERS.indexOf(letter))
  if (values.length !== USCC_LENGTH || values.includes(-1)) return false
  let sum = 0
  let weight = 1
  for (const value of values.slice(0, -1)) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  // The outer remainder matters: a sum that divides leaves 31, which stands for 0.
  return values.at(-1) === (31 - (sum % 31)) % 31
}

/** A mobile number, a landline with or without its area, or a service number. */
const PHONE = /^(?:1\d{10}|(?:0\d{2,3})?\d{7,8}|400\d{7})$/

export function isPhone(number: string): boolean {
  return PHONE.test(number.replace(/[\s-]/g, ''))
}

/** Sentences about all values of a record that look odd. */
export function oddValues(fields: Field[], record: Fields): string[] {
  return fields.flatMap((field) => oddField(field, record[field.name], record))
}

function oddField(field: Field, value: Value | undefined, record: Fields): string[] {
  if (value === undefined || value === null) return []
  const own = [...field.warns.flatMap((warn) => oddValue(field, warn, value, record)), ...forbiddenIn(field, value)]
  if (field.members.length === 0 || field.widget === 'person') return own
  const holders = Array.isArray(value) ? value : [value]
  const inner = holders.flatMap((holder) =>
    heldMembers(field, record, holder).flatMap((member) =>
      oddField(member, group(holder)[member.name], scopeOf(record, holder)),
    ),
  )
  return [...own, ...inner]
}

/** What somebody writes of a person who is on no list. */
const OF_PERSON = ['name', 'contact', 'village', 'category']

/** What must not stand in typed text; of a number or code, citizen and account numbers alone. */
function forbiddenIn(field: Field, value: Value): string[] {
  const isCode = field.widget === 'code' && !field.warns.some((warn) => 'check' in warn && warn.check === 'uscc')
  const isText = ['text', 'long_text'].includes(field.widget)
  const typed = field.widget === 'person' ? OF_PERSON.map((name) => text(group(value)[name])) : [text(value)]
  if (!isCode && !isText && field.widget !== 'person') return []
  const found = typed.flatMap(findForbidden).filter(({ kind }) => !isCode || kind !== 'unit')
  return [...new Set(found.map(({ kind, seen }) => say(`warn_${kind}`, { seen })))]
}

function oddValue(field: Field, warn: Warn, value: Value, record: Fields): string[] {
  const label = field.label(settings.language)
  if ('check' in warn) return checked(warn.check, label, text(value))
  if ('after' in warn) return early(label, text(value), text(valueAt(record, warn.after)))
  if (typeof value !== 'number') return []
  const shown = field.widget === 'money' ? say('yuan', { yuan: showYuan(value) }) : String(value)
  if ('above' in warn && value > warn.above) return [say('warn_above', { field: label, value: shown })]
  // No money at all is no odd amount.
  if (field.widget === 'money' && value === 0) return []
  return 'below' in warn && value < warn.below ? [say('warn_below', { field: label, value: shown })] : []
}

function checked(check: 'uscc' | 'free_text' | 'phone', label: string, written: string): string[] {
  if (written === '') return []
  if (check === 'uscc') return isCreditCode(written) ? [] : [say('warn_uscc', { field: label })]
  // Free text is looked at by the kind of its field.
  return check === 'phone' && !isPhone(written) ? [say('warn_phone', { field: label })] : []
}

/** A day that lies before the one it must follow. */
function early(label: string, day: string, earliest: string): string[] {
  if (day === '' || earliest === '' || day >= earliest) return []
  return [say('warn_after', { field: label, day: showDate(day), earliest: showDate(earliest) })]
}
