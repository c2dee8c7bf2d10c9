/**
 * After a death: a visit to the bereaved and the removal from the roster are offered, about the same person.
 *
 * Deliberately not here: the forms that they open.
 */
import { expect, test } from 'vitest'
import { openForm } from '../../src/page/form/open'
import { valueIn } from '../../src/page/form/model'
import { nextOf } from '../../src/page/list/follow'
import { register } from '../registers/sources'
import { NOW } from '../phone'
import { home, person, VILLAGE, viewOf } from './view'

const visit = register('visit')
const died = { outcome: 'deceased', person: { person_ref: 'r1', name: '李大山' } }

test('what may follow from a death is offered, of anything else and of what is void nothing', () => {
  const labels = nextOf(visit, died, VILLAGE).map(({ label }) => label)
  expect(labels).toEqual(['去世慰问', '报核减'])
  expect(nextOf(visit, { ...died, outcome: 'delivered' }, VILLAGE)).toEqual([])
  expect(nextOf(visit, { ...died, void_reason: 'mistake' }, VILLAGE)).toEqual([])
})

test('each opens a form about the person', async () => {
  const view = viewOf({ households: [home('h1', [person('r1', '李大山', 'lds')])] })
  const [bereavement, removal] = await Promise.all(
    nextOf(visit, died, VILLAGE).map(({ route }) => openForm(route, view, NOW)),
  )
  expect(valueIn(bereavement!, 'visit_kind')).toBe('bereavement')
  expect(valueIn(bereavement!, 'person')).toMatchObject({ person_ref: 'r1' })
  expect(valueIn(removal!, 'nil_report')).toBe(false)
  expect(valueIn(removal!, 'removals')).toEqual([{ reason: 'died', person: died.person }])
  expect(valueIn(removal!, 'person')).toBeUndefined()
})
