/**
 * People who serve some station, by id: whom a code or a hand-over may bring to another one.
 *
 * Always true: one entry a person, in the order of their stations. Deliberately not here: who may be seen, which the
 * server decides by what it lists.
 */
import type { Station } from '../../../../shared/generated'

/** Somebody who serves elsewhere. */
export interface Elsewhere {
  id: string
  name: string
  units: string[]
}

/** Who is to have the code: somebody known by id, or somebody new by name. */
export interface Chosen {
  id: string | null
  name: string
}

export const NOBODY: Chosen = { id: null, name: '' }

/** All who serve another station than `unit`. */
export function servingElsewhere(stations: readonly Station[], unit: string): Elsewhere[] {
  const here = new Set(stations.find((station) => station.unit === unit)?.people.map(({ id }) => id))
  const found = new Map<string, Elsewhere>()
  for (const station of stations) {
    for (const { id, name } of station.people) {
      const known = found.get(id)
      if (known) known.units.push(station.unit)
      else if (!here.has(id)) found.set(id, { id, name, units: [station.unit] })
    }
  }
  return [...found.values()]
}
