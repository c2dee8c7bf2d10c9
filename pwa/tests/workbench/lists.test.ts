/**
 * A new version of a list: what may change, what never does, what keeps it from being sent.
 *
 * Deliberately not here: the server's own check.
 */
import { describe, expect, it } from 'vitest'
import {
  draftFaults,
  draftFrom,
  freshItem,
  itemsOf,
  moved,
  type DraftItem,
} from '../../src/page/workbench/county/lists/draft.ts'
import type { CountyList } from '../../src/page/workbench/server/shapes.ts'
import { giftWords, packageFen } from '../../src/page/workbench/words/gifts.ts'
import { LISTS } from './mock/lists.ts'

function listNamed(id: string): CountyList {
  return structuredClone(LISTS.find((list) => list.id === id)!)
}

const awards = listNamed('awards')
const codes = (draft: DraftItem[]): string[] => itemsOf(draft).map(({ code }) => code)

describe('a draft', () => {
  it('begins with the newest version, and what was ended before can be taken back', () => {
    const draft = draftFrom(awards)
    expect(codes(draft)).toEqual(['third_class', 'four_haves'])
    expect(draft.filter(({ ended }) => ended).map(({ code }) => code)).toEqual(['basic_service'])
    expect(draft.every(({ known }) => known)).toBe(true)
    draft[2]!.ended = false
    expect(codes(draft)).toEqual(['third_class', 'four_haves', 'basic_service'])
  })

  it('never touches the versions that stand', () => {
    const packages = listNamed('packages')
    const before = structuredClone(packages)
    const draft = draftFrom(packages)
    draft[0]!.gift!.goods[0]!.price_fen = 1
    draft[0]!.gift!.money_fen = 1
    expect(packages).toEqual(before)
  })

  it('moves a line past those that are ended', () => {
    const draft = draftFrom(awards)
    const last = { ...freshItem(draft), zh: '新奖' }
    expect(codes(moved([...draft, last], 3, -1))).toEqual(['third_class', 'own_1', 'four_haves'])
    expect(codes(moved(draft, 0, -1))).toEqual(['third_class', 'four_haves'])
    expect(codes(moved(draft, 1, 1))).toEqual(['third_class', 'four_haves'])
  })

  it('gives a new line a code that nobody used, and what its list has', () => {
    expect(freshItem(draftFrom(awards))).toMatchObject({ code: 'own_1', amount_fen: 0, gift: null, known: false })
    expect(freshItem(draftFrom(listNamed('categories'))).code).toBe('37')
    const standard = freshItem(draftFrom(listNamed('packages')))
    expect(standard.gift).toMatchObject({ id: 'own_1', money_fen: 0, goods: [] })
    expect(itemsOf([{ ...standard, zh: ' 大礼 ' }])[0]).toMatchObject({
      zh: '大礼',
      en: '大礼',
      gift: { name: '大礼' },
    })
  })
})

describe('what keeps a draft from being sent', () => {
  it('is a day that rewrites the past, a line without words, a code twice, nothing at all', () => {
    const draft = draftFrom(awards)
    expect(draftFaults(awards, draft, '2026-01-01')).toEqual([])
    expect(draftFaults(awards, draft, '')).toEqual(['no_day'])
    expect(draftFaults(awards, draft, '2024-01-01')).toEqual(['day_taken'])
    expect(draftFaults(awards, draft, '2023-06-01')).toEqual(['day_taken'])
    expect(draftFaults(awards, [...draft, freshItem(draft)], '2026-01-01')).toEqual(['no_words'])
    const again = { ...freshItem(draft), code: 'basic_service', zh: '别的奖' }
    expect(draftFaults(awards, [...draft, again], '2026-01-01')).toEqual(['code_taken'])
    const ended = draft.map((item) => ({ ...item, ended: true }))
    expect(draftFaults(awards, ended, '2026-01-01')).toEqual(['empty'])
  })
})

describe('a package', () => {
  it('is worth its money and its goods', () => {
    const { gift } = listNamed('packages').versions[0]!.items[0]!
    expect(packageFen(gift!)).toBe(30_000)
    expect(giftWords(gift!)).toBe('200 元 · 大米 1 袋、食用油 1 桶')
  })
})
