/**
 * What was recorded can be taken back until the next action, and afterwards made void because it was a mistake; a sweep
 * is saved, and taken back, as a whole. From the page's confirmation to the phone's database.
 *
 * Deliberately not here: how the bar and the screens look.
 */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Fields } from '../../src/shared/record'
import type { CallName, NewIntent, StoredDraft, UndoStep } from '../../src/shared/messages'
import { visit } from '../../src/shared/registers'
import { confirmForms, VOID_REASONS, voidRecord } from '../../src/page/form/confirm'
import { placeOf } from '../../src/page/form/open'
import { newSweep, sweepForms, sweepKey, ticked } from '../../src/page/list/sweep'
import { back, open, startRoutes } from '../../src/page/routes'
import { outcome, startState, undoLast, view } from '../../src/page/state'
import { convertIntents } from '../../src/worker/documents/convert'
import { start } from '../../src/worker/documents/document'
import { dropDraft, saveDraft, saveIntents, undo } from '../../src/worker/store/intents'
import { openRecord, readView } from '../../src/worker/store/view'
import type { Database } from '../../src/worker/store/schema'
import { newDatabase, NOW } from '../phone'
import { campaign, home, person, VILLAGE, viewOf } from './view'
import { wasm } from '../vectors'

let database: Database

/** The worker's answers, without a worker. */
const answers: Partial<Record<CallName, (ask: never) => Promise<unknown>>> = {
  view: async () => JSON.stringify(await readView(database, { phase: 'idle', lastMs: null, error: null })),
  save: (ask: { intents: NewIntent[]; draftKey: string | null }) =>
    saveIntents(database, ask.intents, ask.draftKey, NOW),
  undo: (ask: { steps: UndoStep[] }) => undo(database, ask.steps, NOW),
  open: (ask: { recordId: string }) => openRecord(database, ask.recordId),
  saveDraft: (draft: StoredDraft) => saveDraft(database, draft),
  dropDraft: (ask: { key: string }) => dropDraft(database, ask.key),
}
vi.mock('../../src/page/client', () => ({
  call: (name: CallName, ask: unknown) => answers[name]!(JSON.parse(JSON.stringify(ask)) as never),
  onChanged: () => undefined,
}))

const entries: unknown[] = []
beforeAll(async () => {
  await start(wasm())
  database = await newDatabase()
  const browser = {
    scrollTo: () => undefined,
    addEventListener: () => undefined,
    history: {
      get state(): unknown {
        return entries.at(-1)
      },
      pushState: (state: unknown) => entries.push(state),
      replaceState: (state: unknown) => entries.splice(-1, 1, state),
      back: () => entries.pop(),
    },
  }
  Object.assign(globalThis, browser)
  startRoutes()
  startState()
})
beforeEach(async () => {
  database = await newDatabase()
})

const table = viewOf({
  campaigns: [campaign('2024-01-20', '2024-02-09')],
  households: [home('h1', [person('r1', '李大山')]), home('h2', [person('r2', '赵玉兰'), person('r3', '赵长河')])],
})

/** Records three people of two homes in one go. */
async function recordSweep(): Promise<void> {
  const place = placeOf(table, VILLAGE, NOW)!
  const sweep = ['h1', 'h2'].reduce(ticked, newSweep(visit, place, table.campaigns[0]!, false))
  const key = sweepKey(VILLAGE, false)
  await saveDraft(database, { key, form: sweep, savedMs: NOW })
  const forms = sweepForms(visit, table, sweep, place).map(({ form }) => form)
  await confirmForms(visit, forms, table.enrolled!, NOW, { said: '已记下 2 户', draftKey: key })
}

const fieldsNow = (): Fields[] => view.value!.records.map((record) => record.fields)
const reasons = (): unknown[] => fieldsNow().map((fields) => fields['void_reason'])

test('a sweep is recorded as a whole, its draft goes with it, and it is taken back as a whole', async () => {
  await recordSweep()
  expect(fieldsNow().map((fields) => fields['person'])).toHaveLength(3)
  expect(view.value!.drafts).toEqual([])
  expect(outcome.value).toMatchObject({ text: '已记下 2 户' })
  await undoLast()
  await vi.waitFor(async () => expect(await database.count('intents')).toBe(0))
})

test('a sweep that cannot be stored leaves its draft and no record', async () => {
  await saveDraft(database, { key: sweepKey(VILLAGE, false), form: {}, savedMs: NOW })
  const add = IDBObjectStore.prototype.add
  let calls = 0
  IDBObjectStore.prototype.add = function failing(
    this: IDBObjectStore,
    ...values: Parameters<IDBObjectStore['add']>
  ): never {
    calls += 1
    if (calls === 2) throw new DOMException('full', 'QuotaExceededError')
    return add.apply(this, values) as never
  }
  await expect(recordSweep()).rejects.toThrow()
  IDBObjectStore.prototype.add = add
  expect([await database.count('intents'), await database.count('drafts')]).toEqual([0, 1])
})

test('taken back after it became a change, it is void because of a mistake', async () => {
  await recordSweep()
  await convertIntents(database, NOW)
  await undoLast()
  await convertIntents(database, NOW)
  const records = await database.getAll('records')
  expect(records.map(({ fields }) => fields['void_reason'])).toEqual(['mistake', 'mistake', 'mistake'])
})

test('the next action ends the undo; the way back does not; then a record is made void with a reason, and restored', async () => {
  open({ name: 'sweep', unit: VILLAGE, isPaper: false })
  await recordSweep()
  back('today')
  expect(outcome.value?.steps).toHaveLength(3)
  open({ name: 'records' })
  expect(outcome.value).toBeNull()
  const [first] = view.value!.records
  expect(VOID_REASONS[0]).toBe('mistake')
  await voidRecord((await openRecord(database, first!.id))!, '李大山', VOID_REASONS[0])
  expect(reasons().filter(Boolean)).toEqual(['mistake'])
  await voidRecord((await openRecord(database, first!.id))!, '李大山', null)
  expect(reasons().filter(Boolean)).toEqual([])
})
