/**
 * People on rosters and the tree of units in the workbench: looking up, corrections, a file with the tree.
 *
 * Deliberately not here: bringing lists in.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  correctedIn,
  correctionOf,
  draftOf,
  isChanged,
} from '../../src/page/workbench/county/roster/people/correction.ts'
import { branches, isGone } from '../../src/page/workbench/county/roster/units/tree.ts'
import { correctPerson, findPeople, readTree, takeTree } from '../../src/page/workbench/server/roster_routes.ts'
import type { UnitDays } from '../../src/shared/generated.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'
import { CHECK } from './mock/roster.ts'

let county: MockCounty

beforeEach(() => {
  county = answering()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('looking somebody up', () => {
  it('has no name in an address', async () => {
    const { people, total } = await findPeople({ unit: '990101103', search: '周', kind: 'roster', sensitive: false })
    expect([people.map(({ name }) => name), total]).toEqual([['周长河'], 1])
    expect(people[0]?.categories).toEqual([])
    expect(county.asked.at(-1)).toMatchObject({ method: 'POST', path: '/api/county/people', body: { search: '周' } })
  })
})

describe('a correction', () => {
  it('sends what was changed and nothing else', async () => {
    const person = county.roster.people[0]!
    const draft = draftOf(person)
    expect(isChanged(correctionOf(person, draft, true))).toBe(false)
    Object.assign(draft, { name: ' 李大川 ', group: '第三组', died_on: '2026-05-01' })
    const nothing = { unit: null, group: null, relative: null, categories: null, identity_number: null, struck: null }
    expect(correctionOf(person, draft, true)).toEqual({ ...nothing, name: '李大川', died_on: '2026-05-01' })
    expect(correctionOf(person, { ...draft, struck: true }, true).struck).toBe(true)
    draft.group = '四组'
    expect(correctionOf(person, draft, true).group).toBe('四')
    expect(correctionOf(person, { ...draft, identity_number: ' 990101194808010017' }, true).identity_number).toBe(
      '990101194808010017',
    )
    draft.relative = ''
    expect(correctionOf(person, draft, true).relative).toBe('')
  })

  it('never touches categories that were not shown', () => {
    const person = { ...county.roster.people[1]!, categories: [] as string[] }
    const draft = { ...draftOf(person), categories: ['11'] }
    expect(correctionOf(person, draft, false).categories).toBeNull()
    const shown = county.roster.people[1]!
    expect(correctionOf(shown, { ...draftOf(shown), categories: ['33', '36'] }, true).categories).toBeNull()
    expect(correctionOf(shown, { ...draftOf(shown), categories: ['33', '11'] }, true).categories).toEqual(['11', '33'])
  })

  it('stands in the table at once, with the categories as they were chosen', async () => {
    const { people } = await findPeople({ unit: '', search: '', kind: 'roster', sensitive: true })
    const draft = { ...draftOf(people[2]!), died_on: '' }
    const answer = await correctPerson('r3', correctionOf(people[2]!, draft, true))
    const after = correctedIn(people, answer!, draft.categories)
    expect(after[2]).toMatchObject({ name: '高玉芬', died_on: null, categories: ['21'] })
    expect(after.slice(0, 2)).toEqual(people.slice(0, 2))
  })
})

describe('the tree of units', () => {
  it('is looked at first; nothing is taken with a fault', async () => {
    const file = new Blob(['区划代码,名称\n'])
    expect((await takeTree(file, false)).applied).toBe(false)
    expect(county.asked.at(-1)?.body).toBe(file)
    expect(await readTree()).toHaveLength(6)
    county.roster.treeFaults = [CHECK.faults[0]!]
    expect((await takeTree(file, true)).applied).toBe(false)
    county.roster.treeFaults = []
    expect((await takeTree(file, true)).applied).toBe(true)
    expect(await readTree()).toHaveLength(7)
  })

  it('has villages in their townships by code, and loses none', () => {
    const unit = (code: string, name: string): UnitDays => ({
      unit: code,
      name,
      valid_from: null,
      valid_to: null,
      replaced_by: null,
    })
    const tree = [unit('990101104200', '后沟村'), unit('990101103201', '乙'), unit('990101103', '双河镇')]
    const found = branches([unit('990101', '示例县'), ...tree, unit('990101103200', '甲')])
    expect(found.map(({ township, villages }) => [township.name, villages.map(({ name }) => name)])).toEqual([
      ['双河镇', ['甲', '乙']],
      ['990101104', ['后沟村']],
    ])
  })

  it('tells those that are no more from those that will be no more', () => {
    const unit = { unit: '990101103201', name: '', valid_from: null, valid_to: '2026-08-31', replaced_by: '9' }
    expect(['2026-08-31', '2026-09-01'].map((today) => isGone(unit, today))).toEqual([false, true])
    expect(isGone({ ...unit, valid_to: null }, '2026-01-01')).toBe(true)
    expect(isGone({ ...unit, valid_to: null, replaced_by: null }, '2026-01-01')).toBe(false)
  })
})
