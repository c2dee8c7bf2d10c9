/**
 * Turns field names and values of the visit register into plain words.
 *
 * Always true: labels and choices come from the register's file, so that a new choice needs no change here; what is
 * unknown is shown as it stands, never dropped. Deliberately not here: names of persons, units and campaigns, which the
 * caller passes in, and the words of the workbench itself.
 */
import register from '#registers/visit.json'
import { day, moment, money } from './amounts'
import { language, say, sayIfKnown } from './language'

interface Labelled {
  zh: string
  en: string
}

interface Property {
  'x-label'?: Labelled
  'x-options'?: Record<string, Labelled>
  items?: Property
  properties?: Record<string, Property>
}

/** What only the caller knows: how units, campaigns and this record's person are called. */
export interface Names {
  unit: (code: string) => string
  campaign: (id: string) => string
  person: string
}

/** Names for places where nothing is known: codes stay as they are. */
export const NO_NAMES: Names = { unit: (code) => code, campaign: (id) => id, person: '' }

const properties = register.properties as unknown as Record<string, Property>
const SETTLED = 'settled/'
const NO_TEXT = ''

/** All fields that the register names, in its order, those hidden on the phone included. */
export const FIELDS: readonly string[] = Object.keys(properties)

function inLanguage(words: Labelled): string {
  return words[language.value]
}

/** 慰问金和慰问品 for `gift`. */
export function fieldWords(field: string): string {
  if (field.startsWith(SETTLED)) return say('words.settled_field', { field: fieldWords(field.slice(SETTLED.length)) })
  if (field === 'double') return say('matter.double')
  const label = properties[field]?.['x-label']
  return label ? inLanguage(label) : field
}

/** The choices of a field, as code and words, for selects. */
export function choices(field: string): { value: string; label: string }[] {
  const options = properties[field]?.['x-options'] ?? {}
  return Object.entries(options).map(([value, words]) => ({ value, label: inLanguage(words) }))
}

/** 送到了 for `outcome`, `delivered`; a code that the register lacks is shown as it is. */
export function choiceWords(field: string, code: string, inGroup?: string): string {
  const property = properties[field]
  const options =
    (inGroup ? property?.properties?.[inGroup] : property)?.['x-options'] ?? property?.items?.['x-options']
  const words = options?.[code]
  return words ? inLanguage(words) : code
}

/** A field's value in words. */
export function valueWords(field: string, value: unknown, names: Names = NO_NAMES): string {
  if (field.startsWith(SETTLED)) return settlementWords(field.slice(SETTLED.length), value, names)
  if (field === 'void_reason' && value === null) return say('words.restored')
  if (field === 'double_of') return say(value === null ? 'words.not_a_double' : 'visits.state_double')
  if (value === null || value === undefined || value === '') return say('words.empty')
  if (typeof value === 'boolean') return say(value ? 'words.yes' : 'words.no')
  if (Array.isArray(value)) return listWords(field, value)
  if (typeof value === 'object') return groupWords(field, value as Record<string, unknown>, names)
  return scalarWords(field, String(value), names)
}

/** Why a record is void: a code of the phone's in words, or the text as it was written. */
export function voidReasonWords(reason: string): string {
  return sayIfKnown(`reason.${reason}`, reason)
}

function scalarWords(field: string, scalar: string, names: Names): string {
  if (field === 'visit_date') return day(scalar)
  if (field === 'division_code') return names.unit(scalar)
  if (field === 'campaign_id') return names.campaign(scalar)
  if (field === 'void_reason') return voidReasonWords(scalar)
  return choiceWords(field, scalar)
}

function listWords(field: string, list: unknown[]): string {
  if (list.length === 0) return say('app.none')
  // References to staff and photos are ids that mean nothing to a reader: their number does.
  if (field === 'visitor_refs') return say('words.people_count', { n: list.length })
  if (field === 'photos') return say('words.photos', { n: list.length })
  return list
    .map((item) => (typeof item === 'string' ? choiceWords(field, item) : otherWords(item)))
    .join(say('words.and'))
}

function groupWords(field: string, group: Record<string, unknown>, names: Names): string {
  const parts = GROUPS[field]?.(group, names) ?? Object.values(group).map(otherWords)
  return parts.filter((said) => said !== NO_TEXT).join(' · ') || say('words.empty')
}

/** How each group is said; what is absent is left out. */
const GROUPS: Record<string, (group: Record<string, unknown>, names: Names) => string[]> = {
  gift: giftWords,
  handover: (group) => [part('handover', 'handover_place', group), text(group['handover_reason'])],
  person: (group, names) => [
    names.person || text(group['name']) || text(group['person_ref']),
    group['person_ref'] === undefined ? say('words.not_on_list') : NO_TEXT,
    text(group['village']),
  ],
  sign_sheet: (group) => [
    text(group['sign_sheet_no']),
    group['line_no'] === undefined ? NO_TEXT : say('words.line', { n: text(group['line_no']) }),
  ],
  bereavement: (group) => [
    group['death_date'] === undefined ? NO_TEXT : say('words.died_on', { date: day(text(group['death_date'])) }),
    text(group['reporter']),
  ],
  // Who entered a record stands in its history, under the name that the signature proves; the id here is only an id.
  entry: (group) => [part('entry', 'source', group), entered(text(group['entered_at']))],
}

function giftWords(gift: Record<string, unknown>): string[] {
  const fen = gift['money_fen']
  const goods = Array.isArray(gift['goods']) ? (gift['goods'] as Record<string, unknown>[]) : []
  const pay = gift['pay_method'] === 'none' ? NO_TEXT : part('gift', 'pay_method', gift)
  return [
    typeof fen === 'number' && fen > 0
      ? `${money(fen)}${pay && say('words.bracketed', { words: pay })}`
      : say('words.no_money'),
    goods.map(goodsWords).join(say('words.and')),
    part('gift', 'fund_source', gift),
  ]
}

function goodsWords(goods: Record<string, unknown>): string {
  return `${text(goods['item'])} ${text(goods['quantity'])} ${text(goods['measure_word'])}`.trim()
}

function settlementWords(field: string, value: unknown, names: Names): string {
  if (typeof value !== 'object' || value === null) return otherWords(value)
  const settled = value as Record<string, unknown>
  const what =
    field === 'double'
      ? say(settled['kept'] === null ? 'words.all_real' : 'words.one_counts')
      : 'value' in settled
        ? valueWords(field, settled['value'], names)
        : say('words.chosen_value')
  const note = text(settled['note'])
  return [what, text(settled['by']), note && say('words.note', { note })].filter((p) => p !== NO_TEXT).join(' · ')
}

function part(field: string, name: string, group: Record<string, unknown>): string {
  const code = group[name]
  return typeof code === 'string' ? choiceWords(field, code, name) : NO_TEXT
}

function entered(at: string): string {
  const ms = Date.parse(at)
  return Number.isNaN(ms) ? at : moment(ms)
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : NO_TEXT
}

function otherWords(value: unknown): string {
  return text(value) || JSON.stringify(value) || say('words.other_value')
}
