/**
 * What somebody who takes over a station is told: what is open there and what was done there lately, by whomever; the
 * village of the pictures.
 *
 * Deliberately not here: how the pages look, and when they come by themselves (the browser's cases).
 */
import { beforeEach, expect, test } from 'vitest'
import type { ViewRecord } from '../../src/shared/messages'
import type { Fields } from '../../src/shared/record'
import { settings } from '../../src/page/settings'
import { exampleOf } from '../../src/page/views/newcomer/example'
import { matterLine } from '../../src/page/views/newcomer/lines'
import { doneLately, openMatters, type OpenMatter } from '../../src/page/views/newcomer/station'
import { register, registerNames } from '../registers/sources'
import { NOW } from '../phone'
import { campaign, home, person, table, TOWNSHIP, VILLAGE, viewOf } from './view'

const registers = new Map(registerNames.map((name) => [name, register(name)]))
const OTHER = '990101103201'
const open = campaign('2024-01-20', '2024-02-09')
const people = [home('h1', [person('r1', '李大山')]), home('h2', [person('r2', '赵玉兰')])]
beforeEach(() => (settings.language = 'zh'))

type Part = Partial<ViewRecord> & { id: string }

function of(name: string, id: string, fields: Fields, part: Partial<ViewRecord> = {}): Part {
  return { id, fields, address: `${name}/${VILLAGE}/2024`, own: false, author: 's-2', ...part }
}

const visited = (id: string, day: string, part: Fields = {}): Part =>
  of('visit', id, { visit_date: day, outcome: 'delivered', person: { name: '李大山' }, ...part })
const notice = (...days: (string | null)[]): Fields => ({
  ceremony_kind: 'merit_report',
  date: '2024-01-30',
  participants: days.map((day, index) => ({ person: { contact: `家属${index}` }, delivered_on: day })),
})

function matters(records: Part[], unit = VILLAGE, part: Parameters<typeof viewOf>[0] = {}): OpenMatter[] {
  return openMatters(viewOf({ records, ...part }), registers, unit, NOW)
}

test('each campaign of today with the homes that are left, those that end first first; none that is over or done', () => {
  const later = { ...open, id: 'later', until: '2024-03-01' }
  const campaigns = [
    later,
    open,
    { ...later, id: 'closed', closed: true },
    { ...later, id: 'over', until: '2024-02-02' },
    { ...later, id: 'to come', from: '2024-02-04' },
  ]
  const targets = campaigns.map(({ id }) => ({ campaign_id: id, package_id: 'standard' }))
  const also = people.map((one) => ({ ...one, people: one.people.map((somebody) => ({ ...somebody, targets })) }))
  const one = visited('v1', '2024-02-01', { campaign_id: open.id, person: { person_ref: 'r1' } })
  const left = (records: Part[]): unknown[] =>
    matters(records, VILLAGE, { campaigns, households: also }).map(
      (matter) => matter.kind === 'homes' && [matter.campaign.id, matter.left],
    )
  expect(left([one])).toEqual([
    [open.id, 1],
    ['later', 2],
  ])
  const other = visited('v2', '2024-02-01', { campaign_id: open.id, person: { person_ref: 'r2' } })
  expect(left([one, other])).toEqual([['later', 2]])
})

test('a notice that did not reach everybody, a step of this station and what needs a look are open, the oldest first', () => {
  const records = [
    of('ceremony', 'c1', notice('2024-02-01', null)),
    of('ceremony', 'c2', notice('2024-02-01')),
    of('roster_check', 'k1', { month: '2024-01', nil_report: true }),
    of('roster_check', 'k0', {}, { loggedMs: 1 }),
    { ...visited('v1', '2024-01-02'), standing: 'needs_a_look' as const, look: { code: 'invalid', fields: [] } },
    of('ceremony', 'c3', { ...notice(null), void_reason: 'mistake' }),
    of('unknown', 'u1', {}),
  ]
  const found = matters(records)
  expect(found.map((matter) => 'record' in matter && [matter.kind, matter.record.id])).toEqual([
    ['step', 'k0'],
    ['look', 'v1'],
    ['notice', 'c1'],
  ])
  const view = viewOf({ records })
  const texts = found.map((matter) => matterLine(view, registers, VILLAGE, matter).text)
  expect(texts[1]).toBe('李大山：要看一下')
  expect(texts[2]).toBe('家属1：喜报还没送到')
})

test('a township is told of all its villages, and of its own steps; a village of itself alone', () => {
  const villages = [table(VILLAGE, '石门村', { households: people }), table(OTHER, '南沟村', { households: people })]
  const part = { campaigns: [open], villages }
  const records = [of('roster_check', 'k1', { month: '2024-01', nil_report: true })]
  const kinds = (unit: string): unknown[] =>
    matters(records, unit, part).map((matter) => (matter.kind === 'homes' ? matter.left : matter.kind))
  expect(kinds(VILLAGE)).toEqual([2])
  expect(kinds(TOWNSHIP)).toEqual([4, 'step'])
  const view = viewOf({ ...part, records })
  const [, step] = openMatters(view, registers, TOWNSHIP, NOW)
  expect(matterLine(view, registers, TOWNSHIP, step!).about).toContain('石门村')
})

test('the last ten records, newest first, by whomever; nothing void, no comment, no other village', () => {
  const days = Array.from({ length: 12 }, (_, index) => visited(`v${index}`, `2024-01-${10 + index}`))
  const others = [
    visited('void', '2024-02-02', { void_reason: 'mistake' }),
    of('feedback', 'f1', { date: '2024-02-02', text: '字小' }),
    of('unknown', 'u1', {}),
    { ...visited('far', '2024-02-02'), address: `visit/${OTHER}/2024` },
    of('ceremony', 'c1', { ...notice('2024-01-16'), date: '2024-01-16' }),
  ]
  const ids = doneLately(viewOf({ records: [...days, ...others] }), registers, VILLAGE).map(({ id }) => id)
  expect(ids).toEqual(['v11', 'v10', 'v9', 'v8', 'v7', 'v6', 'c1', 'v5', 'v4', 'v3'])
})

test('the pictures show what the app would: one home done, a sentence with who holds the phone', () => {
  const view = viewOf({})
  const example = exampleOf(view, view.enrolled!, NOW)
  expect(example.rows.map(({ isDone }) => isDone)).toEqual([false, true, false])
  const told = example.told.map(({ text }) => text).join('')
  expect(told).toContain('大米1袋送到李大山家里')
  expect(told).toContain('王秀英')
  expect(example.chips.length).toBeGreaterThan(2)
})
