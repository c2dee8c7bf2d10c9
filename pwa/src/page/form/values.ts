/**
 * A value of any field in words, by its widget: a choice by its label, money in yuan, people by name.
 *
 * Always true: a code that nothing explains is said as it stands; nothing is dropped. Deliberately not here: sentences.
 */
import { valueAt } from '../../shared/condition'
import type { View } from '../../shared/messages'
import { group, text, type Fields, type Value } from '../../shared/record'
import type { Field, Register } from '../../shared/register'
import type { CountyList } from '../../shared/tables'
import { nameOf } from '../list/titles'
import { unitName } from '../list/units'
import { settings } from '../settings'
import { say, words } from '../words'
import { showDay, showGift, showYuan } from '../words/format'
import { scopeOf } from './held'
import { filledSentence } from './template'

/** What only the county's tables know. */
export type Teller = {
  lists: readonly CountyList[]
  /** The record's day, on which codes of lists are read. */
  day: string
  staff: (id: string) => string
  person: (value: Value) => string
  unit: (code: string) => string
  /** The record around a list, for what its items say of it. */
  around?: { register: Register; fields: Fields }
}

/** Tells with what the phone knows now. */
export function tellerOf(view: View | null, day: string): Teller {
  return {
    lists: view?.lists ?? [],
    day,
    staff: (id) => (view ? staffName(view, id) : id),
    person: (value) => text(group(value)['contact']) || (view ? nameOf(view, value) : text(group(value)['name'])),
    unit: (code) => (view ? unitName(view, code) : code),
  }
}

/** The name of somebody who serves a station; a colleague's where the village's list does not know the id. */
export function staffName(view: View, id: string): string {
  if (id === view.enrolled?.personId) return view.enrolled.person
  const staff = view.villages.flatMap((village) => village.staff)
  return [...(view.enrolled?.others ?? []), ...staff].find((member) => member.id === id)?.name ?? words('colleague')
}

/** A value in words; empty where there is none. */
export function saidValue(field: Field, value: Value | undefined, teller: Teller): string {
  if (value === undefined || value === null || value === '') return ''
  const said = SAID[field.widget]
  if (said) return said(field, value, teller)
  if (Array.isArray(value)) return saidList(field, value, teller)
  if (typeof value === 'object') return members(field, value as Fields, teller)
  return typeof value === 'string' ? label(field, value, teller) : String(value)
}

type Saying = (field: Field, value: Value, teller: Teller) => string

const SAID: Record<string, Saying> = {
  date: (_, value) => showDay(text(value)),
  month: (_, value) => showMonth(text(value)),
  batch: (_, value) => showBatch(text(value)),
  money: (_, value) => (typeof value === 'number' ? say('yuan', { yuan: showYuan(value) }) : String(value)),
  gift: (_, value) => showGift(value),
  person: (_, value, teller) => teller.person(value),
  staff: (_, value, teller) => joined(items(value).map((id) => teller.staff(text(id)))),
  unit: (_, value, teller) => teller.unit(text(value)),
  switch: (_, value) => words(value === true ? 'yes' : 'no'),
  checklist: (field, value, teller) =>
    joined(items(group(value)['ticks']).map((code) => label(field, text(code), teller))),
}

function items(value: Value | undefined): Value[] {
  return Array.isArray(value) ? value : []
}

function label(field: Field, value: string, teller: Teller): string {
  return field.optionLabel(value, settings.language, teller.lists, teller.day)
}

/** A list; where its items have a sentence of their own, each is said by it. */
function saidList(field: Field, list: Value[], teller: Teller): string {
  const said = list.map((item) => saidItem(field, item, teller)).filter(Boolean)
  return field.sentence.length === 0 ? joined(said) : said.join(words('semicolon'))
}

function itemSentence(field: Field, item: Fields, teller: Teller): string {
  const scope = scopeOf(teller.around?.fields ?? {}, item)
  const parts = filledSentence(field.sentence, scope, (path) => {
    const name = path.split('.')[0] ?? ''
    const inner = field.member(name) ? descend(field, path) : teller.around?.register.field(path)
    return inner ? saidValue(inner, valueAt(field.member(name) ? item : scope, path), teller) : ''
  })
  return parts.map((part) => part.text).join('')
}

function descend(field: Field, path: string): Field | undefined {
  return path.split('.').reduce<Field | undefined>((found, name) => found?.member(name), field)
}

function saidItem(field: Field, item: Value, teller: Teller): string {
  if (field.sentence.length > 0 && item !== null && typeof item === 'object') {
    return itemSentence(field, item as Fields, teller)
  }
  if (typeof item === 'string') return label(field, item, teller)
  return item !== null && typeof item === 'object' ? members(field, item as Fields, teller) : String(item)
}

/** Members of a group, with what is no text or choice named by its label. */
function members(field: Field, value: Fields, teller: Teller): string {
  const said = Object.entries(value).map(([name, inner]) => {
    const member = field.member(name)
    if (!member) return typeof inner === 'object' ? '' : String(inner)
    if (member.widget === 'hidden') return ''
    const said = withUnit(member, inner, teller)
    return member.widget === 'switch' ? `${member.label(settings.language)} ${said}` : said
  })
  return said.filter(Boolean).join(' ')
}

/** A number with the word behind it, for where no sentence says it. */
export function withUnit(field: Field, value: Value | undefined, teller: Teller): string {
  const said = saidValue(field, value, teller)
  if (said === '') return ''
  const unit = field.unitWord(settings.language)
  return unit === '' ? said : `${said} ${unit}`
}

export function joined(pieces: string[]): string {
  return pieces.filter(Boolean).join(words('and'))
}

function showMonth(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return say('month_word', { year, month: Number(number) })
}

/** 2024年春季 for 2024H1. */
export function showBatch(batch: string): string {
  const [year = '', half = ''] = batch.split('H')
  return say(half === '1' ? 'batch_spring' : 'batch_autumn', { year })
}
