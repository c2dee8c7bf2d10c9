/**
 * An import while somebody decides about it: what its columns mean, of which batch it is, whose value wins.
 *
 * Always true: a meaning is given to one column at most; what the server found out holds for the columns it was asked with,
 * and for no others. Deliberately not here: how it is drawn; which lines are wrong, which the server says.
 */
import type {
  ColumnMeaning,
  ImportChoice,
  ImportDifference,
  ImportField,
  ImportKind,
  ImportShown,
} from '../../../../../shared/generated'

/** An import in hand. */
export interface OpenedImport {
  shown: ImportShown
  choice: ImportChoice
  /** Columns and batch that the findings are of; empty where nobody asked here. */
  checkedWith: string
}

const OF_ALL: readonly ColumnMeaning[] = [
  'name',
  'identity_number',
  'village_code',
  'village_name',
  'township_name',
  'group',
  'household',
  'category',
  'relative',
  'died_on',
]

const OF_BATCHES: readonly ColumnMeaning[] = [...OF_ALL, 'relation', 'batch']
const OF_NOTICES: readonly ColumnMeaning[] = ['honour', 'award_year', 'notice_serial', 'received_on']

/** What a column of such a list may mean. */
export function meaningsOf(kind: ImportKind): ColumnMeaning[] {
  if (kind === 'roster') return [...OF_ALL]
  return kind === 'merits' ? [...OF_BATCHES, ...OF_NOTICES] : [...OF_BATCHES]
}

/** Takes an import in hand. A meaning that such a list has no use for is dropped: its cells would refuse lines. */
export function opening(shown: ImportShown): OpenedImport {
  const useful = meaningsOf(shown.kind)
  const mapping = Object.fromEntries(Object.entries(shown.mapping).filter(([, meaning]) => useful.includes(meaning)))
  return {
    shown,
    choice: { mapping, batch: null, clashes: {}, file_wins: false, remove_missing: false },
    checkedWith: '',
  }
}

/** Gives a column a meaning, or none; another column that had it has it no more. */
export function giveMeaning(choice: ImportChoice, heading: string, meaning: ColumnMeaning | ''): void {
  const kept = Object.entries(choice.mapping).filter(([other, its]) => other !== heading && its !== meaning)
  choice.mapping = Object.fromEntries(meaning === '' ? kept : [...kept, [heading, meaning]])
}

/** Whether the batch has to be said for all lines, since no column says it. */
export function needsBatch({ shown, choice }: OpenedImport): boolean {
  return shown.kind !== 'roster' && !Object.values(choice.mapping).includes('batch')
}

/** What is still to be said before anything can be found out. */
export function missing(opened: OpenedImport): ('name' | 'village' | 'batch' | 'honour')[] {
  const meanings = Object.values(opened.choice.mapping)
  const lacks = {
    name: !meanings.includes('name'),
    village: !meanings.includes('village_code') && !meanings.includes('village_name'),
    batch: needsBatch(opened) && !opened.choice.batch,
    honour: opened.shown.kind === 'merits' && !meanings.includes('honour'),
  }
  return (['name', 'village', 'batch', 'honour'] as const).filter((each) => lacks[each])
}

/** As it is sent: a batch only where no column says it. */
export function asSent(opened: OpenedImport): ImportChoice {
  return { ...opened.choice, batch: needsBatch(opened) ? opened.choice.batch : null }
}

/** Columns and batch as one text, to be compared. */
export function columnsOf(opened: OpenedImport): string {
  const { mapping, batch } = asSent(opened)
  return JSON.stringify([Object.entries(mapping).sort(), batch])
}

/** Whether it may be taken: found out with these columns, and no column is missing. */
export function isReady(opened: OpenedImport): boolean {
  const { state, check } = opened.shown
  const isWhole = check?.faults.every(({ line, warning }) => line > 0 || warning) ?? false
  return state === 'checked' && isWhole && opened.checkedWith === columnsOf(opened)
}

/** Whose value wins for somebody: what is here, unless somebody said otherwise. */
export function sideOf(choice: ImportChoice, personRef: string): 'here' | 'file' {
  return choice.clashes[personRef] === 'file' ? 'file' : 'here'
}

/** Whether a person has to decide about a field; else the file's value is taken. */
export function isClash({ last, now, file }: ImportField): boolean {
  return last !== null && last !== now && last !== file && now !== file
}

/** Those of one kind. */
export function differencesOf({ shown }: OpenedImport, kind: string): ImportDifference[] {
  return (shown.check?.differences ?? []).filter((difference) => difference.kind === kind)
}

/** The import of a kind that can be turned back: the last that was taken. `imports` are newest first. */
export function isLast(imports: readonly ImportShown[], { id, kind }: ImportShown): boolean {
  return imports.find((each) => each.kind === kind && each.state === 'applied')?.id === id
}

const YEARS_BACK = 3

/** Batches that a list may be of, the newest first: two in each year. */
export function batches(year: number): string[] {
  const years = Array.from({ length: YEARS_BACK + 2 }, (_, back) => year + 1 - back)
  return years.flatMap((each) => [`${each}H2`, `${each}H1`])
}
