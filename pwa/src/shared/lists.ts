/**
 * Lists that the county edits: codes with labels, in versions that are in force from a day on.
 *
 * Always true: a code is said as it was on the record's day; a code never changes its meaning, so that one which that
 * day's version lacks is looked for in the others. Deliberately not here: editing them.
 */
import type { CountyList, Label, ListItem, ListVersion } from './tables'

export type Language = keyof Label

/** The version in force on a day: the last that began by then; before the first, the first. */
export function versionOn(list: CountyList | undefined, day: string): ListVersion | undefined {
  const versions = [...(list?.versions ?? [])].sort((one, other) => (one.valid_from < other.valid_from ? -1 : 1))
  return versions.filter((version) => version.valid_from <= day).at(-1) ?? versions[0]
}

export function itemsOn(lists: readonly CountyList[], id: string, day: string): ListItem[] {
  return versionOn(findList(lists, id), day)?.items ?? []
}

export function itemOn(lists: readonly CountyList[], id: string, code: string, day: string): ListItem | undefined {
  const isIt = (item: ListItem): boolean => item.code === code
  const others = (): ListItem[] => (findList(lists, id)?.versions ?? []).flatMap((version) => version.items)
  return itemsOn(lists, id, day).find(isIt) ?? others().filter(isIt).at(-1)
}

function findList(lists: readonly CountyList[], id: string): CountyList | undefined {
  return lists.find((list) => list.id === id)
}
