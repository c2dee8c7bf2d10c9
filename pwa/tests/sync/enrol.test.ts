/**
 * Enrolment with a code that somebody of the township approves later.
 *
 * Always true: the digits are those of the shared vectors, counted on this side. Deliberately not here: the screen.
 */
import 'fake-indexeddb/auto'
import { afterEach, expect, it, vi } from 'vitest'
import { matchDigits } from '../../src/worker/keys.ts'
import { openDatabase, readMeta } from '../../src/worker/store/database.ts'
import { enrol } from '../../src/worker/sync/enrol.ts'
import { vectors } from '../vectors.ts'

type Case = { code: string; public_key: string; digits: string }

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))

afterEach(() => vi.unstubAllGlobals())

it('counts the digits as the county does', async () => {
  const { cases } = vectors<{ cases: Case[] }>('match-digits.json')
  expect(cases.length).toBeGreaterThan(3)
  for (const { code, public_key, digits } of cases) expect(await matchDigits(code, bytes(public_key))).toBe(digits)
})

it('shows the digits of its own key, is not enrolled yet, and asks again with the same key', async () => {
  const asked: { code: string; public_key: string }[] = []
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) => {
    asked.push(JSON.parse(body) as (typeof asked)[number])
    const said = { waiting: true, person: '王芳', township_name: '双河镇', digits: '0000' }
    return Promise.resolve(new Response(JSON.stringify(said), { status: 202 }))
  })
  const database = await openDatabase()
  const first = await enrol(database, 'ABCD-EFGH', 1)
  const identity = await readMeta(database, 'identity')
  const digits = await matchDigits('abcd efgh', identity!.publicKey)
  expect(first).toEqual({ digits, person: '王芳', township: '双河镇' })
  expect(await enrol(database, 'ABCD-EFGH', 2)).toEqual(first)
  expect(asked[1]).toEqual(asked[0])
  expect(await readMeta(database, 'device')).toBeUndefined()
})
