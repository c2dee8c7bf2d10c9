/**
 * Opens the form that a route speaks of: for a household, for a new record of any register, or on a record.
 *
 * Always true: a draft of the same form is taken up where it was left, with the heads it was opened on. Deliberately
 * not here: saving.
 */
import { registerOf, unitOf } from '../../shared/ids'
import { group, text, type Fields } from '../../shared/record'
import type { View } from '../../shared/messages'
import { call } from '../client'
import { openCampaign, rows } from '../list/rows'
import { nameOf } from '../list/titles'
import { knownRegister, loadRegisters } from '../registers'
import type { Route } from '../routes'
import type { Place } from './defaults'
import { editForm, newForm, stepForm, type Form } from './model'
import { findPerson, householdForm, rosterPerson, visitForm } from './visit'

export async function openForm(route: Route, view: View, now: number): Promise<Form | null> {
  const fresh = await freshForm(route, view, now)
  const draft = fresh && (view.drafts.find((one) => one.key === fresh.key)?.form as Form | undefined)
  return draft?.register === fresh?.register ? (draft ?? fresh) : fresh
}

/** Who fills in a form for this unit, and when. */
export function placeOf(view: View, unit: string, now: number): Place | null {
  const { enrolled } = view
  const table = view.villages.find((one) => one.unit === unit)
  return enrolled && { enrolled, unit, table, lists: view.lists, now }
}

async function freshForm(route: Route, view: View, now: number): Promise<Form | null> {
  if (route.name === 'edit') return recordForm(route.recordId, route.step, view, now)
  if (route.name === 'visit') return homeForm(route.unit, route.household, view, now)
  if (route.name === 'new') return emptyForm(route, view, now)
  return null
}

async function recordForm(recordId: string, step: string | undefined, view: View, now: number): Promise<Form | null> {
  const opened = await call('open', { recordId })
  if (!opened) return null
  await ready(registerOf(opened.address))
  const register = knownRegister(opened.address)
  const person = register?.fields.find((field) => field.widget === 'person')
  const name = person && register?.lineFields.includes(person.name) ? nameOf(view, opened.fields[person.name]) : ''
  const place = placeOf(view, unitOf(opened.address), now)
  if (!register || !place) return null
  const form = editForm(register, opened, name)
  return step === undefined ? form : stepForm(register, form, step, place)
}

/** A register that is not visits may still be on its way when a screen is opened after a reload. */
async function ready(name: string): Promise<void> {
  if (!knownRegister(name)) await loadRegisters()
}

function homeForm(unit: string, household: string, view: View, now: number): Form | null {
  const place = placeOf(view, unit, now)
  const campaign = openCampaign(view, now)
  const register = knownRegister('visit')
  if (!place?.table || !campaign || !register) return null
  const row = rows(view, place.table, campaign).find((one) => one.household.id === household)
  return row && !row.isDone ? householdForm(register, place, campaign, row.waiting) : null
}

/** A new record, about somebody of the roster where the route says whom. */
async function emptyForm(route: Extract<Route, { name: 'new' }>, view: View, now: number): Promise<Form | null> {
  await ready(route.register)
  const register = knownRegister(route.register)
  const place = placeOf(view, route.unit, now)
  if (!register || !place) return null
  const about = place.table && findPerson(place.table, route.about ?? '')
  const person: Fields = about && register.field('person') ? { person: rosterPerson(about) } : {}
  const fields: Fields = { ...person, ...route.fields }
  if (register.name === 'visit')
    return visitForm(register, place, route.start ?? '', null, [{ name: about?.name ?? '', fields }])
  const begun = route.start !== null && register.start ? { [register.start.field]: route.start } : {}
  const key = ['new', register.name, place.unit, route.start ?? '', ...(about ? [about.person_ref] : [])].join('/')
  return newForm(register, place, { key, shared: { ...begun, ...fields }, lines: [] })
}

/** The screen on which a draft goes on. */
export function routeOf(form: Form, view: View): Route {
  const { key, register, unit, opened, shared, lines, step } = form
  if (opened) return { name: 'edit', recordId: opened.recordId, ...(step === null ? {} : { step }) }
  const start = knownRegister(register)?.start?.field
  const chosen = start === undefined ? null : text(shared[start]) || null
  const begun = { name: 'new' as const, register, unit, start: chosen }
  const parts = key.split('/')
  if (register !== 'visit') return { ...begun, about: parts[4] }
  const person = text(group(lines[0]?.fields['person'])['person_ref'])
  const campaign = openCampaign(view)
  const table = view.villages.find((one) => one.unit === unit)
  const home = table?.households.find((one) => one.people.some((other) => other.person_ref === person))
  if (home && campaign && shared['campaign_id'] === campaign.id) return { name: 'visit', unit, household: home.id }
  return parts[1] === '' ? begun : { ...begun, about: person }
}
