/**
 * What is open, each as one line to be read and tapped.
 *
 * Always true: a line leads to where the thing is done. Deliberately not here: what is open (station.ts).
 */
import { levelOf } from '../../../shared/ids'
import type { View, ViewRecord } from '../../../shared/messages'
import type { Register } from '../../../shared/register'
import { tellerOf } from '../../form/values'
import { kindOf, titleOf } from '../../list/titles'
import { unitName } from '../../list/units'
import { open } from '../../routes'
import { settings } from '../../settings'
import { words } from '../../words'
import { showDate } from '../../words/format'
import type { OpenMatter } from './station'
import { tell } from './words'

export type Line = { text: string; about: string; take: () => void }

/** `unit` is the station for which it is told. */
export function matterLine(
  view: View,
  registers: ReadonlyMap<string, Register>,
  unit: string,
  matter: OpenMatter,
): Line {
  if (matter.kind === 'homes') return homesLine(unit, matter)
  const { record } = matter
  const register = registers.get(record.register)
  const day = register?.dayOf(record.fields) ?? ''
  const when = /^\d{4}-\d{2}-\d{2}$/.test(day) ? showDate(day) : ''
  const about = [kindAndPlace(view, register, unit, record), when].filter(Boolean).join(' · ')
  const take = (): void => open({ name: 'detail', recordId: record.id })
  return { text: textOf(view, register, matter), about, take }
}

function homesLine(unit: string, { campaign, left }: Extract<OpenMatter, { kind: 'homes' }>): Line {
  const text = tell('homes', { campaign: campaign.name, left })
  const take = (): void => {
    if (levelOf(unit) === 'village') settings.village = unit
    open({ name: 'today' })
  }
  return { text, about: tell('until', { until: showDate(campaign.until) }), take }
}

function textOf(view: View, register: Register | undefined, matter: Exclude<OpenMatter, { kind: 'homes' }>): string {
  const title = titleOf(view, register, matter.record)
  if (matter.kind === 'look') return tell('look', { title })
  if (matter.kind === 'step') return tell('step', { title, step: matter.step.label[settings.language] })
  const { person } = tellerOf(view, '')
  return tell('notice', { names: matter.people.map((one) => person(one)).join(words('and')) })
}

/** The kind of record, and its place where that is not the station itself. */
export function kindAndPlace(view: View, register: Register | undefined, unit: string, record: ViewRecord): string {
  const kind = kindOf(view, register, record) || (register?.label(settings.language) ?? '')
  const place = record.unit === unit ? '' : unitName(view, record.unit)
  return [kind, place].filter(Boolean).join(' · ')
}
