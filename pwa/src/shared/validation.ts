/**
 * Which fields of a record break the register's schema: the same answer as the server's, proved by shared vectors.
 *
 * Always true: an invalid record can still be saved and sent; it is marked, never withheld. A schema that cannot be read here
 * judges nothing: the county judges it. Deliberately not here: the sentences that people read.
 */
import { Validator, type OutputUnit } from '@cfworker/json-schema'
import type { Fields } from './record'
import type { Register } from './register'

/** Keywords that only wrap the errors of others. */
const WRAPPERS = new Set(['properties', 'patternProperties', 'allOf', 'if', 'then', 'else', 'items', 'prefixItems'])
const MISSING = /required property "([^"]+)"/

/** One validator per register, made when it is first needed. */
const validators = new WeakMap<object, Validator>()

function validatorOf(register: Register): Validator {
  const found = validators.get(register.source) ?? new Validator(register.schema, '2020-12', false)
  validators.set(register.source, found)
  return found
}

function errorsIn(register: Register, record: Fields): OutputUnit[] {
  try {
    return validatorOf(register).validate(record).errors
  } catch {
    // A pattern that this browser cannot read, in a file of the county: whoever logs goes on.
    return []
  }
}

/** Names of the fields that break the schema, sorted; empty means valid. What concerns the whole is named `record`. */
export function invalidFields(register: Register, record: Fields): string[] {
  const found = new Set<string>()
  for (const error of errorsIn(register, record)) {
    const field = error.instanceLocation.split('/')[1]
    if (field !== undefined) found.add(decodeURIComponent(field).replaceAll('~1', '/').replaceAll('~0', '~'))
    else if (error.keyword === 'required') found.add(MISSING.exec(error.error)?.[1] ?? 'record')
    else if (!WRAPPERS.has(error.keyword)) found.add('record')
  }
  return [...found].sort()
}
