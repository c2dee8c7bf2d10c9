/**
 * A sentence's parts filled in with values.
 *
 * Always true: of each part the first alternative is said whose condition holds and whose values are all there.
 * Deliberately not here: how a value is said.
 */
import { holds } from '../../shared/condition'
import type { Fields } from '../../shared/record'
import type { Alternative } from '../../shared/register_file'
import { settings } from '../settings'
import type { Part } from '../words'

const PLACE = /(\{[\w.]+#?\})/

/** What stands for a path; empty where nothing does. */
export type ValueOf = (path: string, isCount: boolean) => string

/** Fields that any of these parts speaks of, in words or as a condition. */
export function spokenOf(parts: Alternative[][]): string[] {
  return parts.flat().flatMap((one) => {
    const said = [...`${one.zh}${one.en}`.matchAll(/\{([\w.]+)#?\}/g)].map(([, path = '']) => path)
    return [...said, ...Object.keys(one.when ?? {})].map((path) => path.split('.')[0] ?? '')
  })
}

/** The sentence of one record or item. */
export function filledSentence(parts: Alternative[][], scope: Fields, valueOf: ValueOf): Part[] {
  return parts.flatMap((alternatives) => firstThatFits(alternatives, (one) => holds(one.when, scope) && valueOf))
}

/** `fits` gives the values of an alternative whose condition holds. */
export function firstThatFits(alternatives: Alternative[], fits: (one: Alternative) => ValueOf | false): Part[] {
  for (const alternative of alternatives) {
    const valueOf = fits(alternative)
    const parts = valueOf ? filledIn(alternative[settings.language], valueOf) : null
    if (parts) return parts
  }
  return []
}

/** The text with its values; null where one is missing. */
function filledIn(template: string, valueOf: ValueOf): Part[] | null {
  const parts: Part[] = []
  for (const piece of template.split(PLACE).filter((one) => one !== '')) {
    const path = PLACE.test(piece) ? piece.slice(1, -1) : ''
    const isCount = path.endsWith('#')
    const value = path === '' ? '' : valueOf(isCount ? path.slice(0, -1) : path, isCount)
    if (path !== '' && value === '') return null
    parts.push(path === '' ? { text: piece, isValue: false } : { text: value, isValue: true })
  }
  return parts
}
