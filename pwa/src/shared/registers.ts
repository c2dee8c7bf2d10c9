/**
 * Which registers there are: those built into the app, overlaid by those that the county sent as tables.
 *
 * Always true: `visit` is there at once, since the first screen's form needs it; the others are loaded in the
 * background. A register of the county takes the place of the built-in one of that name. Deliberately not here: what a
 * register says.
 */
import visitSource from '#registers/visit.json'
import type { RegisterSource } from './messages'
import { Register } from './register'
import type { RegisterFile } from './register_file'

const files = import.meta.glob(['#registers/*.json', '!#registers/visit.json'], { import: 'default' })

/** The register that is always there. */
export const visit = new Register(visitSource as unknown as RegisterFile)

const made = new WeakMap<object, Register>()

/** One object per file, so that what is derived of it (a validator) is made once. */
export function registerFor(source: RegisterFile): Register {
  const found = made.get(source) ?? new Register(source)
  made.set(source, found)
  return found
}

/** The built-in registers by name. */
export async function builtIn(): Promise<Map<string, Register>> {
  const sources = (await Promise.all(Object.values(files).map((load) => load()))) as RegisterFile[]
  const found = sources.map((source): [string, Register] => [source['x-register'], registerFor(source)])
  return new Map([['visit', visit], ...found])
}

/** The same with those of the county over them. */
export function overlaid(base: ReadonlyMap<string, Register>, own: readonly RegisterSource[]): Map<string, Register> {
  const found = own.map(({ name, source }): [string, Register] => [
    name,
    registerFor(source as unknown as RegisterFile),
  ])
  return new Map([...base, ...found])
}
