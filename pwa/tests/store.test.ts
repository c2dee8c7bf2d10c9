/**
 * Saved means saved: whatever call of the database fails, no intent is lost and none becomes two changes.
 *
 * Deliberately not here: the exchange.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import * as Automerge from '@automerge/automerge/slim'
import { convertIntents } from '../src/worker/documents/convert'
import { readHistory } from '../src/worker/documents/history'
import { allHashes, load, merge, newest, readRecord, save, start, writeRecord } from '../src/worker/documents/document'
import { applyFeed } from '../src/worker/documents/apply'
import { saveDraft, saveIntents, undo } from '../src/worker/store/intents'
import { News } from '../src/worker/store/news'
import { openRecord, readView } from '../src/worker/store/view'
import type { Database } from '../src/worker/store/schema'
import type { View } from '../src/shared/messages'
import { ADDRESS, intent, newDatabase, NOW, withFault } from './phone'
import { wasm } from './vectors'

beforeAll(() => start(wasm()))

const idle = { phase: 'idle', lastMs: null, error: null } as const
const delivered = { outcome: 'delivered', visit_date: '2024-02-03' }

async function documentOf(database: Database): Promise<Automerge.Doc<unknown>> {
  return load((await database.get('documents', ADDRESS))?.saved) as Automerge.Doc<unknown>
}

describe('saving', () => {
  test('is whole or not at all, whichever call fails', async () => {
    const intents = [intent('r1', delivered), intent('r2', delivered), intent('r3', delivered)]
    for (let failing = 1; ; failing += 1) {
      const database = await newDatabase()
      await saveDraft(database, { key: 'd', form: {}, savedMs: NOW })
      const calls = await withFault(failing, () => saveIntents(database, intents, 'd', NOW)).catch(() => null)
      const kept = [await database.count('intents'), await database.count('drafts')]
      expect(kept).toEqual(calls === null ? [0, 1] : [3, 0])
      if (calls !== null) break
    }
  })

  test('needs no document: the list shows a record at once', async () => {
    const database = await newDatabase()
    await saveIntents(database, [intent('r1', delivered)], null, NOW)
    const view = await readView(database, idle)
    expect(view.records).toMatchObject([{ id: 'r1', fields: delivered, standing: 'on_this_phone' }])
    expect(view.unsent).toEqual({ count: 1, oldestMs: NOW })
  })

  test('reaches the page as what it does not have yet', async () => {
    const database = await newDatabase()
    const news = new News()
    const told: Partial<View>[] = []
    const tell = async (): Promise<void> => void told.push(JSON.parse(news.tell(await readView(database, idle))))
    await tell()
    await tell()
    await saveIntents(database, [intent('r1', delivered)], null, NOW)
    await tell()
    expect(told.map((parts) => Object.keys(parts))).toEqual([
      Object.keys(await readView(database, idle)),
      [],
      ['records', 'unsent'],
    ])
    expect(Object.assign({}, ...told)).toEqual(await readView(database, idle))
  })

  test('is left out of the first screen where its campaign is over, and only there', async () => {
    const database = await newDatabase()
    const until = (id: string, day: string): object => ({ id, from: '2000-01-01', until: day, closed: false })
    const value = { campaigns: [until('old', '2000-02-01'), until('new', '9999-12-31')] }
    await database.put('tables', { key: 'campaigns', feed: 'tables', name: 'campaigns', seq: 1, value })
    const visits = [intent('r1', { campaign_id: 'old' }), intent('r2', { campaign_id: 'new' }), intent('r3', {})]
    const error = intent('r4', { wrong: 'moved' }, { address: 'roster_error/990101103200/2024' })
    await saveIntents(database, [...visits, error], null, NOW)
    const shown = async (isWhole: boolean): Promise<string[]> =>
      (await readView(database, idle, isWhole)).records.map(({ id }) => id).sort()
    expect([await shown(false), await shown(true)]).toEqual([
      ['r2', 'r4'],
      ['r1', 'r2', 'r3', 'r4'],
    ])
    expect((await readView(database, idle, false)).unsent.count).toBe(4)
  })

  test('can be undone while it is pending, and is made void afterwards', async () => {
    const database = await newDatabase()
    const [first, second] = [intent('r1', delivered), intent('r2', delivered)]
    await saveIntents(database, [first], null, NOW)
    const otherwise = (id: string): ReturnType<typeof intent> => intent(id, { void_reason: 'mistake' })
    await undo(database, [{ undoes: first.id, otherwise: otherwise('r1') }], NOW)
    expect(await database.count('intents')).toBe(0)
    await saveIntents(database, [second], null, NOW)
    await convertIntents(database, NOW)
    await undo(database, [{ undoes: second.id, otherwise: otherwise('r2') }], NOW)
    await convertIntents(database, NOW)
    expect((await database.get('records', 'r2'))?.fields['void_reason']).toBe('mistake')
  })
})

describe('turning intents into changes', () => {
  test('consumes each exactly once, whichever call fails', async () => {
    for (let failing = 1; ; failing += 1) {
      const database = await newDatabase()
      await saveIntents(database, [intent('r1', delivered), intent('r2', delivered)], null, NOW)
      const calls = await withFault(failing, () => convertIntents(database, NOW)).catch(() => null)
      if (calls === null) expect(await database.count('intents')).toBe(2)
      await convertIntents(database, NOW)
      expect(await database.count('intents')).toBe(0)
      expect(allHashes((await documentOf(database)) as never)).toHaveLength(2)
      expect((await database.get('documents', ADDRESS))?.unsealed).toHaveLength(2)
      if (calls !== null) break
    }
  })

  test('keeps both values where the form was opened before a remote edit arrived', async () => {
    const database = await newDatabase()
    await saveIntents(database, [intent('r1', { note: 'first' })], null, NOW)
    await convertIntents(database, NOW)
    const opened = await openRecord(database, 'r1')
    const colleague = load((await database.get('documents', ADDRESS))?.saved)
    const edited = writeRecord(colleague, 'r1', { note: 'theirs' }, null, NOW)
    await applyFeed(database, {
      feed: 'visit/990101103200',
      reset: false,
      seq: 1,
      digest: new Uint8Array(8),
      more: false,
      entries: [
        { kind: 'chunk', seq: 1, address: ADDRESS, encoding: 0, payload: lastChange(edited.document), author: 'p-2' },
      ],
    })
    expect((await database.get('records', 'r1'))?.fields['note']).toBe('theirs')
    await saveIntents(
      database,
      [intent('r1', { note: 'ours' }, { heads: opened!.heads, seen: opened!.seen })],
      null,
      NOW,
    )
    await convertIntents(database, NOW)
    const document = (await documentOf(database)) as Automerge.Doc<Record<string, Record<string, unknown>>>
    const values = Object.values(Automerge.getConflicts(document['r1']!, 'note') ?? {}).map(String)
    expect(values.sort()).toEqual(['ours', 'theirs'])
  })

  test('an edit of a record that is itself still pending follows it', async () => {
    const database = await newDatabase()
    await saveIntents(database, [intent('r1', { note: 'first' })], null, NOW)
    const opened = await openRecord(database, 'r1')
    await saveIntents(
      database,
      [intent('r1', { note: 'second' }, { heads: opened!.heads, seen: opened!.seen })],
      null,
      NOW,
    )
    await convertIntents(database, NOW)
    const document = (await documentOf(database)) as Automerge.Doc<Record<string, Record<string, unknown>>>
    expect(Automerge.getConflicts(document['r1']!, 'note')).toBeUndefined()
    expect(readRecord(document as never, 'r1')['note']).toBe('second')
    expect(newest(document as never, allHashes(document as never))).toHaveLength(1)
  })

  test('a chunk that cannot be read stops neither the cursor nor the others', async () => {
    const database = await newDatabase()
    const good = writeRecord(load(undefined), 'r1', delivered, null, NOW).document
    const entry = { kind: 'chunk', address: ADDRESS, encoding: 0, author: 'p-2' } as const
    const unreadable = await applyFeed(database, {
      feed: 'visit/990101103200',
      reset: false,
      seq: 2,
      digest: new Uint8Array(8),
      more: false,
      entries: [
        { ...entry, seq: 1, payload: new Uint8Array([1, 2, 3]) },
        { ...entry, seq: 2, payload: save(good) },
      ],
    })
    expect(unreadable).toEqual([ADDRESS])
    expect((await database.get('feeds', 'visit/990101103200'))?.seq).toBe(2)
    expect((await database.get('records', 'r1'))?.fields).toEqual(delivered)
  })

  test('a record that came in a snapshot is known by who entered it', async () => {
    const database = await newDatabase()
    const entry = { entered_by: 'p-2', entered_at: '2024-02-03T09:00+08:00', source: 'phone' }
    const theirs = writeRecord(load(undefined), 'r1', { ...delivered, entry }, null, NOW).document
    await applyFeed(database, {
      feed: 'visit/990101103200',
      reset: false,
      seq: 1,
      digest: new Uint8Array(8),
      more: false,
      entries: [{ kind: 'snapshot', seq: 1, address: ADDRESS, payload: save(theirs) }],
    })
    expect((await database.get('records', 'r1'))?.author).toBe('p-2')
    expect((await readHistory(database, 'r1')).map((step) => [step.kind, step.by])).toEqual([['logged', 'p-2']])
  })
})

function lastChange(document: Parameters<typeof save>[0]): Uint8Array {
  const change = Automerge.getLastLocalChange(document)
  if (!change) throw new Error('nothing was changed')
  expect(merge(load(undefined), change)).toBeDefined()
  return change
}
