/**
 * A new version of a county's list while somebody writes it.
 *
 * Always true: a code that stood in any version keeps its wording, for past records speak with it; what is ended stays
 * in the draft and can be taken back. Deliberately not here: how it is drawn, and the server's own check.
 */
import type { CountyList, ListItem } from '../../server/shapes'

/** One line of the draft. */
export interface DraftItem extends ListItem {
  /** Stood in a version before: its code and wording are fixed. */
  known: boolean
  /** Not in the new version. */
  ended: boolean
}

/** What keeps a draft from being sent; each has words in the dictionary. */
export type DraftFault = 'no_day' | 'day_taken' | 'no_words' | 'code_taken' | 'empty'

/** The draft that begins with the newest version; what earlier versions had beyond it stands there as ended. */
export function draftFrom(list: CountyList): DraftItem[] {
  const newest = list.versions.at(-1)?.items ?? []
  const inNewest = new Set(newest.map((item) => item.code))
  const earlier = new Map<string, ListItem>()
  for (const version of list.versions) for (const item of version.items) earlier.set(item.code, item)
  const past = [...earlier.values()].filter((item) => !inNewest.has(item.code))
  const known = (item: ListItem, ended: boolean): DraftItem => ({ ...structuredClone(item), known: true, ended })
  return [...newest.map((item) => known(item, false)), ...past.map((item) => known(item, true))]
}

/** A line to be filled in, like the others of its list. */
export function freshItem(draft: DraftItem[]): DraftItem {
  const hasAmounts = draft.some((item) => item.amount_fen !== null)
  const hasGifts = draft.some((item) => item.gift !== null)
  const code = freeCode(draft.map((item) => item.code))
  const gift = { id: code, name: '', money_fen: 0, pay_method: 'cash', goods: [], fund_source: 'county' }
  return {
    code,
    zh: '',
    en: '',
    amount_fen: hasAmounts ? 0 : null,
    gift: hasGifts ? gift : null,
    known: false,
    ended: false,
  }
}

/** The next number where codes are numbers; else a word that no list of ours uses. */
function freeCode(taken: string[]): string {
  const areNumbers = taken.length > 0 && taken.every((code) => /^\d+$/.test(code))
  if (areNumbers) return String(Math.max(...taken.map(Number)) + 1)
  for (let n = 1; ; n += 1) if (!taken.includes(`own_${n}`)) return `own_${n}`
}

/** Moves the line at `index` among those that stay; `by` is 1 or -1. */
export function moved(draft: DraftItem[], index: number, by: 1 | -1): DraftItem[] {
  let other = index + by
  while (draft[other]?.ended) other += by
  const [one, two] = [draft[index], draft[other]]
  if (!one || !two) return draft
  const after = [...draft]
  after[index] = two
  after[other] = one
  return after
}

/** What is sent: the lines that stay. English is the Chinese where nobody wrote any. */
export function itemsOf(draft: DraftItem[]): ListItem[] {
  return draft.filter((item) => !item.ended).map(itemOf)
}

function itemOf({ code, zh, en, amount_fen, gift, known }: DraftItem): ListItem {
  if (known) return { code, zh, en, amount_fen, gift }
  const words = zh.trim()
  return {
    code: code.trim(),
    zh: words,
    en: en.trim() || words,
    amount_fen,
    gift: gift && { ...gift, id: code.trim(), name: words },
  }
}

/** What is still wrong with a draft that shall hold from `validFrom` on. */
export function draftFaults(list: CountyList, draft: DraftItem[], validFrom: string): DraftFault[] {
  const faults: DraftFault[] = []
  const newest = list.versions.at(-1)?.valid_from ?? ''
  const items = itemsOf(draft)
  if (validFrom === '') faults.push('no_day')
  else if (validFrom <= newest) faults.push('day_taken')
  if (items.length === 0) faults.push('empty')
  if (items.some((item) => item.zh === '' || item.code === '')) faults.push('no_words')
  const codes = draft.map((item) => item.code.trim())
  if (new Set(codes).size < codes.length) faults.push('code_taken')
  return faults
}
