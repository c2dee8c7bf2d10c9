/**
 * Both languages are complete, and no word on the phone urges or watches.
 *
 * Deliberately not here: the workbench's words.
 */
import { expect, test } from 'vitest'
import { en } from '../src/page/words/en'
import { zh } from '../src/page/words/zh'
import * as earlier from '../src/page/parts/record/earlier'
import * as newcomer from '../src/page/views/newcomer/words'
import * as device from '../src/page/words/device'

const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

const dictionaries: [Record<string, string>, Record<string, string>][] = [
  [zh, en],
  [newcomer.zh, newcomer.en],
  [earlier.zh, earlier.en],
  [device.zh, device.en],
]

test.each(dictionaries)('both languages have the same keys, and the same values in each sentence', (first, second) => {
  expect(Object.keys(second).sort()).toEqual(Object.keys(first).sort())
  for (const [key, text] of Object.entries(first)) {
    const allowed = new Set([...places(text), '{year}'])
    expect(
      places(second[key] ?? '').every((place) => allowed.has(place)),
      key,
    ).toBe(true)
  }
})

test.each(dictionaries)('no word of watching, urging or ranking', (first) => {
  for (const text of Object.values(first)) expect(text).not.toMatch(/打卡|留痕|考核|排名|完成率|集中发放/)
})
