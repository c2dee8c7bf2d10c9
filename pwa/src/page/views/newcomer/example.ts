/**
 * A village that does not exist, for the pictures: three homes of a campaign, the form of one of them, a record.
 *
 * Always true: made by the same functions as the real thing, so that the pictures say what the app says; nothing of it is
 * stored or sent. Deliberately not here: any real person but the one who holds the phone.
 */
import type { Campaign, Household, RosterPerson } from '../../../shared/generated'
import type { Enrolled, View, ViewRecord } from '../../../shared/messages'
import type { Fields } from '../../../shared/record'
import type { Field, Register } from '../../../shared/register'
import { visit } from '../../../shared/registers'
import type { UnitTable } from '../../../shared/tables'
import { dayOf } from '../../../shared/time'
import { sentence } from '../../form/sentence'
import { tellerOf } from '../../form/values'
import { householdForm } from '../../form/visit'
import { rows, type Row } from '../../list/rows'
import type { Part } from '../../words'

const UNIT = '999999999999'
const CAMPAIGN = 'example'
/** What a sentence's parts are changed by. */
const CHIPS = ['visit_date', 'gift', 'handover', 'receiver']

export type Example = { campaign: Campaign; rows: Row[]; told: Part[]; chips: Field[]; record: ViewRecord }

/** `register` is the one of visits as this county has it. */
export function exampleOf(view: View, enrolled: Enrolled, now: number, register: Register = visit): Example {
  const today = dayOf(now)
  const campaign = exampleCampaign(today)
  const table = exampleTable(enrolled)
  const all = rows({ records: [record('example-2', '赵玉兰', today, 'p-2')] }, table, campaign)
  const place = { enrolled, unit: UNIT, table, lists: view.lists, now }
  const form = householdForm(register, place, campaign, all[0]?.waiting ?? [])
  const told = sentence(register, form, tellerOf(view, today))
  const chips = register.fields.filter(({ name }) => CHIPS.includes(name))
  return { campaign, rows: all, told, chips, record: record('example-1', '李大山', today) }
}

function exampleCampaign(today: string): Campaign {
  const rice = { item: '大米', quantity: 1, measure_word: '袋', price_fen: 0 }
  const gift = { name: '标准慰问', money_fen: 30000, pay_method: 'cash', goods: [rice], fund_source: 'county' }
  const named = { id: CAMPAIGN, name: '春节走访慰问', document_no: '', visit_kind: 'spring_festival' }
  return { ...named, from: today, until: today, closed: false, packages: [{ id: 'standard', ...gift }], spent_fen: 0 }
}

function exampleTable({ person: name, personId: id }: Enrolled): UnitTable {
  const households = [home('1', 'p-1', '李大山'), home('2', 'p-2', '赵玉兰'), home('3', 'p-3', '孙有福')]
  return { unit: UNIT, name: '', township_name: '', staff: [{ id, name, rank: 'village_cadre' }], households }
}

function home(group: string, reference: string, name: string): Household {
  const targets = [{ campaign_id: CAMPAIGN, package_id: 'standard' }]
  const person: RosterPerson = { person_ref: reference, name, relative: '', initials: '', targets }
  return { id: group, group, people: [person] }
}

function record(id: string, name: string, today: string, reference?: string): ViewRecord {
  const address = `visit/${UNIT}/${today.slice(0, 4)}`
  const person = { name, ...(reference === undefined ? {} : { person_ref: reference }) }
  const fields: Fields = { campaign_id: CAMPAIGN, visit_kind: 'spring_festival', outcome: 'delivered', person }
  const said = { register: 'visit', unit: UNIT, address, fields: { ...fields, visit_date: today } }
  return { id, ...said, standing: 'on_this_phone', look: null, author: null, own: true, loggedMs: 0 }
}
