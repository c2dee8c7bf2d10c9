/**
 * One household, one plaque: a second one is asked about.
 *
 * Deliberately not here: what the county counts.
 */
import { expect, test } from 'vitest'
import { secondPlaques } from '../../src/page/form/checks/plaques'
import type { Fields } from '../../src/shared/record'
import { record, VILLAGE } from '../lists/view'

const plaque = (action: string, date: string, reference = 'q1'): Fields => ({
  ceremony_kind: 'plaque',
  date,
  participants: [{ person: { person_ref: reference }, plaque_action: action }],
})
const known = (...all: Fields[]): ReturnType<typeof record>[] =>
  all.map((fields, index) => record({ id: `c${index}`, address: `ceremony/${VILLAGE}/2024`, fields }))

test('a second plaque of a household is asked about, with the day of the first', () => {
  const said = secondPlaques(plaque('new', '2024-06-01'), 'c9', known(plaque('new', '2024-03-01')))
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^这一户 .*3月1日 已经挂过光荣牌/)
})

test('what is right is not asked about', () => {
  const first = plaque('new', '2024-03-01')
  const quiet = (now: Fields, ...before: Fields[]): void =>
    expect(secondPlaques(now, 'c9', known(...before))).toEqual([])
  quiet(plaque('new', '2024-06-01'))
  quiet(plaque('replace', '2024-06-01'), first)
  quiet(plaque('new', '2024-06-01', 'q2'), first)
  quiet(plaque('new', '2024-06-01'), first, plaque('withdraw', '2024-05-01'))
  quiet(plaque('new', '2024-06-01'), { ...first, void_reason: 'mistake' })
  quiet({ ...first, ceremony_kind: 'returnee_welcome' }, first)
})

test('a record does not ask about itself', () => {
  expect(secondPlaques(plaque('new', '2024-03-01'), 'c0', known(plaque('new', '2024-03-01')))).toEqual([])
})
