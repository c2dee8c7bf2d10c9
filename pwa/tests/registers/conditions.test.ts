/**
 * Conditions hold of a record, and of an item of one of its lists, where they do in Rust.
 *
 * Deliberately not here: periods, which only the county counts by.
 */
import { expect, test } from 'vitest'
import { scopeOf } from '../../src/page/form/held'
import { holds, type Condition } from '../../src/shared/condition'
import type { Fields, Value } from '../../src/shared/record'
import { vectors } from '../vectors'

type Case = { name: string; condition: Condition; record: Fields; item?: Value; year?: number; holds: boolean }

const { cases } = vectors<{ cases: Case[] }>('conditions.json')

test.each(cases.filter((one) => one.year === undefined))('$name', ({ condition, record, item, holds: expected }) => {
  expect(holds(condition, scopeOf(record, item))).toBe(expected)
})
