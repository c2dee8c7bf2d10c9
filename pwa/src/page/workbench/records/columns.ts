/**
 * Which fields of a register stand in its table, and what its figures are called.
 *
 * Always true: all comes from the register's file; a sensitive field is a column only while somebody asked for it; a
 * field that makes its own column anyway (title, day, unit) is not there twice. Deliberately not here: drawing.
 */
import type { Field } from '../../../shared/field'
import type { Register } from '../../../shared/register'
import type { Label } from '../server/shapes'
import { count, money } from '../words/amounts'
import { wordsOf } from '../words/language'

/** Fields beside the title, the place and the day. More would be cramped; the rest stands in the drawer. */
export const COLUMNS_MAX = 5

/** Kinds too long for a cell, or said by other columns. */
const NOT_IN_TABLES = new Set(['long_text', 'group', 'checklist', 'staff'])
const OWN_COLUMNS = new Set(['entry', 'void_reason', 'double_of', 'supersedes', 'note'])

/** The columns, in the order of the file: what every record has, and what is sensitive where it was asked for. */
export function tableColumns(register: Register, sensitive: boolean): Field[] {
  // The tag at the end of the row says the state, unless that is the kind, which is a column like others.
  const state = register.source['x-state'] === register.start?.field ? undefined : register.source['x-state']
  const taken = [register.titlePath, register.datePath, state].map((path) => path?.split('.')[0])
  const fields = register.fields.filter(
    (field) =>
      field.isInRow &&
      !field.isSilent &&
      (field.filledBy !== 'optional' || field.isSensitive) &&
      !NOT_IN_TABLES.has(field.widget) &&
      !OWN_COLUMNS.has(field.name) &&
      !taken.includes(field.name),
  )
  const open = fields.filter((field) => !field.isSensitive).slice(0, COLUMNS_MAX)
  // What was asked for must be seen, so it does not compete with the others for room.
  return fields.filter((field) => open.includes(field) || (sensitive && field.isSensitive))
}

/** Whether anything is hidden until asked for. */
export function hasSensitive(register: Register): boolean {
  return register.fields.some((field) => field.isInRow && field.isSensitive)
}

interface Measure {
  label?: Label
  formula?: string
  where?: Record<string, unknown>
  sum?: string
}

export interface Figure {
  name: string
  label: string
  value: string
}

/**
 * Figures in the order of the file, with their labels. A measure that gives no figure is left out, and so is one of
 * another kind than the table is filtered by.
 */
export function figuresOf(register: Register, figures: Record<string, number>, kind = ''): Figure[] {
  return Object.keys(register.measures)
    .filter((name) => typeof figures[name] === 'number' && (kind === '' || ['', kind].includes(kindOf(register, name))))
    .map((name) => ({ name, ...figureWords(register, name, figures[name] ?? 0) }))
}

/** What a measure is called, and its figure: money where what is summed is money. */
export function figureWords(register: Register, name: string, figure: number): { label: string; value: string } {
  const measure = register.measures[name] as Measure
  const isMoney = name.endsWith('_fen') || (measure.sum !== undefined && isMoneyPath(register, measure.sum))
  return {
    label: measure.label ? wordsOf(measure.label) : name,
    value: isMoney ? money(figure) : count(figure),
  }
}

function isMoneyPath(register: Register, path: string): boolean {
  return path.endsWith('_fen') || register.field(path)?.widget === 'money'
}

/**
 * What a measure's figure is called: `T08.recruits`, or `register.name` where no formula is named. A measure of a register
 * that serves several formulas carries its formula in its own name.
 */
export function figureId(register: Register, name: string): string {
  const { formula } = register.measures[name] as Measure
  return name.includes('.') ? name : `${formula ?? register.name}.${name}`
}

/** Which measure of which register gives a figure of the report. */
export function measureBehind(registers: readonly Register[], figure: string): [Register, string] | undefined {
  for (const register of registers) {
    const name = Object.keys(register.measures).find((each) => figureId(register, each) === figure)
    if (name !== undefined) return [register, name]
  }
  return undefined
}

/** The kind that a measure asks for, where it is exactly one: its records are then the table filtered by it. */
export function kindOf(register: Register, name: string): string {
  const measure = register.measures[name] as Measure
  const wanted = register.start && measure.where?.[register.start.field]
  return typeof wanted === 'string' ? wanted : ''
}
