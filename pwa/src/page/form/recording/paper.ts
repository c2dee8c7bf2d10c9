/**
 * A record that is entered later, from a sheet of paper: the sheet's number and its day are asked first.
 *
 * Always true: a sheet was written before today, so the day it begins with is yesterday; a sheet without a number is
 * taken too. Deliberately not here: many homes of one sheet (list/sweep.ts), and drawing.
 */
import { exists } from '../../../shared/condition'
import { group, type Fields, type Value } from '../../../shared/record'
import type { Field, Register } from '../../../shared/register'
import { dayOf } from '../../../shared/time'
import { defaultOf, isFilled, type Place } from '../defaults'
import { redated } from '../redated'
import { linesOf, rawFields, settled, sourceOf, valueIn, withValue, type Form } from '../model'

const PAPER = 'paper_sheet'
const SHEET = 'sign_sheet'
const SHEET_DAY = 'sheet_date'
const DAY_MS = 24 * 3600 * 1000

function entryOf(register: Register): Field | undefined {
  return register.fields.find((field) => isFilled(field, 'entry'))
}

/**
 * What a sheet says first: its number, where the register keeps one, and its day. Where the register's own date is not the
 * day of a sheet (a month, the day a station was opened), the sheet has a day of its own.
 */
export function sheetFields(register: Register): Field[] {
  const sheet = register.field(SHEET)
  const day = sheet?.member(SHEET_DAY) ? undefined : register.field(register.datePath ?? '')
  const fields = [sheet, day]
  return fields.filter((field): field is Field => field !== undefined && field.isAsked)
}

/** Whether this form may be filled in from a sheet: a new record whose register knows that source. */
export function mayBePaper(register: Register, form: Form): boolean {
  const isKnown = entryOf(register)?.member('source')?.source.enum?.includes(PAPER) === true
  return isKnown && !form.opened && form.step === null && sheetFields(register).length > 0
}

export function isPaper(form: Form): boolean {
  return form.source === PAPER && !form.opened
}

/** The form as one from paper, or again as one that is written on the day. */
export function withPaper(register: Register, form: Form, wanted: boolean, place: Place): Form {
  const next = turned(register, form, wanted, place)
  return redated(register, form, next, place)
}

function turned(register: Register, form: Form, wanted: boolean, place: Place): Form {
  const { now } = place
  const whole: Form = { ...form, source: wanted ? PAPER : sourceOf(place) }
  const day = sheetFields(register).find((field) => field.name === register.datePath)
  const [today, yesterday] = [dayOf(now), dayOf(now - DAY_MS)]
  const stands = day && valueIn(form, day.name)
  if (wanted) {
    const isMoved = day !== undefined && stands === today
    return isMoved ? settled(register, form, withValue(register, whole, day.name, yesterday), place) : whole
  }
  const bare = withValue(register, whole, SHEET, undefined)
  if (day === undefined || stands !== yesterday) return bare
  const usual = defaultOf(day, { ...place, day: today }, rawFields(bare))
  return settled(register, form, withValue(register, bare, day.name, usual), place)
}

/** The sheet, where its number is still to be asked for. */
export function lackingSheet(register: Register, form: Form): Field[] {
  const sheet = register.field(SHEET)
  const has = exists(group(valueIn(form, SHEET))['sign_sheet_no'])
  return isPaper(form) && sheet?.member('sign_sheet_no') && !has ? [sheet] : []
}

/** People of one form stand on lines of the sheet that follow each other. */
export function onLines(form: Form): Form {
  const sheet = group(form.shared[SHEET])
  const first = sheet['line_no']
  const people = linesOf(form)
  if (!isPaper(form) || people.length < 2 || typeof first !== 'number') return form
  const lines = form.lines.map((line) => {
    const number: Value = { ...sheet, line_no: first + Math.max(people.indexOf(line), 0) }
    return { ...line, fields: { ...line.fields, [SHEET]: number } }
  })
  return { ...form, lines }
}

/** Where a record comes from, where that is no phone on the day: 纸质补录. */
export function sourceWords(register: Register | undefined, fields: Fields, language: 'zh' | 'en'): string {
  const entry = register && entryOf(register)
  const source = entry && group(fields[entry.name])['source']
  if (typeof source !== 'string' || source === 'phone') return ''
  return entry?.member('source')?.optionLabel(source, language) ?? source
}
