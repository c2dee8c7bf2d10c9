/**
 * Opens the form that a route speaks of: for a household, for a person from the register's button, or on a record.
 *
 * Always true: a draft of the same form is taken up where it was left, with the heads it was opened on. Deliberately
 * not here: saving.
 */
import type { RosterPerson, VillageTable } from '../../shared/generated'
import { group, text, type Fields } from '../../shared/record'
import type { View } from '../../shared/messages'
import { call } from '../client'
import { openCampaign, rows } from '../list/rows'
import type { Route } from '../routes'
import { words } from '../words'
import { editForm, newForm, rosterPerson, standardGift, type Form } from './model'

export async function openForm(route: Route, view: View, now: number): Promise<Form | null> {
  const fresh = await freshForm(route, view, now)
  const draft = fresh && view.drafts.find((one) => one.key === fresh.key)
  return draft ? (draft.form as Form) : fresh
}

async function freshForm(route: Route, view: View, now: number): Promise<Form | null> {
  if (route.name === 'edit') {
    const opened = await call('open', { recordId: route.recordId })
    return opened && editForm(opened, personName(view, opened.fields), now)
  }
  if (route.name === 'visit') return householdForm(route.unit, route.household, view, now)
  if (route.name === 'entry') return entryForm(route, view, now)
  return null
}

function householdForm(unit: string, household: string, view: View, now: number): Form | null {
  const village = view.villages.find((table) => table.unit === unit)
  const campaign = openCampaign(view, now)
  if (!village || !campaign || !view.enrolled) return null
  const row = rows(view, village, campaign).find((one) => one.household.id === household)
  if (!row || row.isDone) return null
  const people = row.waiting.map((person) => ({
    person: rosterPerson(person),
    name: person.name,
    gift: standardGift(campaign, person),
  }))
  return newForm(view.enrolled, village, people, campaign.visit_kind, campaign.id, now)
}

function entryForm(route: Extract<Route, { name: 'entry' }>, view: View, now: number): Form | null {
  const village = view.villages.find((table) => table.unit === route.unit)
  if (!village || !view.enrolled) return null
  const known = findPerson(village, route.personRef)
  const person = known ? rosterPerson(known) : { name: route.personName, village: village.name }
  const people = [{ person, name: known?.name ?? route.personName, gift: null }]
  return newForm(view.enrolled, village, people, route.kind, null, now)
}

export function findPerson(village: VillageTable, personRef: string): RosterPerson | undefined {
  return village.households.flatMap((household) => household.people).find((one) => one.person_ref === personRef)
}

/** The form with another outcome. Where somebody is met after all, the campaign's package is what they got. */
export function withOutcome(form: Form, outcome: string, view: View | null): Form {
  const campaign = view?.campaigns.find((one) => one.id === form.campaignId)
  const people = view?.villages.find((one) => one.unit === form.unit)
  const standard = (line: Form['lines'][number]): Form['lines'][number]['gift'] => {
    const person = people && findPerson(people, text(line.person['person_ref']))
    return campaign && person ? standardGift(campaign, person) : null
  }
  const lines = form.lines.map((line) => ({
    ...line,
    gift: line.gift ?? standard(line),
    personTimes: line.personTimes || 1,
  }))
  return outcome === 'delivered' ? { ...form, outcome, lines } : { ...form, outcome }
}

/** The name of a record's person: as entered, else from the list. */
export function personName(view: View, fields: Fields): string {
  const { person_ref: reference, name } = group(fields['person'])
  if (text(name) !== '') return text(name)
  const found = view.villages.map((village) => findPerson(village, text(reference))).find(Boolean)
  return found?.name ?? text(reference)
}

/** The name of somebody who serves a station; a colleague's where the village's list does not know the id. */
export function staffName(view: View, id: string): string {
  if (id === view.enrolled?.personId) return view.enrolled.person
  const staff = view.villages.flatMap((village) => village.staff)
  return staff.find((member) => member.id === id)?.name ?? words('colleague')
}
