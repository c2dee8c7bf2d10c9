/**
 * How days, moments, money and goods are written for people.
 *
 * Always true: money is whole fen in data and yuan on the screen; days are the county's days. Deliberately not here:
 * sentences made of them.
 */
import { dayOf } from '../../shared/time'
import { group, text, type Value } from '../../shared/record'
import { say, words } from './index'

const DAY_MS = 24 * 3600 * 1000

/** A day in words: today, yesterday, 7月26日; with the year where it is another one. */
export function showDay(day: string, now: number = Date.now()): string {
  if (day === dayOf(now)) return words('today_word')
  if (day === dayOf(now - DAY_MS)) return words('yesterday_word')
  return showDate(day, now)
}

/** A date without “today”. */
export function showDate(day: string, now: number = Date.now()): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const values = { year, month: Number(month), day: Number(date) }
  return say(year === dayOf(now).slice(0, 4) ? 'date_word' : 'date_year_word', values)
}

export function showMoment(moment: number, now: number = Date.now()): string {
  const time = new Date(moment + 8 * 3600 * 1000).toISOString().slice(11, 16)
  return say('time_word', { date: showDay(dayOf(moment), now), time })
}

export function showYuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

/** A gift in words: 慰问金300元、大米1袋、食用油1桶. */
export function showGift(gift: Value | undefined): string {
  const { money_fen: money, goods } = group(gift)
  const pieces: string[] = []
  if (typeof money === 'number' && money > 0) pieces.push(say('money', { yuan: showYuan(money) }))
  for (const item of Array.isArray(goods) ? goods : []) pieces.push(showGoods(group(item)))
  return pieces.length === 0 ? words('nothing') : pieces.join(words('and'))
}

/** A gift for the list, where each home has one line: 200元、大米、牛奶. */
export function showGiftShort(gift: Value | undefined): string {
  const { money_fen: money, goods } = group(gift)
  const yuan = typeof money === 'number' && money > 0 ? [say('yuan', { yuan: showYuan(money) })] : []
  const items = (Array.isArray(goods) ? goods : []).map((item) => text(group(item)['item']))
  return [...yuan, ...items].join(words('and'))
}

function showGoods(goods: { [key: string]: Value }): string {
  const quantity = typeof goods['quantity'] === 'number' ? goods['quantity'] : 1
  return say('goods', { item: text(goods['item']), quantity, measure: text(goods['measure_word']) })
}
