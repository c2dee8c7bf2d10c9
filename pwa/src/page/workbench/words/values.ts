/**
 * Says the value of a field of any register, by its kind alone.
 *
 * Always true: what is unknown is shown as it stands, never dropped; a list of groups has one line for each.
 * Deliberately not here: which field it is (`fields.ts`), and names of persons, units and campaigns, which the caller
 * passes in.
 */
import type { Field } from '../../../shared/field'
import { lists } from '../server/registers'
import { count, day, moment, money } from './amounts'
import { language, say, sayIfKnown } from './language'

/** What only the caller knows: how units, campaigns and this record's person are called, and the record's day. */
export interface Names {
  unit: (code: string) => string
  campaign: (id: string) => string
  person: string
  /** What the participants are called, in their order. */
  people?: readonly string[]
  /** What people in other lists are called, by their reference. */
  byReference?: Readonly<Record<string, unknown>>
  /** Which version of a list speaks; the newest where nothing is said. */
  day?: string
}

/** Names for places where nothing is known: codes stay as they are. */
export const NO_NAMES: Names = { unit: (code) => code, campaign: (id) => id, person: '' }

type Group = Record<string, unknown>
type Sayer = (field: Field, value: never, names: Names) => string

const NO_TEXT = ''
const LAST_DAY = '9999'

/** One line. */
export function sayValue(field: Field | undefined, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return say('words.empty')
  if (!field) return sayUnknown(value)
  if (field.name === 'campaign_id') return names.campaign(String(value))
  if (field.name === 'entry' && isGroup(value)) return entryWords(field, value, names)
  const sayer = fits(field.widget, value) ? SAYERS[field.widget] : undefined
  return sayer ? sayer(field, value as never, names) : sayScalar(field, value, names)
}

/** One line, or one for each item of a list of groups. */
export function sayLines(field: Field | undefined, value: unknown, names: Names): string[] {
  const isList = field !== undefined && LISTS.has(field.widget) && Array.isArray(value) && value.length > 0
  if (!isList) return [sayValue(field, value, names)]
  // The record's own person is none of those in its lists.
  const called = names.people?.length === value.length ? names.people : []
  const namesAt = (index: number): Names => ({ ...names, person: called[index] ?? NO_TEXT })
  return value.map((item, index) => (isGroup(item) ? groupWords(field, item, namesAt(index)) : sayUnknown(item)))
}

/** What stands in a table: a list of groups is its number there. */
export function sayShort(field: Field, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return NO_TEXT
  if (Array.isArray(value) && LISTS.has(field.widget))
    return say(field.widget === 'items' ? 'words.items_count' : 'words.people_count', { n: value.length })
  return sayValue(field, value, names)
}

/** Widgets whose value is a list of groups. */
const LISTS = new Set(['items', 'participants'])
const OF_GROUPS = new Set(['person', 'gift', 'checklist', 'group', 'sheet', 'bereavement'])
const OF_ARRAYS = new Set(['choices', 'staff', 'photos', 'items', 'participants'])

function fits(widget: string, value: unknown): boolean {
  if (OF_GROUPS.has(widget)) return isGroup(value)
  if (OF_ARRAYS.has(widget)) return Array.isArray(value)
  if (widget === 'number' || widget === 'money') return typeof value === 'number'
  return typeof value === 'string' || typeof value === 'boolean'
}

const SAYERS: Record<string, Sayer | undefined> = {
  choice: (field, value: string, names) => optionWords(field, value, names),
  choices: (field, value: string[], names) =>
    value.map((code) => optionWords(field, code, names)).join(say('words.and')) || say('app.none'),
  date: (_, value: string) => day(value),
  month: (_, value: string) => monthWords(value),
  batch: (_, value: string) => batchWords(value),
  money: (_, value: number) => money(value),
  number: (field, value: number) => `${count(value)} ${field.unitWord(language.value)}`.trim(),
  unit: (_, value: string, names) => names.unit(value),
  person: (_, value: Group, names) => personWords(value, names),
  staff: (_, value: unknown[]) => say('words.people_count', { n: value.length }),
  photos: (_, value: unknown[]) => say('words.photos', { n: value.length }),
  gift: (field, value: Group, names) => giftWords(field, value, names),
  checklist: (field, value: Group) => checklistWords(field, value),
  group: (field, value: Group, names) => groupWords(field, value, names),
  items: (field, value: unknown[], names) => sayLines(field, value, names).join('；'),
  participants: (field, value: unknown[], names) => sayLines(field, value, names).join('；'),
}

/** 2024-02 as 2024年2月. */
export function monthWords(month: string): string {
  const parts = /^(\d{4})-(\d{2})$/.exec(month)
  if (!parts) return month
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, 1))
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB'
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(date)
}

/** 2024H1 as 2024年春季. */
export function batchWords(batch: string): string {
  const parts = /^(\d{4})H([12])$/.exec(batch)
  return parts ? say(parts[2] === '1' ? 'words.spring' : 'words.autumn', { year: parts[1] ?? '' }) : batch
}

function optionWords(field: Field, code: string, names: Names): string {
  return field.optionLabel(code, language.value, lists.value, names.day ?? LAST_DAY)
}

/** Somebody on a list by name; somebody on no list with the word that the township has still to match them. */
function personWords(person: Group, names: Names): string {
  const isMatched = typeof person['person_ref'] === 'string'
  const own = text(person['name']) || text(person['contact'])
  const reference = text(person['person_ref'])
  const called = names.person || text(names.byReference?.[reference])
  const known = called || own || say('words.list_no', { ref: reference })
  const name = isMatched ? known : own || say('visits.no_name')
  const mark = isMatched ? NO_TEXT : say('words.to_match')
  return joined([name, mark, text(person['village'])])
}

function giftWords(field: Field, gift: Group, names: Names): string {
  const fen = gift['money_fen']
  const goods = Array.isArray(gift['goods']) ? (gift['goods'] as Group[]) : []
  const member = (name: string): string => {
    const value = gift[name]
    const found = field.member(name)
    return typeof value === 'string' && found ? optionWords(found, value, names) : NO_TEXT
  }
  const pay = gift['pay_method'] === 'none' ? NO_TEXT : member('pay_method')
  const amount =
    typeof fen === 'number' && fen > 0
      ? `${money(fen)}${pay && say('words.bracketed', { words: pay })}`
      : say('words.no_money')
  return joined([amount, goods.map(goodsWords).join(say('words.and')), member('fund_source')])
}

function goodsWords(goods: Group): string {
  return `${text(goods['item'])} ${text(goods['quantity'])} ${text(goods['measure_word'])}`.trim()
}

/** Ticks in words: a code never changes its meaning, so that the version need not be looked up. */
function checklistWords(field: Field, value: Group): string {
  const ticks = Array.isArray(value['ticks']) ? value['ticks'].map(String) : []
  const words = ticks.map((code) => field.optionLabel(code, language.value, lists.value, LAST_DAY))
  return words.join(say('words.and')) || say('app.none')
}

/** The members in their order; what would not speak for itself has its label before it. */
function groupWords(field: Field, group: Group, names: Names): string {
  const known = field.members.filter((member) => isPresent(group[member.name]))
  const dates = known.filter((member) => member.widget === 'date')
  const said = known.map((member) => memberWords(member, group[member.name], names, dates.length > 1))
  const unknown = Object.keys(group).filter((name) => !field.member(name) && isPresent(group[name]))
  return joined([...said, ...unknown.map((name) => sayUnknown(group[name]))]) || say('words.empty')
}

/** A lone day speaks for itself; of several each is named. */
function memberWords(member: Field, value: unknown, names: Names, namesDates = false): string {
  const label = member.label(language.value)
  if (typeof value === 'boolean') return value ? label : label + say('words.colon') + say('words.no')
  const words = sayValue(member, value, names)
  const isBare = member.widget === 'number' || member.widget === 'money' || (namesDates && member.widget === 'date')
  return isBare ? `${label} ${words}` : words
}

/** Who entered a record stands in its history, under the name that the signature proves; the id here is only an id. */
function entryWords(field: Field, entry: Group, names: Names): string {
  const source = field.member('source')
  const code = text(entry['source'])
  const at = Date.parse(text(entry['entered_at']))
  const sheet = field.members.filter((member) => !['source', 'entered_at', 'entered_by'].includes(member.name))
  const more = sheet.filter((member) => isPresent(entry[member.name]))
  return joined([
    source && code ? optionWords(source, code, names) : code,
    Number.isNaN(at) ? text(entry['entered_at']) : moment(at),
    ...more.map((member) => memberWords(member, entry[member.name], names)),
  ])
}

function sayScalar(field: Field, value: unknown, names: Names): string {
  if (typeof value === 'boolean') return say(value ? 'words.yes' : 'words.no')
  if (Array.isArray(value)) return value.length === 0 ? say('app.none') : value.map(sayUnknown).join(say('words.and'))
  if (isGroup(value)) return field.members.length > 0 ? groupWords(field, value, names) : sayUnknown(value)
  return optionWords(field, String(value), names)
}

/** A value of no known field. */
export function sayUnknown(value: unknown): string {
  if (typeof value === 'boolean') return say(value ? 'words.yes' : 'words.no')
  if (isGroup(value)) return joined(Object.values(value).map(sayUnknown)) || say('words.empty')
  return text(value) || JSON.stringify(value) || say('words.other_value')
}

/** Why a record is void: a code of the phone's in words, or the text as it was written. */
export function voidReasonWords(reason: string): string {
  return sayIfKnown(`reason.${reason}`, reason)
}

export function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

function joined(parts: string[]): string {
  return parts.filter((part) => part !== NO_TEXT).join(' · ')
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : NO_TEXT
}
