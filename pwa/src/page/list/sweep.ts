/**
 * Many homes in one go: a day of visits by one team, or a paper sign sheet that is entered later.
 *
 * Always true: date, leader and companions are given once; each home is a form of its own, and each person of it one
 * record. A sheet's line numbers count by themselves in the order of tapping. Deliberately not here: saving, drawing.
 */
import type { Campaign } from '../../shared/generated'
import { group, type Fields, type Value } from '../../shared/record'
import type { Register } from '../../shared/register'
import { dayOf } from '../../shared/time'
import type { View } from '../../shared/messages'
import { defaultsOf, type Place } from '../form/defaults'
import { linesOf, settled, withValue, type Form } from '../form/model'
import { placeOf } from '../form/open'
import { householdForm, visitChanged } from '../form/visit'
import { rows, type Row } from './rows'

export type Sweep = {
  isSweep: true
  isPaper: boolean
  unit: string
  campaignId: string
  /** Date, leader, companions: the same for all. */
  head: Fields
  sheetNumber: string
  firstLine: number
  /** Household ids in the order of tapping. */
  chosen: string[]
  /** Forms that were changed by hand, by household. */
  changed: Record<string, Form>
  isReview: boolean
  /** What somebody has begun to type and not added yet. */
  typed?: Record<string, string>
}

const DAY_MS = 24 * 3600 * 1000
/** What is asked once. */
export const HEAD_FIELDS = ['visit_date', 'lead_rank', 'visitor_refs']

export function isSweep(form: unknown): boolean {
  return group(form as Value)['isSweep'] === true
}

export function sweepKey(unit: string, isPaper: boolean): string {
  return `${isPaper ? 'paper' : 'sweep'}/${unit}`
}

export function newSweep(register: Register, place: Place, campaign: Campaign, isPaper: boolean): Sweep {
  const defaults = defaultsOf(register.fields, place)
  const rank = place.table?.staff.find((member) => member.id === place.enrolled.personId)?.rank ?? 'village_cadre'
  // A sheet is entered later than it was signed: its day is asked, and yesterday is the nearest that it can be.
  const yesterday = dayOf(place.now - DAY_MS)
  const day = !isPaper ? dayOf(place.now) : campaign.until < yesterday ? campaign.until : yesterday
  return {
    isSweep: true,
    isPaper,
    unit: place.unit,
    campaignId: campaign.id,
    head: { visit_date: day, lead_rank: rank, visitor_refs: defaults['visitor_refs'] ?? [place.enrolled.personId] },
    sheetNumber: '',
    firstLine: 1,
    chosen: [],
    changed: {},
    isReview: false,
  }
}

/** Homes that can be ticked: those that still wait. */
export function sweepRows(view: View, sweep: Sweep): Row[] {
  const table = view.villages.find((one) => one.unit === sweep.unit)
  const campaign = view.campaigns.find((one) => one.id === sweep.campaignId)
  return table && campaign ? rows(view, table, campaign).filter((row) => !row.isDone) : []
}

/** The sweep with a home ticked or not; a home that is taken out forgets what was changed by hand. */
export function ticked(sweep: Sweep, household: string): Sweep {
  const { [household]: _, ...changed } = sweep.changed
  if (!sweep.chosen.includes(household)) return { ...sweep, chosen: [...sweep.chosen, household] }
  return { ...sweep, changed, chosen: sweep.chosen.filter((one) => one !== household) }
}

/** The first line of each ticked home on the sheet; a home has as many lines as people. */
export function lineNumbers(view: View, sweep: Sweep): Map<string, number> {
  const all = new Map(sweepRows(view, sweep).map((row) => [row.household.id, row]))
  const numbers = new Map<string, number>()
  let next = sweep.firstLine
  for (const household of sweep.chosen) {
    numbers.set(household, next)
    const changed = sweep.changed[household]
    next += changed ? linesOf(changed).length : (all.get(household)?.waiting.length ?? 1)
  }
  return numbers
}

/** One form for each ticked home, in the order of tapping. */
export function sweepForms(
  register: Register,
  view: View,
  sweep: Sweep,
  place: Place,
): { household: string; form: Form }[] {
  const campaign = view.campaigns.find((one) => one.id === sweep.campaignId)
  const all = new Map(sweepRows(view, sweep).map((row) => [row.household.id, row]))
  const numbers = lineNumbers(view, sweep)
  return sweep.chosen.flatMap((household) => {
    const row = all.get(household)
    if (!row || !campaign) return []
    const fresh = sweep.changed[household] ?? withHead(sweep, householdForm(register, place, campaign, row.waiting))
    return [{ household, form: sweep.isPaper ? onSheet(sweep, fresh, numbers.get(household) ?? 1) : fresh }]
  })
}

function withHead(sweep: Sweep, form: Form): Form {
  return { ...form, shared: { ...form.shared, ...sweep.head } }
}

/** The form as it stands on the sheet: one line of it for each person. */
function onSheet(sweep: Sweep, form: Form, first: number): Form {
  const lines = new Map(linesOf(form).map((line, index) => [line.recordId, first + index]))
  const numbered = form.lines.map((line) => ({
    ...line,
    fields: { ...line.fields, sign_sheet: sheet(sweep, lines.get(line.recordId) ?? first) },
  }))
  return { ...form, source: 'paper_sheet', lines: numbered }
}

function sheet({ sheetNumber }: Sweep, line: number): Value {
  return { sign_sheet_no: sheetNumber, line_no: line }
}

/** A home's form after it was changed by hand. */
export function withChanged(sweep: Sweep, household: string, form: Form): Sweep {
  return { ...sweep, changed: { ...sweep.changed, [household]: form } }
}

/** The form with another value of one field, and what follows from it. */
export function answered(
  register: Register,
  view: View,
  form: Form,
  change: { name: string; value: Value | undefined; recordId: string | undefined },
): Form {
  const after = withValue(register, form, change.name, change.value, change.recordId)
  const place = placeOf(view, form.unit, Date.now())
  const whole = visitChanged(register, after, change.name, view)
  return place ? settled(register, form, whole, place) : whole
}

/** The same date, leader and companions for all; what was changed by hand follows where it is asked for all. */
export function withHeadFields(register: Register, sweep: Sweep, fields: Fields): Sweep {
  const changed = Object.entries(sweep.changed).map(([household, form]): [string, Form] => [
    household,
    Object.entries(fields).reduce((before, [name, value]) => withValue(register, before, name, value), form),
  ])
  return { ...sweep, head: { ...sweep.head, ...fields }, changed: Object.fromEntries(changed) }
}

/** The head as a form of nobody, so that the same sheets change it that change a visit. */
export function headForm(register: Register, sweep: Sweep): Form {
  const { unit, head, campaignId } = sweep
  const shared = { ...head, campaign_id: campaignId, outcome: 'delivered' }
  const nobody = { recordId: 'head', intentId: 'head', name: '', fields: {} }
  const whole = { register: register.name, unit, shared, lines: [nobody], left: [], opened: null, step: null }
  return { ...whole, key: '', source: sweep.isPaper ? 'paper_sheet' : 'phone' }
}
