/**
 * Finding: a home in a long list, and a ceremony of families that are on no list.
 *
 * Deliberately not here: initials (search.test.ts).
 */
import { expect, test } from 'vitest'
import { foundRows } from '../../src/page/list/search'
import { rows } from '../../src/page/list/rows'
import { isRecordFound, titleOf } from '../../src/page/list/titles'
import { withTyped } from '../../src/page/form/recording/typed'
import { register } from '../registers/sources'
import { campaign, home, person, record, table, viewOf, VILLAGE } from './view'

test('a home is found by a name or its initials of anybody who lives there', () => {
  const open = campaign('2024-01-20', '2024-02-10')
  const one = home('h1', [person('r1', '李大山', 'lds')])
  const other = home('h2', [person('r2', '王芳', 'wf')])
  const all = rows(viewOf({}), table(VILLAGE, '石门村', { households: [one, other] }), open)
  const found = (typed: string): string[] => foundRows(all, typed).map(({ household }) => household.id)
  expect([found(''), found('大'), found('WF'), found('zz')]).toEqual([['h1', 'h2'], ['h1'], ['h2'], []])
})

test('a ceremony is called by the families that were entered by hand', () => {
  const ceremony = register('ceremony')
  const fields = {
    ceremony_kind: 'recruit_sendoff',
    date: '2024-02-03',
    participants: [{ person: { contact: '家属王芳' } }],
  }
  const one = record({ id: 'c1', address: `ceremony/${VILLAGE}/2024`, fields })
  expect(titleOf(viewOf({}), ceremony, one)).toBe('家属王芳')
  expect(['王芳', 'jswf', '李'].map((typed) => isRecordFound(viewOf({}), ceremony, one, typed))).toEqual([
    true,
    true,
    false,
  ])
})

test('what was added is not typed any more', () => {
  expect(withTyped({ a: '王' }, 'b', '李')).toEqual({ a: '王', b: '李' })
  expect(withTyped({ a: '王', b: '李' }, 'b', '')).toEqual({ a: '王' })
})
