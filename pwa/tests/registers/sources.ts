/**
 * Every register file of the app, as it stands in the folder, so that a file that is dropped there is tested at once.
 *
 * Deliberately not here: what is tested.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { registerFor } from '../../src/shared/registers'
import type { Register } from '../../src/shared/register'
import type { RegisterFile } from '../../src/shared/register_file'

const folder = new URL('../../../sync-protocol/registers/', import.meta.url)

/** Names of the files, without `.json`. */
export const registerNames = readdirSync(folder).map((name) => name.replace(/\.json$/, ''))

export function register(name: string): Register {
  return registerFor(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as RegisterFile)
}
