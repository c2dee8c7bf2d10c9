/**
 * One phone for two villages: lists, forms and buttons speak of the village that was tapped.
 *
 * Deliberately not here: how a village comes to a phone.
 */
import { expect, test } from 'vitest'
import { dayOf } from '../../src/shared/time'
import type { View } from '../../src/shared/messages'
import { addressOf, toFields } from '../../src/page/form/model'
import { openForm, routeOf } from '../../src/page/form/open'
import { knownRegister } from '../../src/page/registers'
import { rows } from '../../src/page/list/rows'
import { stationName, unitsFor } from '../../src/page/list/units'
import { campaign, home, person, table, VILLAGE, viewOf } from './view'

const SECOND = '990101103201'
const NOW = Date.UTC(2024, 1, 3)
const open = campaign('2024-01-20', '2024-02-20')

function twoVillages(part: Partial<View> = {}): View {
  const view = viewOf({ units: [VILLAGE, SECOND], campaigns: [open] })
  const second = table(SECOND, '柳树村', {
    // The same number of a home, and the same name, stand in both.
    households: [home('h-1', [person('q-1', '王芳')])],
    staff: [
      { id: 's-1', name: '王秀英', rank: 'village_head' },
      { id: 's-9', name: '赵敏', rank: 'village_cadre' },
    ],
  })
  const first = table(VILLAGE, '石门村', { households: [home('h-1', [person('p-1', '王芳')])] })
  return { ...view, villages: [first, second], ...part }
}

test('a home’s form belongs to the village of the list that was tapped', async () => {
  const view = twoVillages()
  for (const [unit, reference, rank, other] of [
    [VILLAGE, 'p-1', 'village_cadre', 's-2'],
    [SECOND, 'q-1', 'village_head', 's-9'],
  ] as const) {
    const form = (await openForm({ name: 'visit', unit, household: 'h-1' }, view, NOW))!
    const fields = toFields(knownRegister('visit')!, form, form.lines[0]!, 's-1', NOW)
    expect(addressOf(knownRegister('visit')!, form)).toBe(`visit/${unit}/${dayOf(NOW).slice(0, 4)}`)
    expect(fields).toMatchObject({ division_code: unit, lead_rank: rank, person: { person_ref: reference } })
    expect(fields['visitor_refs']).toEqual(['s-1', other])
  }
})

test('a home that was visited in one village still waits in the other', () => {
  const fields = { campaign_id: open.id, outcome: 'delivered', person: { person_ref: 'p-1', name: '王芳' } }
  const view = viewOf({ records: [{ id: 'r1', fields }] })
  const [first, second] = twoVillages().villages
  expect(rows(view, first!, open).map((row) => row.isDone)).toEqual([true])
  expect(rows(view, second!, open).map((row) => row.isDone)).toEqual([false])
})

test('both villages are offered for a new record, and the draft of one is not taken up in the other', async () => {
  const view = twoVillages()
  expect(unitsFor(knownRegister('visit')!, view)).toEqual([VILLAGE, SECOND])
  expect(stationName(view)).toBe('石门村、柳树村')
  const route = { name: 'new', register: 'visit', start: 'hospital' } as const
  const draft = (await openForm({ ...route, unit: VILLAGE }, view, NOW))!
  const kept = { ...draft, shared: { ...draft.shared, note: '石门村的' } }
  const later = twoVillages({ drafts: [{ key: draft.key, form: kept, savedMs: NOW }] })
  expect(await openForm({ ...route, unit: VILLAGE }, later, NOW)).toEqual(kept)
  expect(await openForm({ ...route, unit: SECOND }, later, NOW)).toMatchObject({ unit: SECOND })
  expect(routeOf(kept, later)).toEqual({ ...route, unit: VILLAGE })
})
