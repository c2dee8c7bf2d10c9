/**
 * The list of households of a campaign: who is on it, who has been visited, who was tried.
 *
 * Always true: a household is done when each of its people on the list has a delivered visit, or has died; a void
 * record and a “nobody home” count nothing. Deliberately not here: order by anything but the roster's.
 */
import type { Campaign, Household, RosterPerson } from '../../shared/generated'
import type { UnitTable } from '../../shared/tables'
import { isOpenError, isVoid, personOf, text } from '../../shared/record'
import type { View, ViewRecord } from '../../shared/messages'
import { dayOf } from '../../shared/time'

export type Row = {
  household: Household
  /** People on the campaign's list. */
  targets: RosterPerson[]
  /** Those of them who still wait. */
  waiting: RosterPerson[]
  isDone: boolean
  /** Last day on which nobody was met. */
  triedOn: string | null
  isNamesake: boolean
  isDeceased: boolean
  /** Whether an error of the roster is open for one of them. */
  isReported: boolean
}

/** The campaign that is open today; the one that began last, if there are several. */
export function openCampaign(view: View, now: number = Date.now()): Campaign | null {
  const today = dayOf(now)
  const open = view.campaigns.filter(({ closed, from, until }) => !closed && from <= today && today <= until)
  return open.sort((one, other) => (one.from < other.from ? 1 : -1))[0] ?? null
}

/** Campaigns that a paper sheet may be from: also those that are over, as long as the county did not close them. */
export function paperCampaigns(view: View, now: number = Date.now()): Campaign[] {
  const today = dayOf(now)
  const found = view.campaigns.filter(({ closed, from }) => !closed && from < today)
  return found.sort((one, other) => (one.from < other.from ? 1 : -1))
}

export function rows(view: Pick<View, 'records'>, village: UnitTable, campaign: Campaign): Row[] {
  const visits = visitsByPerson(view.records, campaign.id)
  const names = countNames(village)
  const reported = new Set(view.records.filter(isOpenError).map(personOf))
  return village.households
    .map((household) => ({ household, targets: household.people.filter((one) => isTarget(one, campaign)) }))
    .filter(({ targets }) => targets.length > 0)
    .map(({ household, targets }) => ({
      ...toRow(household, targets, visits, names),
      isReported: targets.some((one) => reported.has(one.person_ref)),
    }))
}

function isTarget(person: RosterPerson, campaign: Campaign): boolean {
  return person.targets.some((target) => target.campaign_id === campaign.id)
}

function visitsByPerson(records: ViewRecord[], campaignId: string): Map<string, ViewRecord[]> {
  const visits = new Map<string, ViewRecord[]>()
  for (const record of records) {
    if (record.fields['campaign_id'] !== campaignId || isVoid(record.fields)) continue
    const person = personOf(record)
    visits.set(person, [...(visits.get(person) ?? []), record])
  }
  return visits
}

function countNames(village: UnitTable): Map<string, number> {
  const names = new Map<string, number>()
  for (const person of village.households.flatMap((household) => household.people)) {
    names.set(person.name, (names.get(person.name) ?? 0) + 1)
  }
  return names
}

function toRow(
  household: Household,
  targets: RosterPerson[],
  visits: Map<string, ViewRecord[]>,
  names: Map<string, number>,
): Omit<Row, 'isReported'> {
  const has = (person: RosterPerson, outcome: string): boolean =>
    (visits.get(person.person_ref) ?? []).some((visit) => visit.fields['outcome'] === outcome)
  const waiting = targets.filter((person) => !has(person, 'delivered') && !has(person, 'deceased'))
  const tried = waiting
    .flatMap((person) => visits.get(person.person_ref) ?? [])
    .map((visit) => text(visit.fields['visit_date']))
  return {
    household,
    targets,
    waiting,
    isDone: waiting.length === 0,
    triedOn: tried.sort().at(-1) ?? null,
    isNamesake: targets.some((person) => (names.get(person.name) ?? 0) > 1),
    isDeceased: waiting.length === 0 && !targets.some((person) => has(person, 'delivered')),
  }
}
