/**
 * A register file that this browser cannot read to its end stops nobody: the county judges its records.
 *
 * Deliberately not here: what the county refuses when such a file comes in.
 */
import { expect, test } from 'vitest'
import { builtIn } from '../../src/shared/registers'
import { Register } from '../../src/shared/register'
import { invalidFields } from '../../src/shared/validation'

test('a pattern that is none here judges nothing, and throws nothing', async () => {
  const memorial = (await builtIn()).get('memorial')!
  const source = structuredClone(memorial.source)
  Object.assign(source.properties['site_no'] ?? {}, { pattern: '(?i)^[a-z]-?\\d+$' })
  const odd = new Register(source)
  expect(invalidFields(odd, { site_no: 'a-1' })).toEqual([])
  expect(invalidFields(memorial, { site_no: 5 })).toContain('site_no')
})
