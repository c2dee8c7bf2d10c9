/**
 * Money, counts, days and times as people read them.
 *
 * Always true: money comes in as integer fen and no fen is ever dropped without being marked; times are shown in the
 * county's zone whatever the computer is set to. Not here: any sum.
 */
import { language } from './language'

const COUNTY_ZONE = 'Asia/Shanghai'

function locale(): string {
  return language.value === 'zh' ? 'zh-CN' : 'en-GB'
}

/** The year that it is in the county. */
export function countyYear(date: Date): number {
  return Number(new Intl.DateTimeFormat('en-CA', { timeZone: COUNTY_ZONE, year: 'numeric' }).format(date))
}

/** The day that it is in the county: `2026-07-26`. */
export function countyDay(date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COUNTY_ZONE }).format(date)
}

/** 2,110 */
export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** 30050 -> 300.50 元. Whole yuan are shown without decimals. */
export function money(fen: number): string {
  const yuan = (fen / 100).toLocaleString('en-US', {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  })
  return language.value === 'zh' ? `${yuan} 元` : `¥${yuan}`.replace('¥-', '-¥')
}

/** For a card: 66.92 万元 where the sum is large. English stays in yuan, which has no word for ten thousand. */
export function largeMoney(fen: number): string {
  if (language.value !== 'zh' || Math.abs(fen) < 1_000_000) return money(fen)
  const wan = fen / 1_000_000
  return `${wan.toLocaleString('en-US', { maximumFractionDigits: 2 })} 万元`
}

/** 88.8%, never rounded up to 100% while somebody is missing. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–'
  const tenths = Math.floor((part / whole) * 1000)
  return `${(tenths / 10).toFixed(tenths % 10 === 0 ? 0 : 1)}%`
}

/** 2024-07-26 -> 7月26日, or 2024年7月26日 where the year is not this one. Anything else is shown as it is. */
export function day(text: string, today = new Date()): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return text
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])))
  const sameYear = date.getUTCFullYear() === countyYear(today)
  return new Intl.DateTimeFormat(locale(), {
    timeZone: 'UTC',
    year: sameYear ? undefined : 'numeric',
    month: language.value === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(date)
}

/** Milliseconds since 1970 -> 7月26日 10:32 in the county's time. */
export function moment(ms: number, today = new Date()): string {
  const date = new Date(ms)
  const sameYear = countyYear(date) === countyYear(today)
  const dayWords = new Intl.DateTimeFormat(locale(), {
    timeZone: COUNTY_ZONE,
    year: sameYear ? undefined : 'numeric',
    month: language.value === 'zh' ? 'long' : 'short',
    day: 'numeric',
  }).format(date)
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: COUNTY_ZONE,
    hour: '2-digit',
    minute: '2-digit',
  }).format(date)
  return `${dayWords} ${clock}`
}
