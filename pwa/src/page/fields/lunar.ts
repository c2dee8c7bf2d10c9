/**
 * The lunar day under a date, and the festivals that workers know: from the platform's own Chinese calendar.
 *
 * Always true: where the platform has no such calendar, dates are shown without it. Deliberately not here: drawing.
 */
import type { WordKey } from '../words'

export type LunarDay = { month: number; isLeap: boolean; day: number }

const DAY_MS = 24 * 3600 * 1000
const calendar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' })
const hasCalendar = calendar.resolvedOptions().calendar === 'chinese'

const LUNAR: Record<string, WordKey> = {
  '1/1': 'festival_spring',
  '1/15': 'festival_lantern',
  '5/5': 'festival_dragon_boat',
  '8/15': 'festival_mid_autumn',
  '9/9': 'festival_double_ninth',
}
const SOLAR: Record<string, WordKey> = { '08-01': 'festival_army_day', '09-30': 'festival_martyrs' }

/** A day, so many days later. */
export function daysLater(day: string, days: number): string {
  return new Date(momentOf(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Noon, so that no time zone moves the day. */
function momentOf(day: string): number {
  return Date.parse(`${day}T12:00:00Z`)
}

/**
 * Months whose new moon falls within minutes of midnight, where platforms are a day off the calendar as published
 * (Spring Festival is on 2027-02-06 and 2030-02-03).
 */
const CORRECTED = [
  { first: '2027-02-06', month: 1, days: 30 },
  { first: '2030-01-04', month: 12, days: 30 },
  { first: '2030-02-03', month: 1, days: 29 },
]

function corrected(day: string): LunarDay | undefined {
  const found = CORRECTED.find(({ first, days }) => day >= first && day < daysLater(first, days))
  return found && { month: found.month, isLeap: false, day: 1 + (momentOf(day) - momentOf(found.first)) / DAY_MS }
}

export function lunarOf(day: string): LunarDay | null {
  if (!hasCalendar) return null
  const known = corrected(day)
  if (known) return known
  const parts = calendar.formatToParts(momentOf(day))
  const month = parts.find((part) => part.type === 'month')?.value ?? ''
  const date = parts.find((part) => part.type === 'day')?.value ?? ''
  return { month: parseInt(month, 10), isLeap: month.endsWith('bis'), day: Number(date) }
}

export function festivalOf(day: string): WordKey | null {
  const solar = SOLAR[day.slice(5)]
  if (solar) return solar
  if (day === qingming(Number(day.slice(0, 4)))) return 'festival_qingming'
  const lunar = lunarOf(day)
  if (!lunar) return null
  const found = lunar.isLeap ? undefined : LUNAR[`${lunar.month}/${lunar.day}`]
  return found ?? (isNewYear(daysLater(day, 1)) ? 'festival_eve' : null)
}

function isNewYear(day: string): boolean {
  const lunar = lunarOf(day)
  return lunar !== null && !lunar.isLeap && lunar.month === 1 && lunar.day === 1
}

/** Tomb-sweeping day is a solar term: 4 or 5 April, by the rule for this century (the last century's differs by a day). */
export function qingming(year: number): string {
  const short = year % 100
  const base = year >= 2000 ? 4.81 : 5.59
  return `${year}-04-0${Math.floor(short * 0.2422 + base) - Math.floor(short / 4)}`
}

const UNITS = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊']

/** 初三, 十五, 廿八; the first of a month by the month's name: 腊月. */
export function lunarWords({ month, isLeap, day }: LunarDay): string {
  if (day === 1) return `${isLeap ? '闰' : ''}${MONTHS[month - 1] ?? ''}月`
  if (day === 20) return '二十'
  if (day === 30) return '三十'
  const tens = ['初', '十', '廿'][day === 10 ? 0 : Math.floor(day / 10)] ?? ''
  return tens + (UNITS[day % 10] ?? '')
}

/** The weeks of a month, Monday first; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`
  const before = (new Date(momentOf(first)).getUTCDay() + 6) % 7
  const days: (string | null)[] = Array.from({ length: before }, () => null)
  for (let day = first; day.startsWith(month); day = daysLater(day, 1)) days.push(day)
  while (days.length % 7 !== 0) days.push(null)
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}

/** A month, so many months later. */
export function monthsLater(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
