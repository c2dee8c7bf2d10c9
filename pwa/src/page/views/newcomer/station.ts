/**
 * What somebody who takes over a station has to know: what is open there, and what was done lately.
 *
 * Always true: it is about the station, whoever did it; a record stands once among what is open; nothing here counts
 * what anybody did. Deliberately not here: drafts, which never leave the phone they are written on, and sentences.
 */
import type { Campaign } from '../../../shared/generated'
import { contains, levelOf } from '../../../shared/ids'
import type { View, ViewRecord } from '../../../shared/messages'
import { group, isVoid, text, type Value } from '../../../shared/record'
import type { Register } from '../../../shared/register'
import type { Step } from '../../../shared/register_file'
import { dayOf } from '../../../shared/time'
import { rows } from '../../list/rows'

export type OpenMatter =
  /** Homes of a campaign that nobody has been to yet. */
  | { kind: 'homes'; campaign: Campaign; left: number }
  /** A record that the county could not take as it is. */
  | { kind: 'look'; record: ViewRecord }
  /** A merit notice that did not reach everybody; the people who still wait for it. */
  | { kind: 'notice'; record: ViewRecord; people: Value[] }
  /** A step that is this station's. */
  | { kind: 'step'; record: ViewRecord; step: Step }

type Registers = ReadonlyMap<string, Register>

/** So many records are told. */
const LATELY_MAX = 10
/** Comments are no work of the station. */
const APART = ['feedback']

/** What is open at a station and in the villages under it: campaigns first, then records, what has waited longest first. */
export function openMatters(view: View, registers: Registers, unit: string, now: number): OpenMatter[] {
  const waiting = byDay(recordsOf(view, unit), registers).reverse()
  const found = waiting.flatMap((record) => matterOf(record, registers.get(record.register), unit) ?? [])
  return [...homesLeft(view, unit, now), ...found]
}

/** The last records of a station and the villages under it, whoever logged them; newest first. */
export function doneLately(view: View, registers: Registers, unit: string): ViewRecord[] {
  const known = recordsOf(view, unit).filter(({ register }) => registers.has(register) && !APART.includes(register))
  return byDay(known, registers).slice(0, LATELY_MAX)
}

/** What is void is neither open nor done. */
function recordsOf(view: View, unit: string): ViewRecord[] {
  return view.records.filter((record) => contains(unit, record.unit) && !isVoid(record.fields))
}

/** Newest first, by the day that each register counts by. */
function byDay(records: ViewRecord[], registers: Registers): ViewRecord[] {
  const order = ({ register, fields, id }: ViewRecord): string =>
    `${registers.get(register)?.dayOf(fields) ?? ''}/${id}`
  return [...records].sort((one, other) => (order(one) < order(other) ? 1 : -1))
}

/** A campaign of today of which somebody still waits; the one that ends first stands first. */
function homesLeft(view: View, unit: string, now: number): OpenMatter[] {
  const today = dayOf(now)
  const open = view.campaigns.filter(({ closed, from, until }) => !closed && from <= today && today <= until)
  const sorted = open.sort((one, other) => (one.until < other.until ? -1 : 1))
  const villages = view.villages.filter((table) => contains(unit, table.unit))
  return sorted.flatMap((campaign) => {
    const all = villages.flatMap((village) => rows(view, village, campaign))
    const left = all.filter((row) => !row.isDone).length
    return left === 0 ? [] : [{ kind: 'homes' as const, campaign, left }]
  })
}

function matterOf(record: ViewRecord, register: Register | undefined, unit: string): OpenMatter | null {
  if (record.standing === 'needs_a_look') return { kind: 'look', record }
  const people = withoutNotice(record)
  if (people.length > 0) return { kind: 'notice', record, people }
  const step = register?.waitingStep(record.fields)
  return step?.by === levelOf(unit) ? { kind: 'step', record, step } : null
}

/** Families that a merit notice has not reached. */
function withoutNotice({ fields }: ViewRecord): Value[] {
  const { ceremony_kind: kind, participants } = fields
  if (kind !== 'merit_report' || !Array.isArray(participants)) return []
  const waiting = participants.filter((one) => text(group(one)['delivered_on']) === '')
  return waiting.map((one) => group(one)['person'] ?? null)
}
