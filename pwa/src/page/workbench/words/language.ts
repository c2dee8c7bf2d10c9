/**
 * Which language is shown, and `say`, which gives the words of a key in it.
 *
 * Always true: Chinese unless somebody chose English on this computer; the document's `lang` follows. Not here: the
 * dictionaries, and any guess from the browser's settings (a county's computers are often set up in English).
 */
import { ref, watchEffect } from 'vue'
import { en } from './en'
import { zh, type WordKey } from './zh'

export type Language = 'zh' | 'en'

const REMEMBERED = 'workbench.language'

/** The language shown now. */
export const language = ref<Language>(remembered())

function remembered(): Language {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

/** Shows the other language and remembers that. */
export function switchLanguage(): void {
  language.value = language.value === 'zh' ? 'en' : 'zh'
  try {
    localStorage.setItem(REMEMBERED, language.value)
  } catch {
    // A browser that stores nothing still shows the language; it only forgets the choice.
  }
}

/** Keeps the document's language and title in step with what is shown. */
export function keepDocumentLanguage(): void {
  watchEffect(() => {
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
    document.title = say('app.title')
  })
}

/** The words of a key, placeholders filled in. */
export function say(key: WordKey, filling: Record<string, string | number> = {}): string {
  const words: string = (language.value === 'zh' ? zh : en)[key]
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(filling[name] ?? whole))
}

/** What a file or the server says in both languages, in the one that is shown. */
export function wordsOf(words: { zh: string; en: string }): string {
  return words[language.value]
}

/** The words of a key made at run time, or the fallback where the dictionary has none. */
export function sayIfKnown(key: string, fallback: string): string {
  return key in zh ? say(key as WordKey) : fallback
}
