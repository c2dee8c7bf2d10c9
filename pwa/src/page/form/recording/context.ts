/**
 * What a field's component sees around its value: the record, the unit, the day on which lists are read.
 *
 * Deliberately not here: the value.
 */
import type { Fields } from '../../../shared/record'
import type { Register } from '../../../shared/register'
import { dayOf } from '../../../shared/time'
import { view } from '../../state'
import type { Place } from '../defaults'
import { heldFields } from '../held'
import { rawFields, type Form, type Line } from '../model'
import { placeOf } from '../open'

export type Context = { register: Register; unit: string; day: string; record: Fields; place: Place }

export function contextOf(register: Register, form: Form, line?: Line): Context {
  const { fields } = heldFields(register, rawFields(form, line))
  const now = Date.now()
  const known = view.value && placeOf(view.value, form.unit, now)
  const said = register.dayOf(fields)
  // A month stands for its first day.
  const day = said.length === 7 ? `${said}-01` : said || dayOf(now)
  const place = { ...(known ?? nowhere(form.unit, now)), day, isNew: !form.opened }
  return { register, unit: form.unit, day, record: fields, place }
}

/** Before the phone is enrolled there is no form; a component still has to be drawn. */
function nowhere(unit: string, now: number): Place {
  const enrolled = { device: '', person: '', personId: '', hasPin: false, others: [], countyName: '', units: [] }
  return { enrolled, unit, table: undefined, lists: [], now }
}
