/**
 * Every register names the same fields of a record as invalid as Rust does.
 *
 * Deliberately not here: what stands in a register's file (files.test.ts).
 */
import { describe, expect, test } from 'vitest'
import { invalidFields } from '../../src/shared/validation'
import type { Fields } from '../../src/shared/record'
import { register, registerNames } from './sources'
import { vectors } from '../vectors'

type Vectors = { cases: { name: string; record: Fields; invalid: string[] }[] }

describe.each(registerNames)('%s', (name) => {
  const read = register(name)

  test.each(vectors<Vectors>(`registers/${name}.json`).cases)('$name', ({ record, invalid }) => {
    expect(invalidFields(read, record)).toEqual(invalid)
  })
})

test('there are at least 200 records, valid and invalid', () => {
  const all = registerNames.flatMap((name) => vectors<Vectors>(`registers/${name}.json`).cases)
  expect(all.length).toBeGreaterThanOrEqual(200)
  expect(all.filter((one) => one.invalid.length === 0).length).toBeGreaterThanOrEqual(60)
})
