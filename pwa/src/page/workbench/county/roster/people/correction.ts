/**
 * A correction of somebody on a roster while it is written.
 *
 * Always true: only what was changed is sent; categories that were not asked for are never touched. Deliberately not here:
 * what is wrong with a value, which the server says.
 */
import type { RosterCorrection, RosterShown } from '../../../../../shared/generated'

/** What may be corrected, all as it is written. */
export interface Draft {
  name: string
  unit: string
  group: string
  relative: string
  categories: string[]
  died_on: string
  /** A number that takes the place of the one that is shown masked; empty: that one stays. */
  identity_number: string
  /** Off the list: entered twice, or never entitled. */
  struck: boolean
}

/** Somebody as they stand, to be corrected. */
export function draftOf(person: RosterShown): Draft {
  const { name, unit, group, relative, categories, died_on } = person
  return {
    name,
    unit,
    group,
    relative,
    categories: [...categories],
    died_on: died_on ?? '',
    identity_number: '',
    struck: false,
  }
}

/** 三组 and 第三组 are the group 三, as lists bring it. */
const plainGroup = (group: string): string => group.trim().replace(/^第/, '').replace(/组$/, '').trim()

const same = (one: string[], other: string[]): boolean => [...one].sort().join() === [...other].sort().join()

/** What differs; none where all is as it was. */
export function correctionOf(person: RosterShown, draft: Draft, areCategoriesShown: boolean): RosterCorrection {
  const before = draftOf(person)
  const changed = (field: Exclude<keyof Draft, 'categories' | 'struck'>): string | null => {
    const now = draft[field].trim()
    return now === before[field] ? null : now
  }
  const isOther = areCategoriesShown && !same(draft.categories, before.categories)
  return {
    name: changed('name'),
    unit: changed('unit'),
    group: plainGroup(draft.group) === before.group ? null : plainGroup(draft.group),
    relative: changed('relative'),
    categories: isOther ? [...draft.categories].sort() : null,
    died_on: changed('died_on'),
    identity_number: changed('identity_number'),
    struck: draft.struck || null,
  }
}

/** Whether there is something to send. */
export function isChanged(correction: RosterCorrection): boolean {
  return Object.values(correction).some((value) => value !== null)
}

/** The server answers without categories: they are those that stand now. Whoever is off the list is not in it. */
export function correctedIn(
  people: RosterShown[],
  answer: RosterShown,
  categories: string[],
  isStruck = false,
): RosterShown[] {
  if (isStruck) return people.filter((each) => each.person_ref !== answer.person_ref)
  return people.map((each) => (each.person_ref === answer.person_ref ? { ...answer, categories } : each))
}
