/**
 * What the card of earlier records says, in both languages; apart from the other words, so that it comes with its screen.
 *
 * Always true: both languages have the same keys. Deliberately not here: the card.
 */
import { settings } from '../../settings'
import { filled } from '../../words'

export const zh = {
  title: '更早的记录',
  kept: '还有 {count} 条，最近的是{day}的。县里都存着，手机上不再放。',
  search: '没取回来的，这里找不到。',
  fetch: '取回来看',
  fetching: '正在取……',
  offline: '要有信号才能取。有信号时会自己取回来。',
  silent: '县里这次没有给。过一会儿再取。',
}

export const en: typeof zh = {
  title: 'Earlier records',
  kept: '{count} more, the latest of {day}. The county has them all; this phone no longer keeps them.',
  search: 'A search does not find what has not been fetched.',
  fetch: 'Fetch them',
  fetching: 'Fetching…',
  offline: 'This needs a signal. They come by themselves once there is one.',
  silent: 'The county did not give them this time. Try again later.',
}

export function say(key: keyof typeof zh, values: Record<string, string | number> = {}): string {
  return filled((settings.language === 'zh' ? zh : en)[key], values)
    .map(({ text }) => text)
    .join('')
}
