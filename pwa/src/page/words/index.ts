/**
 * Looks words up in the chosen language and puts values into them.
 *
 * Deliberately not here: the words themselves, and the names of fields and choices, which the register has.
 */
import { settings } from '../settings'
import { en } from './en'
import { zh, type WordKey } from './zh'

export type { WordKey } from './zh'

/** A sentence in parts, so that the values in it can be shown as what they are. */
export type Part = { text: string; isValue: boolean }

export function words(key: WordKey): string {
  return (settings.language === 'zh' ? zh : en)[key]
}

export function hasWords(key: string): key is WordKey {
  return key in zh
}

export function say(key: WordKey, values: Record<string, string | number> = {}): string {
  return parts(key, values)
    .map((part) => part.text)
    .join('')
}

export function parts(key: WordKey, values: Record<string, string | number>): Part[] {
  return filled(words(key), values)
}

/** A sentence of the chosen language with its values, for words that are kept elsewhere. */
export function filled(sentence: string, values: Record<string, string | number>): Part[] {
  return sentence
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const isValue = piece.startsWith('{')
      return { text: isValue ? String(values[piece.slice(1, -1)] ?? '') : piece, isValue }
    })
}
