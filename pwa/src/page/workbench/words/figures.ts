/**
 * Words and values for the figures of the annual report, by formula id.
 *
 * Always true: an id without words is shown by its id; figures that end in `_fen` are money. Deliberately not here: the
 * formulas.
 */
import type { AnnualReport } from '../../../shared/generated'
import { count, money } from './amounts'
import { sayIfKnown } from './language'

export interface FigureLine {
  id: string
  words: string
  value: string
}

/** `T01.money_records_fen` -> 按记录相加的金额, 1,500,000 元; in the order of the ids. */
export function figureLines(report: AnnualReport): FigureLine[] {
  const ids = Object.keys(report.figures).sort()
  return ids.map((id) => {
    const name = id.slice(id.indexOf('.') + 1)
    const figure = report.figures[id] ?? 0
    return {
      id,
      words: sayIfKnown(`figure.${name}`, name),
      value: name.endsWith('_fen') ? money(figure) : count(figure),
    }
  })
}
