/**
 * The worker's registers have no words, and judge every record as the whole files do.
 *
 * Deliberately not here: how the files are built in.
 */
import { expect, test } from 'vitest'
import { invalidFields } from '../../src/shared/validation'
import { Register } from '../../src/shared/register'
import type { RegisterFile } from '../../src/shared/register_file'
import type { Fields } from '../../src/shared/record'
import { vectors } from '../vectors'
import { wordless } from '../../wordless'
import { register, registerNames } from './sources'

test.each(registerNames)('%s without its words says the same of every record', (name) => {
  const whole = register(name)
  const bare = new Register(wordless(whole.source) as RegisterFile)
  const { cases } = vectors<{ cases: { name: string; record: Fields; invalid: string[] }[] }>(`registers/${name}.json`)
  expect(cases.length).toBeGreaterThan(10)
  for (const { name: what, record } of cases) {
    expect(invalidFields(bare, record), what).toEqual(invalidFields(whole, record))
    expect([bare.dayOf(record), bare.waitingStep(record)?.id], what).toEqual([
      whole.dayOf(record),
      whole.waitingStep(record)?.id,
    ])
  }
  expect([bare.name, bare.version, bare.bucket, bare.datePath]).toEqual([
    whole.name,
    whole.version,
    whole.bucket,
    whole.datePath,
  ])
})

test('a field that is called like a word of the files is no word', () => {
  const source = {
    title: 'x',
    'x-label': { zh: '甲' },
    properties: { title: { type: 'string', 'x-why': { zh: '乙' } } },
  }
  expect(wordless(source)).toEqual({ properties: { title: { type: 'string' } } })
})
