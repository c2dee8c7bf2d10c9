/**
 * Words and worth of standard packages.
 *
 * Always true: what a package is worth is its money plus its goods at their prices. Deliberately not here: gifts of
 * records, whose choices the register names.
 */
import type { Package } from '../../../shared/generated'
import { money } from './amounts'
import { say } from './language'

export const PAY_METHODS = ['cash', 'transfer', 'none'] as const
export const FUND_SOURCES = ['county', 'township', 'higher', 'donation', 'village'] as const

/** Money plus goods at their prices, fen. */
export function packageFen(gift: Package): number {
  return gift.goods.reduce((sum, goods) => sum + goods.quantity * goods.price_fen, gift.money_fen)
}

/** 200 元 · 大米 1 袋、食用油 1 桶 */
export function giftWords(gift: Package): string {
  const goods = gift.goods.map((each) => `${each.item} ${each.quantity} ${each.measure_word}`.trim())
  const parts = [gift.money_fen > 0 ? money(gift.money_fen) : '', goods.join(say('words.and'))]
  return parts.filter((part) => part !== '').join(' · ')
}
