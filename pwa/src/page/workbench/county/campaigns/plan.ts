/**
 * A campaign's plan while somebody writes it.
 *
 * Always true: ids are made once and never shown; a package that somebody gets is not dropped; nobody is both on the list
 * and left out. Deliberately not here: how it is drawn, and what is wrong with it, which the server says.
 */
import type { CampaignPlan, CampaignState, Package, PersonListed } from '../../../../shared/generated'

/** Kinds of visits that a campaign may be for; people in hospital and the bereaved are visited when it happens. */
export const KINDS = ['spring_festival', 'army_day', 'martyr_memorial', 'hardship', 'other'] as const

/** A plan in hand. */
export interface Opened {
  plan: CampaignPlan
  /** As the server has it; none for a new one. */
  saved?: CampaignPlan
  /** Packages that the county's list has otherwise by now: of a copy. */
  changed: Package[]
  /** People by reference: those whom the plan named when it was read, and whom somebody looked up since. */
  names: Record<string, PersonListed>
}

const ID_BYTES = 4

/** Short, and nobody else's: two clerks who begin at once do not write over each other. */
export function freshId(before: string, random = crypto.getRandomValues(new Uint8Array(ID_BYTES))): string {
  return `${before}-${[...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** What a new campaign begins with. */
export function freshPlan(id: string): CampaignPlan {
  return {
    campaign: {
      id,
      name: '',
      document_no: '',
      visit_kind: '',
      from: '',
      until: '',
      closed: false,
      packages: [],
      spent_fen: 0,
    },
    targets: { categories: {}, people: {}, without: [] },
    leadership: { households_min: 2, households_max: 3 },
    fund_fen: 0,
    fund_source: 'county',
    revision: 0,
  }
}

/** As it is sent: no blanks around what was typed. */
export function asSent(plan: CampaignPlan): CampaignPlan {
  const sent = JSON.parse(JSON.stringify(plan)) as CampaignPlan
  const { campaign } = sent
  campaign.name = campaign.name.trim()
  campaign.document_no = campaign.document_no.trim()
  for (const gift of campaign.packages) {
    gift.name = gift.name.trim()
    for (const goods of gift.goods) {
      goods.item = goods.item.trim()
      goods.measure_word = goods.measure_word.trim()
    }
  }
  return sent
}

/** Whether there is something to save. */
export function isChanged({ plan, saved }: Opened): boolean {
  return saved === undefined || JSON.stringify(asSent(plan)) !== JSON.stringify(saved)
}

/** Whether something would be lost: changed, or new and not blank any more. */
export function isWritten(opened: Opened): boolean {
  const blank = JSON.stringify(freshPlan(opened.plan.campaign.id))
  return isChanged(opened) && JSON.stringify(asSent(opened.plan)) !== blank
}

/** Adds a package of the county's list, or an empty one. */
export function addPackage(plan: CampaignPlan, gift?: Package): void {
  const own = { name: '', money_fen: 0, pay_method: 'cash', goods: [], fund_source: plan.fund_source }
  const goods = (gift?.goods ?? []).map((one) => ({ ...one }))
  plan.campaign.packages.push({ ...(gift ?? own), goods, id: freshId(plan.campaign.id) })
}

/** How many categories and people get the package. */
export function usesOf(plan: CampaignPlan, packageId: string): number {
  const { categories, people } = plan.targets
  return [...Object.values(categories), ...Object.values(people)].filter((id) => id === packageId).length
}

/** Drops a package that nobody gets. */
export function dropPackage(plan: CampaignPlan, packageId: string): void {
  if (usesOf(plan, packageId) > 0) return
  plan.campaign.packages = plan.campaign.packages.filter(({ id }) => id !== packageId)
}

/** Gives packages of that name what the county's list now says is in them; they stay the same packages. */
export function takeNow(plan: CampaignPlan, gift: Package): void {
  const now = (one: Package): Package => ({ ...gift, goods: gift.goods.map((each) => ({ ...each })), id: one.id })
  plan.campaign.packages = plan.campaign.packages.map((one) => (one.name === gift.name ? now(one) : one))
}

/** Gives a category a package; none takes it out. */
export function chooseCategory(plan: CampaignPlan, code: string, packageId: string): void {
  if (packageId === '') delete plan.targets.categories[code]
  else plan.targets.categories[code] = packageId
}

/** Puts somebody on the list. */
export function listPerson(plan: CampaignPlan, personRef: string, packageId: string): void {
  plan.targets.people[personRef] = packageId
  putBack(plan, personRef)
}

/** Puts people on the list, and remembers who they are. */
export function listPeople(opened: Opened, people: PersonListed[], packageId: string): void {
  for (const person of people) {
    listPerson(opened.plan, person.person_ref, packageId)
    opened.names[person.person_ref] = person
  }
}

/** Somebody is not visited this time, whatever the category. */
export function leaveOut(opened: Opened, person: PersonListed): void {
  const { plan, names } = opened
  unlistPerson(plan, person.person_ref)
  putBack(plan, person.person_ref)
  plan.targets.without.push(person.person_ref)
  names[person.person_ref] = person
}

/** People by reference. */
export function namesOf(people: PersonListed[]): Record<string, PersonListed> {
  return Object.fromEntries(people.map((person) => [person.person_ref, person]))
}

/** Takes somebody off the list; the category decides again. */
export function unlistPerson(plan: CampaignPlan, personRef: string): void {
  delete plan.targets.people[personRef]
}

/** Somebody is left out no more. */
export function putBack(plan: CampaignPlan, personRef: string): void {
  plan.targets.without = plan.targets.without.filter((each) => each !== personRef)
}

/** Priority recipients (重点优抚对象): categories 11 to 42. */
export function isPriority(code: string): boolean {
  return /^\d\d$/.test(code) && code >= '11' && code <= '42'
}

/** Where a campaign stands on a day. That it was closed can be told from its days alone while they last. */
export function stateOf(campaign: CampaignState, today: string): 'planned' | 'open' | 'closed' | 'over' {
  if (campaign.open) return 'open'
  if (today < campaign.from) return 'planned'
  return today <= campaign.until ? 'closed' : 'over'
}
