/**
 * Fields and values of people on a roster, in words.
 *
 * Always true: nothing said is empty. Deliberately not here: identity numbers, which come masked from the server.
 */
import { itemOn } from '../../../../shared/lists'
import { lists } from '../../server/registers'
import { unitWords } from '../../server/signed'
import { countyDay, day } from '../../words/amounts'
import { categoryWords } from '../../words/categories'
import { say, sayIfKnown, wordsOf } from '../../words/language'
import { batchWords } from '../../words/values'

/** As the server joins categories. */
const BETWEEN = '、'

/** A category as the county's list has it. */
export const categorySaid = (code: string): string => listed('categories', code) ?? categoryWords(code)

/** An honour as the county's list has it. */
export const honourSaid = (code: string): string => listed('honours', code) ?? code

function listed(list: string, code: string): string | undefined {
  const item = itemOn(lists.value, list, code, countyDay())
  return item && wordsOf(item)
}

/** A heading of the file stands as it is; the server's own names of columns are said in words. */
export function columnSaid(column: string): string {
  return sayIfKnown(`column.${column}`, column)
}

/** 3 组. */
export function groupSaid(group: string): string {
  return group === '' ? '' : say('pending.group_no', { n: group })
}

/** 第 3 行, in a file with several sheets 双河镇 第 3 行; `none` where it is no line. */
export function placeSaid({ sheet, line }: { sheet: string; line: number | null }, none = ''): string {
  if (!line) return none
  const words = say('faults.line_no', { n: line })
  return sheet === '' ? words : `${sheet} ${words}`
}

const SAYERS: Record<string, (value: string) => string> = {
  unit: unitWords,
  // The number stands behind the village's code.
  household: (value) => value.split('-').slice(1).join('-') || value,
  group: groupSaid,
  categories: (value) => value.split(BETWEEN).map(categorySaid).join(say('words.and')),
  batch: batchWords,
  died_on: (value) => day(value),
  honour: honourSaid,
  received_on: (value) => day(value),
}

/** What a field of a person has in it. */
export function valueSaid(field: string, value: string | null): string {
  if (value === null || value === '') return say('words.empty')
  return SAYERS[field]?.(value) ?? value
}
