/**
 * A village reports an error of the roster: the form knows whom it is about and asks nothing more, and the home says so
 * until the county has answered.
 *
 * Deliberately not here: what the register's file says (../registers), and tapping.
 */
import { beforeAll, expect, test, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { askedIn, missingIn } from '../../src/page/form/recording/asked'
import { toFields, withValue, type Form } from '../../src/page/form/model'
import { openForm, placeOf, routeOf } from '../../src/page/form/open'
import { sentence } from '../../src/page/form/sentence'
import { tellerOf } from '../../src/page/form/values'
import { householdForm } from '../../src/page/form/visit'
import { rows } from '../../src/page/list/rows'
import RosterErrors from '../../src/page/parts/RosterErrors.vue'
import { loadRegisters, registers } from '../../src/page/registers'
import type { Route } from '../../src/page/routes'
import { view } from '../../src/page/state'
import type { View } from '../../src/shared/messages'
import type { Fields } from '../../src/shared/record'
import { invalidFields } from '../../src/shared/validation'
import { NOW } from '../phone'
import { campaign, home, person, TOWNSHIP, VILLAGE, viewOf } from './view'

vi.mock('../../src/page/client', () => ({ call: () => Promise.resolve(null), onChanged: () => undefined }))

const today = campaign('2024-01-20', '2024-02-09')
const households = [home('h1', [person('p-1', '李大山'), person('p-2', '李小山')]), home('h2', [person('p-3', '赵六')])]
const route: Route = { name: 'new', register: 'roster_error', unit: VILLAGE, start: null, about: 'p-1' }

beforeAll(() => loadRegisters())

const shown = (part: Parameters<typeof viewOf>[0] = {}): View => viewOf({ households, campaigns: [today], ...part })

async function begun(about: Partial<typeof route> = {}, view = shown()): Promise<Form> {
  return (await openForm({ ...route, ...about } as Route, view, NOW))!
}

function reported(fields: Fields): string[] {
  const about = { person: { person_ref: 'p-2' }, wrong: 'moved', ...fields }
  const view = shown({ records: [{ id: 'e1', address: `roster_error/${VILLAGE}/2024`, fields: about }] })
  const found = rows(view, view.villages[0]!, today).filter((row) => row.isReported)
  return found.map((row) => row.household.id)
}

test('a home says that an error is reported, until the county has answered or it is made void', () => {
  expect(reported({})).toEqual(['h1'])
  expect(reported({ answer: null, void_reason: null })).toEqual(['h1'])
  expect(reported({ answer: 'unchanged' })).toEqual([])
  expect(reported({ void_reason: 'mistake' })).toEqual([])
  expect(reported({ person: { person_ref: 'p-9' } })).toEqual([])
})

test('another record about the person reports nothing, and a report is no visit', () => {
  const fields = { person: { person_ref: 'p-3' } }
  const view = shown({ records: [{ id: 'a1', address: `hardship_aid/${VILLAGE}/2024`, fields }] })
  expect(rows(view, view.villages[0]!, today).some((row) => row.isReported || row.isDone || row.triedOn)).toBe(false)
})

test('the form is about the person that was tapped, asks nothing, and is valid as it stands', async () => {
  const form = await begun()
  const register = registers.value.get('roster_error')!
  expect(askedIn(register, form, new Set()).questions).toEqual([])
  expect(missingIn(register, form)).toEqual([])
  const fields = toFields(register, form, form.lines[0]!, 's-1', NOW)
  expect(fields).toMatchObject({
    person: { person_ref: 'p-1', name: '李大山' },
    wrong: 'wrong',
    division_code: VILLAGE,
  })
  expect(fields).not.toHaveProperty('answer')
  expect(invalidFields(register, fields)).toEqual([])
  const said = sentence(register, form, tellerOf(shown(), '2024-02-03')).map((part) => part.text)
  expect(said.join('')).toContain('发现名单有错：李大山，信息有误。')
})

test('a township reports for its village, as a township’s desk', async () => {
  const form = await begun({}, shown({ units: [TOWNSHIP] }))
  expect([form.unit, form.source]).toEqual([VILLAGE, 'township_desk'])
})

test('each person has an own draft, which is taken up where it was left', async () => {
  const [one, other, free] = [await begun(), await begun({ about: 'p-2' }), await begun({ about: undefined })]
  expect(new Set([one.key, other.key, free.key]).size).toBe(3)
  const register = registers.value.get('roster_error')!
  const changed = withValue(register, one, 'wrong', 'died')
  const view = shown({ drafts: [{ key: changed.key, form: changed, savedMs: NOW }] })
  expect(routeOf(changed, view)).toEqual(route)
  expect((await openForm(routeOf(changed, view), view, NOW))?.shared['wrong']).toBe('died')
  expect((await begun({ about: 'p-2' }, view)).shared['wrong']).toBe('wrong')
  expect(routeOf(free, view)).toEqual({ ...route, about: undefined })
})

test('whom the list does not have any more is asked for', async () => {
  const form = await begun({ about: 'p-9' })
  const register = registers.value.get('roster_error')!
  expect(askedIn(register, form, new Set()).questions.map((field) => field.name)).toEqual(['person'])
})

test('in a home of two each is asked about by name with every reason, until theirs is reported', async () => {
  const fields = { person: { person_ref: 'p-2' }, wrong: 'moved' }
  const current = shown({ records: [{ id: 'e1', address: `roster_error/${VILLAGE}/2024`, fields }] })
  const place = placeOf(current, VILLAGE, NOW)!
  const form = householdForm(registers.value.get('visit')!, place, today, households[0]!.people)
  view.value = current
  const page = await renderToString(createSSRApp(RosterErrors, { form }))
  view.value = null
  const groups = page
    .replace(/<!--.*?-->/g, '')
    .split('role="group"')
    .slice(1)
  const said = groups.map((group) => group.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '))
  expect(said).toHaveLength(2)
  expect(said[0]).toMatch(/名单上李大山有错？.*信息有误 去世 迁走 户不对 慰问标准不对 查无此人 其他/)
  expect(said[1]).toContain('已报：名单有错 · 李小山')
  expect(said[1]).not.toContain('迁走')
})
