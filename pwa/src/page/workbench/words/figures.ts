/**
 * Words, values and places of the figures of the annual report, by formula id.
 *
 * Always true: a figure that a register's measure gives is called as that measure is; one without words is shown by its
 * id. Deliberately not here: the formulas.
 */
import type { AnnualReport } from '../../../shared/generated'
import type { Register } from '../../../shared/register'
import { visit } from '../../../shared/registers'
import { fragmentOf } from '../place'
import { figureId, figureWords, kindOf, measureBehind } from '../records/columns'
import { count, money } from './amounts'
import { sayIfKnown } from './language'

export interface FigureLine {
  id: string
  words: string
  figure: number
  value: string
  /** The table whose records it counts; empty where no one table does. */
  href: string
}

/** All figures by formula, and in each as the registers name them. */
export function figureLines(report: AnnualReport, registers: readonly Register[], year: string): FigureLine[] {
  const known = registers.flatMap((register) => Object.keys(register.measures).map((name) => figureId(register, name)))
  // What no register names, such as what the office says it spent, comes last.
  const place = (id: string): number => (known.includes(id) ? known.indexOf(id) : known.length)
  const formula = (id: string): string => id.slice(0, id.indexOf('.'))
  const ids = Object.keys(report.figures).sort((one, other) =>
    formula(one) === formula(other) ? place(one) - place(other) : formula(one) < formula(other) ? -1 : 1,
  )
  return ids.map((id) => figureLine(id, report.figures[id] ?? 0, registers, year))
}

/** The figures that stand in a sentence: those of its formula. */
export function figuresBehind(sentence: string, lines: readonly FigureLine[]): FigureLine[] {
  return lines.filter((line) => line.id.startsWith(`${sentence}.`))
}

function figureLine(id: string, figure: number, registers: readonly Register[], year: string): FigureLine {
  const name = id.slice(id.indexOf('.') + 1)
  const behind = measureBehind(registers, id)
  const plain = name.endsWith('_fen') ? money(figure) : count(figure)
  if (!behind) return { id, words: sayIfKnown(`figure.${name}`, name), figure, value: plain, href: '' }
  const [register, measure] = behind
  const { label, value } = figureWords(register, measure, figure)
  const words = label === name ? sayIfKnown(`figure.${name}`, name) : label
  return { id, words, figure, value, href: tableHref(register, measure, year) }
}

/** The table of that year, where the measure counts by the day that the table is filtered by. */
function tableHref(register: Register, name: string, year: string): string {
  const { date } = register.measures[name] as { date?: string | false }
  const isByTableDay = date === undefined || date === register.datePath
  const period = isByTableDay ? { from: `${year}-01-01`, to: `${year}-12-31` } : {}
  const kind = kindOf(register, name)
  if (register.name === visit.name) return fragmentOf('visits', { ...period, kind })
  return fragmentOf('records', { register: register.name, ...period, kind })
}
