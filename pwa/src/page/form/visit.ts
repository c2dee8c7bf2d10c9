/**
 * What only visits know: a household of a campaign's list as one form, the campaign's package as the gift, who leads.
 *
 * Always true: amounts come from the campaign. Deliberately not here: anything that another register could need.
 */
import type { Campaign, Household, Package, RosterPerson } from '../../shared/generated'
import { group, text, type Fields, type Value } from '../../shared/record'
import type { Register } from '../../shared/register'
import type { UnitTable } from '../../shared/tables'
import type { View } from '../../shared/messages'
import type { Place } from './defaults'
import { newForm, withValue, type Form } from './model'

/** A visit to people of one household, each with the gift of the campaign. */
export function householdForm(register: Register, place: Place, campaign: Campaign, people: RosterPerson[]): Form {
  const lines = people.map((person) => ({
    name: person.name,
    fields: { person: rosterPerson(person), gift: standardGift(campaign, person) },
  }))
  return visitForm(register, place, campaign.visit_kind, campaign.id, lines)
}

/** A visit with its kind: of a campaign, or from the register's own button. */
export function visitForm(
  register: Register,
  place: Place,
  kind: string,
  campaignId: string | null,
  lines: { name: string; fields: Fields }[],
): Form {
  const rank = place.table?.staff.find((member) => member.id === place.enrolled.personId)?.rank
  const references = lines.map(({ fields }) => text(group(fields['person'])['person_ref']))
  const who = lines.map(({ name }, index) => references[index] || name).join('+')
  // Nobody yet, or a name that is on no list, is one of this village alone.
  const key = draftKey(campaignId ?? kind, who) + (references.includes('') ? `/${place.unit}` : '')
  const shared: Fields = { visit_kind: kind, campaign_id: campaignId, lead_rank: rank ?? 'village_cadre' }
  const start = { key, shared, lines }
  return newForm(register, place, start)
}

/** The draft's key of a visit, so that a list can show which home has one. */
export function draftKey(campaignOrKind: string, people: string): string {
  return `${campaignOrKind}/${people}`
}

export function rosterPerson(person: RosterPerson): { [key: string]: Value } {
  return { person_ref: person.person_ref, name: person.name }
}

/** The gift that the campaign sets for a person; none outside a campaign. */
export function standardGift(campaign: Campaign, person: RosterPerson): { [key: string]: Value } | null {
  const target = person.targets.find((one) => one.campaign_id === campaign.id)
  const found = campaign.packages.find((one) => one.id === target?.package_id)
  return found ? giftOf(found) : null
}

/** A package as the gift of a record. */
export function giftOf(standard: Package): { [key: string]: Value } {
  const goods = standard.goods.map(({ item, quantity, measure_word }) => ({ item, quantity, measure_word }))
  const { id, money_fen, pay_method, fund_source } = standard
  return { package_id: id, money_fen, pay_method, goods, fund_source }
}

/** The form after its outcome was changed: somebody who was met after all got the campaign's package. */
export function visitChanged(register: Register, form: Form, changed: string, view: View): Form {
  const campaign = view.campaigns.find((one) => one.id === form.shared['campaign_id'])
  if (changed !== 'outcome' || form.shared['outcome'] !== 'delivered' || !campaign) return form
  const table = view.villages.find((one) => one.unit === form.unit)
  return form.lines.reduce((before, line) => {
    const person = table && findPerson(table, text(group(line.fields['person'])['person_ref']))
    const isLacking = line.fields['gift'] === undefined || line.fields['gift'] === null
    const gift = isLacking && person ? standardGift(campaign, person) : null
    return gift ? withValue(register, before, 'gift', gift, line.recordId) : before
  }, form)
}

export function findPerson(table: UnitTable, personRef: string): RosterPerson | undefined {
  return table.households
    .flatMap((household: Household) => household.people)
    .find((one) => one.person_ref === personRef)
}

/** A festival visit is known by its list: who, which kind, how often is not asked again. */
export function isFestival(form: Form): boolean {
  return form.register === 'visit' && !form.opened && text(form.shared['campaign_id']) !== ''
}

/** Fields that a new visit does not show: buttons or the list have set them. */
export function quietIn(form: Form): Set<string> {
  if (form.register !== 'visit') return new Set()
  const isChosen = text(form.shared['campaign_id']) !== '' && form.lines.length === 1
  const names = form.opened ? [] : ['visit_kind', 'outcome', 'person_times']
  return new Set([...names, ...(isChosen ? ['person', 'visit_kind'] : [])])
}
