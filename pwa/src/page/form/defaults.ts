/**
 * What a new record begins with: the register's defaults, and what the phone knows by itself.
 *
 * Always true: what only a township or the county writes has no default in anybody else's form. Deliberately not here:
 * defaults that rest on a campaign.
 */
import { holds } from '../../shared/condition'
import { cutUnit, levelOf } from '../../shared/ids'
import { itemOn } from '../../shared/lists'
import type { Enrolled } from '../../shared/messages'
import { group, text, type Fields, type Value } from '../../shared/record'
import type { Field } from '../../shared/register'
import type { Cases, Fill } from '../../shared/register_file'
import type { CountyList, UnitTable } from '../../shared/tables'
import { dayOf } from '../../shared/time'

/** What stands behind a unit's name on its station's sign; a name is Chinese in every language. */
const STATION = '退役军人服务站'

/** Who fills in a form, where and when, and what the county says. */
export type Place = {
  enrolled: Enrolled
  unit: string
  table: UnitTable | undefined
  lists: readonly CountyList[]
  now: number
  /** The record's own day, where it has one: lists are read as they were in force then. */
  day?: string
  /** Whether the record is only now being made: what is filled in of a day is then the record's own. */
  isNew?: boolean
}

/** Defaults in the order of the fields, on top of what is set already: a later one may rest on an earlier one. */
export function defaultsOf(fields: Field[], place: Place, set: Fields = {}): Fields {
  const found: Fields = {}
  for (const field of fields) {
    if (field.name in set || field.isOfOthers) continue
    const value = defaultOf(field, place, { ...set, ...found })
    if (value !== undefined) found[field.name] = value
  }
  return found
}

/** The default of a field; of a group without one, its members'. `scope` is what conditions see. */
export function defaultOf(field: Field, place: Place, scope: Fields): Value | undefined {
  const { 'x-default': value } = field.source
  const { fill, cases } = group(value as Value | undefined)
  if (typeof fill === 'string') return filled(field, fill as Fill, place, scope)
  if (Array.isArray(cases)) return (value as Cases).cases.find((one) => holds(one.when, scope))?.value
  const isPlain = value !== undefined || field.widget !== 'group' || field.filledBy === 'optional'
  return isPlain ? (value as Value | undefined) : membersOf(field, place, scope)
}

/** What a group or an item begins with once it is opened: defaults of members that hold, one resting on another. */
export function membersOf(field: Field, place: Place, record: Fields, set: Fields = {}): Fields | undefined {
  let whole = set
  for (const member of field.members) {
    const scope = { ...record, ...whole }
    if (member.name in whole || !holds(member.when, scope)) continue
    const value = defaultOf(member, place, scope)
    if (value !== undefined) whole = { ...whole, [member.name]: value }
  }
  return Object.keys(whole).length === 0 ? undefined : whole
}

/** Whether the phone fills a field in by itself with this. */
export function isFilled(field: Field, fill: Fill): boolean {
  return group(field.source['x-default'] as Value | undefined)['fill'] === fill
}

function filled(field: Field, fill: Fill, place: Place, scope: Fields): Value | undefined {
  const { enrolled, unit, table, lists, now } = place
  const day = place.day ?? dayOf(now)
  const today = place.isNew ? day : dayOf(now)
  if (fill === 'today') return field.widget === 'month' ? today.slice(0, 7) : today
  if (fill === 'unit') return cutUnit(unit).padEnd(12, '0')
  if (fill === 'level') return levelOf(unit)
  if (fill === 'me') return enrolled.personId
  if (fill === 'me_name') return enrolled.person || undefined
  if (fill === 'station_name') return table && `${table.name}${STATION}`
  if (fill === 'batch') return batchOf(today)
  if (fill === 'award') return itemOn(lists, 'awards', text(scope['honour_code']), day)?.amount_fen ?? undefined
  if (fill === 'staff') {
    const other = table?.staff.find((member) => member.id !== enrolled.personId)
    return [enrolled.personId, ...(other ? [other.id] : [])]
  }
  // The entry is made when the form is confirmed.
  return undefined
}

/** The batch of a day: the spring one until June. */
export function batchOf(day: string): string {
  return `${day.slice(0, 4)}${day.slice(5, 7) <= '06' ? 'H1' : 'H2'}`
}
