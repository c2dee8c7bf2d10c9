/**
 * The calendar of festivals, and conditions of register files.
 *
 * Deliberately not here: drawing.
 */
import { describe, expect, test } from 'vitest'
import { batchOf } from '../src/page/form/defaults'
import { daysLater, festivalOf, lunarOf, lunarWords, monthsLater, weeksOf } from '../src/page/fields/lunar'
import { exists, holds, valueAt, type Condition } from '../src/shared/condition'
import { levelOf } from '../src/shared/ids'
import { itemOn, itemsOn } from '../src/shared/lists'
import type { CountyList } from '../src/shared/tables'

test.each([
  ['2024-02-09', 'festival_eve'],
  ['2024-02-10', 'festival_spring'],
  ['2024-02-24', 'festival_lantern'],
  ['2024-04-04', 'festival_qingming'],
  ['2024-06-10', 'festival_dragon_boat'],
  ['2024-08-01', 'festival_army_day'],
  ['2024-09-17', 'festival_mid_autumn'],
  ['2024-09-30', 'festival_martyrs'],
  ['2024-10-11', 'festival_double_ninth'],
  ['2025-01-28', 'festival_eve'],
  ['2025-01-29', 'festival_spring'],
  ['2025-04-04', 'festival_qingming'],
  ['2026-02-16', 'festival_eve'],
  ['2026-02-17', 'festival_spring'],
  ['2026-04-05', 'festival_qingming'],
  ['2027-02-05', 'festival_eve'],
  ['2027-02-06', 'festival_spring'],
  ['2027-02-20', 'festival_lantern'],
  ['2030-02-02', 'festival_eve'],
  ['2030-02-03', 'festival_spring'],
  ['2031-01-23', 'festival_spring'],
  ['2032-02-11', 'festival_spring'],
  ['2027-04-05', 'festival_qingming'],
])('%s is %s', (day, festival) => expect(festivalOf(day)).toBe(festival))

test.each(['2024-02-08', '2024-02-11', '2024-04-05', '2025-08-02', '2025-06-30'])('%s is a plain day', (day) =>
  expect(festivalOf(day)).toBeNull(),
)

test('a festival of a leap month is none', () => {
  // 2025 had a second sixth month; 2028 has a second fifth.
  expect(lunarOf('2025-07-25')).toEqual({ month: 6, isLeap: true, day: 1 })
  expect(festivalOf('2028-05-28')).toBe('festival_dragon_boat')
  expect(festivalOf('2028-06-27')).toBeNull()
})

test.each([
  [{ month: 12, isLeap: false, day: 30 }, '三十'],
  [{ month: 1, isLeap: false, day: 1 }, '正月'],
  [{ month: 6, isLeap: true, day: 1 }, '闰六月'],
  [{ month: 1, isLeap: false, day: 10 }, '初十'],
  [{ month: 1, isLeap: false, day: 11 }, '十一'],
  [{ month: 1, isLeap: false, day: 20 }, '二十'],
  [{ month: 1, isLeap: false, day: 28 }, '廿八'],
])('%o is said %s', (lunar, said) => expect(lunarWords(lunar)).toBe(said))

test('weeks begin on Monday, and hold every day once', () => {
  const weeks = weeksOf('2024-02')
  expect(weeks[0]).toEqual([null, null, null, '2024-02-01', '2024-02-02', '2024-02-03', '2024-02-04'])
  expect(weeks.flat().filter(Boolean)).toHaveLength(29)
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(daysLater('2024-02-28', 2)).toBe('2024-03-01')
  expect([monthsLater('2024-01', -1), monthsLater('2024-12', 1)]).toEqual(['2023-12', '2025-01'])
})

test('a batch is of spring until June', () => {
  expect(['2024-06-30', '2024-07-01'].map(batchOf)).toEqual(['2024H1', '2024H2'])
})

describe('conditions', () => {
  const fields = {
    kind: 'a',
    count: 2,
    isOpen: true,
    none: null,
    empty: '',
    place: { home: 'x' },
    unit: '990101103000',
  }
  const cases: [Condition, boolean][] = [
    [{}, true],
    [{ kind: 'a' }, true],
    [{ kind: 'b' }, false],
    [{ kind: ['b', 'a'] }, true],
    [{ kind: 'a', count: 3 }, false],
    [{ count: [0, 2] }, true],
    [{ 'place.home': 'x' }, true],
    [{ 'place.away': { exists: true } }, false],
    [{ isOpen: true }, true],
    [{ isOpen: false }, false],
    [{ isClosed: false }, true],
    [{ isClosed: true }, false],
    [{ none: { exists: false } }, true],
    [{ empty: { exists: false } }, true],
    [{ kind: { exists: true } }, true],
    [{ unit: { level: 'township' } }, true],
    [{ unit: { level: 'village' } }, false],
    [{ kind: { year: true } }, true],
  ]
  test.each(cases)('%o: %s', (condition, expected) => expect(holds(condition, fields)).toBe(expected))

  test('paths lead into groups, not into lists', () => {
    expect(valueAt({ list: [{ a: 1 }] }, 'list.a')).toBeUndefined()
    expect([exists(0), exists(false), exists('')]).toEqual([true, true, false])
    expect(['990101000000', '990101103000', '990101103200'].map(levelOf)).toEqual(['county', 'township', 'village'])
  })
})

test('a list is read as it was on the record’s day; a code that ended is still said', () => {
  const item = (code: string, zh: string): CountyList['versions'][number]['items'][number] => ({ code, zh, en: zh })
  const lists: CountyList[] = [
    {
      id: 'x',
      name: { zh: '', en: '' },
      versions: [
        { version: 2, valid_from: '2024-07-01', items: [item('b', '乙'), item('c', '丙')] },
        { version: 1, valid_from: '2024-01-01', items: [item('a', '甲'), item('b', '旧乙')] },
      ],
    },
  ]
  expect(itemsOn(lists, 'x', '2024-06-30').map((one) => one.code)).toEqual(['a', 'b'])
  expect(itemsOn(lists, 'x', '2024-07-01').map((one) => one.code)).toEqual(['b', 'c'])
  expect(itemsOn(lists, 'x', '2020-01-01').map((one) => one.code)).toEqual(['a', 'b'])
  expect(itemOn(lists, 'x', 'b', '2024-06-30')?.zh).toBe('旧乙')
  expect(itemOn(lists, 'x', 'a', '2024-08-01')?.zh).toBe('甲')
  expect(itemsOn(lists, 'y', '2024-08-01')).toEqual([])
})
