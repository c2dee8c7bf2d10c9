/**
 * Records and their documents are the same here as in Rust.
 *
 * Deliberately not here: storing them; what a register says of a record (registers/vectors.test.ts).
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { fromHex } from '../src/shared/bytes'
import { contains, madeAt, newId, unitOf, visitAddress } from '../src/shared/ids'
import { canonicalJson, type Fields, type Value } from '../src/shared/record'
import { heads, load, merge, readRecord, recordIds, save, start, writeRecord } from '../src/worker/documents/document'
import { vectors, wasm } from './vectors'

beforeAll(() => start(wasm()))

test.each(vectors<{ cases: { canonical: string; value: Value }[] }>('canonical-json.json').cases)(
  'canonical JSON: $canonical',
  ({ canonical, value }) => expect(canonicalJson(value)).toBe(canonical),
)

test.each(vectors<{ contains: { inner: string; outer: string; contains: boolean }[] }>('units.json').contains)(
  '$outer contains $inner: $contains',
  ({ inner, outer, contains: expected }) => expect(contains(outer, inner)).toBe(expected),
)

test.each(vectors<{ valid: { text: string; unit: string }[] }>('addresses.json').valid)('unit of $text', (address) => {
  expect(unitOf(address.text)).toBe(address.unit)
})

test('ids sort by time and tell it', () => {
  const [early, late] = [newId(1_700_000_000_000), newId(1_700_000_000_001)]
  expect(early < late).toBe(true)
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(madeAt(early)).toBe(1_700_000_000_000)
  expect(visitAddress('990101103200', '2024-02-03')).toBe('visit/990101103200/2024')
})

type Documents = {
  cases: { name: string; heads: string[]; records: Record<string, Fields>; steps: { payload: string }[] }[]
}

describe('documents', () => {
  test.each(vectors<Documents>('documents.json').cases)('read as in Rust: $name', (one) => {
    const document = one.steps.reduce((before, step) => merge(before, fromHex(step.payload)), load(undefined))
    expect(heads(document).sort()).toEqual(one.heads.toSorted())
    const found = Object.fromEntries(recordIds(document).map((id) => [id, readRecord(document, id)]))
    expect(found).toEqual(one.records)
  })

  test('what is written comes back, and equal values are not written again', () => {
    const fields: Fields = { name: '米', times: 3, gift: { money_fen: 30000, goods: [] }, consent: false, note: null }
    const first = writeRecord(load(undefined), 'r1', fields, null, 1000)
    const loaded = load(save(first.document))
    expect(readRecord(loaded, 'r1')).toEqual(fields)
    expect(writeRecord(loaded, 'r1', fields, null, 2000).hash).toBeNull()
  })
})
