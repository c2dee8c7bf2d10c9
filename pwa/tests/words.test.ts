/**
 * Both languages are complete, and no word on the phone urges or watches.
 *
 * Deliberately not here: the workbench's words.
 */
import { expect, test } from 'vitest'
import * as device from '../src/page/words/device'
import * as english from '../src/page/words/en'
import * as chinese from '../src/page/words/zh'

const zh: Record<string, string> = { ...chinese.zh, ...device.zh }
const en: Record<string, string> = { ...english.en, ...device.en }

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

test('both languages have the same keys, and the same values in each sentence', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  for (const [key, text] of Object.entries(zh)) {
    const allowed = new Set([...places(text), '{year}'])
    expect(
      places(en[key] ?? '').every((place) => allowed.has(place)),
      key,
    ).toBe(true)
  }
})

test('no word of watching, urging or ranking', () => {
  for (const text of Object.values(zh)) expect(text).not.toMatch(/打卡|留痕|考核|排名|完成率|集中发放/)
})
