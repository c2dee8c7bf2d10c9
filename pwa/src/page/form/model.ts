/**
 * The form of a visit: what a person can set, and the record's fields that come of it.
 *
 * Always true: everything that is recorded is in the form and is said in its sentence; amounts come from the campaign's
 * package. One household is one form, and each of its people one record. Deliberately not here: how it is drawn.
 */
import type { Campaign, Package, RosterPerson, VillageTable } from '../../shared/generated'
import { newId, visitAddress } from '../../shared/ids'
import type { Enrolled, OpenedRecord } from '../../shared/messages'
import { group, text, type Fields, type Value } from '../../shared/record'
import { dayOf, minuteOf } from '../../shared/time'

export type Gift = { [key: string]: Value }
export type Line = {
  recordId: string
  intentId: string
  person: Gift
  name: string
  gift: Gift | null
  personTimes: number
}
export type Form = {
  key: string
  unit: string
  kind: string
  campaignId: string | null
  outcome: string
  date: string
  handover: Gift
  receiver: string
  leadRank: string
  visitors: string[]
  lines: Line[]
  /** Record ids of people of the household who are left for another day. */
  left: string[]
  needs: string[]
  sheet: Gift
  note: string
  bereavement: Gift
  /** What is corrected; null for a new visit. */
  opened: OpenedRecord | null
}

const RECEIVERS_OF_KIND: Record<string, string> = { bereavement: 'other_relative' }

/** A form with everything defaulted, for people of one household. */
export function newForm(
  enrolled: Enrolled,
  village: VillageTable,
  people: { person: Gift; name: string; gift: Gift | null }[],
  kind: string,
  campaignId: string | null,
  now: number,
): Form {
  const me = village.staff.find((member) => member.id === enrolled.personId)
  const other = village.staff.find((member) => member.id !== enrolled.personId)
  return {
    key: `${campaignId ?? kind}/${people.map((one) => text(one.person['person_ref']) || one.name).join('+')}`,
    unit: village.unit,
    kind,
    campaignId,
    outcome: 'delivered',
    date: dayOf(now),
    handover: { handover_place: kind === 'hospital' ? 'hospital' : 'home' },
    receiver: RECEIVERS_OF_KIND[kind] ?? 'self',
    leadRank: me?.rank ?? 'village_cadre',
    visitors: [enrolled.personId, ...(other ? [other.id] : [])],
    lines: people.map((one) => ({ ...one, recordId: newId(now), intentId: newId(now), personTimes: 1 })),
    left: [],
    needs: [],
    sheet: {},
    note: '',
    bereavement: {},
    opened: null,
  }
}

export function rosterPerson(person: RosterPerson): Gift {
  return { person_ref: person.person_ref, name: person.name }
}

/** The gift that the campaign sets for a person; none outside a campaign. */
export function standardGift(campaign: Campaign, person: RosterPerson): Gift | null {
  const target = person.targets.find((one) => one.campaign_id === campaign.id)
  const found = campaign.packages.find((one) => one.id === target?.package_id)
  return found ? giftOf(found) : null
}

function giftOf(standard: Package): Gift {
  const goods = standard.goods.map(({ item, quantity, measure_word }) => ({ item, quantity, measure_word }))
  const { id, money_fen, pay_method, fund_source } = standard
  return { package_id: id, money_fen, pay_method, goods, fund_source }
}

function list(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(text) : []
}

/** A form on a record that exists. */
export function editForm(opened: OpenedRecord, name: string, now: number): Form {
  const { fields } = opened
  const times = fields['person_times']
  const gift = fields['gift']
  return {
    key: `edit/${opened.recordId}`,
    unit: opened.address.split('/')[1] ?? '',
    kind: text(fields['visit_kind']),
    campaignId: text(fields['campaign_id']) || null,
    outcome: text(fields['outcome']),
    date: text(fields['visit_date']),
    handover: { handover_place: 'home', ...group(fields['handover']) },
    receiver: text(fields['receiver']) || 'self',
    leadRank: text(fields['lead_rank']),
    visitors: list(fields['visitor_refs']),
    lines: [
      {
        recordId: opened.recordId,
        intentId: newId(now),
        person: group(fields['person']),
        name,
        gift: gift === null || gift === undefined ? null : group(gift),
        personTimes: typeof times === 'number' ? times : 1,
      },
    ],
    left: [],
    needs: list(fields['need_codes']),
    sheet: group(fields['sign_sheet']),
    note: text(fields['note']),
    bereavement: group(fields['bereavement']),
    opened,
  }
}

/** The record's fields of one line. What was never there and is empty now is left out. */
export function toFields(form: Form, line: Line, enrolled: Enrolled, now: number): Fields {
  const before = form.opened?.fields ?? {}
  const isMet = form.outcome === 'delivered'
  const fields: Fields = {
    campaign_id: form.campaignId,
    visit_kind: form.kind,
    outcome: form.outcome,
    visit_date: form.date,
    division_code: form.unit.padEnd(12, '0'),
    person: line.person,
    person_times: isMet ? line.personTimes || 1 : 0,
    gift: isMet ? line.gift : null,
    lead_rank: form.leadRank,
    visitor_refs: form.visitors,
  }
  if (isMet) {
    fields['handover'] = form.handover
    fields['receiver'] = form.receiver
  }
  const optional: [string, Value, boolean][] = [
    ['need_codes', form.needs, form.needs.length === 0],
    ['sign_sheet', form.sheet, Object.keys(form.sheet).length === 0],
    ['note', form.note, form.note === ''],
    ['bereavement', form.bereavement, Object.keys(form.bereavement).length === 0],
  ]
  for (const [field, value, isEmpty] of optional) if (!isEmpty || field in before) fields[field] = value
  if (!form.opened) fields['entry'] = { entered_by: enrolled.personId, entered_at: minuteOf(now), source: 'phone' }
  return fields
}

/** The people of this visit: those of the household who are not left for another day. */
export function linesOf(form: Form): Line[] {
  return form.lines.filter((line) => !form.left.includes(line.recordId))
}

/** Where a new record of this form is kept. A corrected one stays where it is. */
export function addressOf(form: Form): string {
  return form.opened?.address ?? visitAddress(form.unit, form.date)
}
