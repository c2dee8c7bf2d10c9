/**
 * What the county writes into a record: at which heads, and what goes along with it.
 *
 * Deliberately not here: what the server makes of it.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { editing } from '../../src/page/workbench/records/drawer/editing.ts'
import {
  asWritten,
  batchesAround,
  editedMembers,
  isEditable,
  lackingIn,
  listOf,
  openedBy,
  personNamed,
  startValue,
  startValuesOf,
  typedOf,
  withMember,
  writtenAlong,
} from '../../src/page/workbench/records/editors/kinds.ts'
import { readRecord } from '../../src/page/workbench/server/record_routes.ts'
import { forgetRegisters, learnRegisters, registerNamed, registers } from '../../src/page/workbench/server/registers.ts'
import type { Register } from '../../src/shared/register.ts'
import { answering } from './mock/answering.ts'
import type { MockCounty } from './mock/county.ts'

let county: MockCounty

beforeEach(async () => {
  county = answering()
  await learnRegisters()
})

afterEach(() => {
  vi.unstubAllGlobals()
  forgetRegisters()
})

function named(name: string): Register {
  return registerNamed(name)!
}

describe('an edit', () => {
  it('is made at the heads of the moment in which the form was opened', async () => {
    const detail = await readRecord('outlet-0')
    const form = editing(detail)
    detail.heads = ['newer-head']
    expect(await form.write({ name: '便民超市' }, '已电话核实')).toBe(true)
    const asked = county.asked.at(-1)
    expect(asked?.path).toBe('/api/county/records/outlet-0')
    expect(asked?.body).toEqual({ fields: { name: '便民超市' }, heads: ['head-of-outlet-0'], note: '已电话核实' })
  })

  it('that is refused says why and is not taken for done', async () => {
    const form = editing(await readRecord('outlet-0'))
    expect(await form.write({ name: 'x' }, '')).toBe(false)
    expect(form.failure.value?.words).toBe('请写说明。')
    expect(form.busy.value).toBe(false)
  })

  it('takes along what the register writes where a field no longer holds', () => {
    const visit = named('visit')
    const before = { outcome: 'delivered', person_times: 1, gift: { money_fen: 30_000 }, receiver: 'self' }
    expect(writtenAlong(visit, before, { outcome: 'not_met' })).toEqual({ person_times: 0, gift: null })
    expect(writtenAlong(visit, before, { receiver: 'spouse' })).toEqual({})
    const corrected = { outcome: 'not_met', person_times: 2 }
    expect(writtenAlong(visit, before, corrected)).toEqual({ gift: null })
  })
})

describe('a correction to another choice', () => {
  it('asks for what that choice needs and the record lacks', () => {
    const outlet = named('outlet')
    const before = { status: 'active', active_on: '2024-03-01' }
    const asked = openedBy(outlet, before, { status: 'withdrawn' }).map(({ name }) => name)
    expect(asked).toEqual(['withdrawn_on', 'withdraw_reason'])
    expect(openedBy(outlet, before, { name: '便民超市' })).toEqual([])
    // What is optional is behind "add", as on the phone.
    expect(openedBy(named('visit'), { visit_kind: 'hospital' }, { visit_kind: 'bereavement' })).toEqual([])
    expect(openedBy(outlet, { ...before, status: 'withdrawn' }, { name: '便民超市' })).toEqual([])
  })

  it('begins with what the register fills in for such a record', () => {
    const receiver = named('visit').field('receiver')!
    expect(startValue(receiver, '2026-07-26', { visit_kind: 'bereavement' })).toBe('other_relative')
    expect(startValue(receiver, '2026-07-26', { visit_kind: 'hospital' })).toBe('self')
  })
})

describe('what may be edited', () => {
  it('is never who entered it, staff, photos or what the county settled', () => {
    for (const register of registers.value) {
      for (const name of ['entry', 'void_reason', 'double_of', 'supersedes', 'division_code', 'photos']) {
        const field = register.field(name)
        expect(field === undefined || !isEditable(field), `${register.name} ${name}`).toBe(true)
      }
    }
    expect(isEditable(named('visit').field('visitor_refs')!)).toBe(false)
    expect(isEditable(named('outlet').field('benefits')!)).toBe(true)
  })

  it('is never the reference to a list', () => {
    const members = editedMembers(named('hardship_aid').field('person')!).map(({ name }) => name)
    expect(members).not.toContain('person_ref')
  })
})

describe('a step', () => {
  it('begins with what the register fills in', () => {
    const register = named('hardship_aid')
    expect(startValue(register.field('decided_on')!, '2026-07-26')).toBe('2026-07-26')
    expect(startValue(register.field('fund')!, '2026-07-26')).toBe('county')
    expect(startValue(register.field('decision_no')!, '2026-07-26')).toBeUndefined()
    expect(startValue(named('feedback').field('reply')!, '2026-07-26')).toEqual({ on: '2026-07-26' })
  })

  it('fills in what another filled-in field opens', () => {
    const register = named('hardship_aid')
    const fields = ['grant_result', 'decided_on', 'granted_fen', 'fund'].map((name) => register.field(name)!)
    const given = { grant_result: 'granted', decided_on: '2026-07-26', fund: 'county' }
    expect(startValuesOf(fields, {}, '2026-07-26')).toEqual(given)
    expect(startValuesOf(fields, { grant_result: 'refused' }, '2026-07-26')).toEqual({ decided_on: '2026-07-26' })
  })

  it('is not done by a group that lacks what it is for', () => {
    const reply = named('feedback').field('reply')!
    expect(lackingIn(reply, null)).toBe(reply)
    expect(lackingIn(reply, { on: '2026-07-26' })?.name).toBe('text')
    expect(lackingIn(reply, { on: '2026-07-26', text: '已改大' })).toBeUndefined()
  })
})

describe('values as they are written', () => {
  it('are nothing rather than empty', () => {
    expect(asWritten('  ')).toBeNull()
    expect(asWritten(' 一 ')).toBe('一')
    expect(asWritten({})).toBeNull()
    expect(asWritten(0)).toBe(0)
    expect(asWritten(false)).toBe(false)
    expect(asWritten([])).toEqual([])
  })

  it('keep the other members of their group', () => {
    expect(withMember({ a: 1, unheard_of: 2 }, 'a', 3)).toEqual({ a: 3, unheard_of: 2 })
    expect(withMember({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 })
    expect(withMember(null, 'a', false)).toEqual({ a: false })
  })

  it('of batches are offered newest first, the next year included', () => {
    expect(batchesAround(2026, 1)).toEqual(['2027H2', '2027H1', '2026H2', '2026H1', '2025H2', '2025H1'])
  })
})

describe('somebody on no list', () => {
  const known = { name: '赵小军', relative: '父亲', batch: '2024H1', honour: '' }
  const candidate = { person_ref: 'n0001', unit: '990101103200', ...known }

  it('of a ceremony is a family: nobody types a soldier’s name there, and a match brings the reference alone', () => {
    const person = named('ceremony').field('participants')!.member('person')!
    expect(typedOf(person)).toEqual(['contact', 'village'])
    expect(personNamed(person, candidate)).toEqual({ person_ref: 'n0001' })
  })

  it('elsewhere has a name, and stays readable once matched', () => {
    const person = named('visit').field('person')!
    expect(typedOf(person)).toEqual(['name', 'village'])
    expect(personNamed(person, candidate)).toEqual({ person_ref: 'n0001', name: '赵小军' })
  })

  it('is looked for on the list that the ceremony is about', () => {
    expect(listOf({ ceremony_kind: 'recruit_sendoff' })).toBe('recruits')
    expect(listOf({ ceremony_kind: 'returnee_welcome' })).toBe('returnees')
    expect(listOf({ ceremony_kind: 'plaque' })).toBe('roster')
    expect(listOf({})).toBe('roster')
  })
})
