/**
 * What the person chose for this phone: language and size of text.
 *
 * Always true: read before the first paint, so that nothing jumps. Deliberately not here: anything the county knows.
 */
import { reactive, watchEffect } from 'vue'
import type { Language } from '../shared/register'

type Settings = {
  language: Language
  isLarge: boolean
  village: string
  /** Whoever holds the phone has not been shown what somebody who takes over has to know. */
  isNew: boolean
}

const KEY = 'zoufang-settings'

export const settings = reactive<Settings>({ language: 'zh', isLarge: false, village: '', isNew: false, ...read() })

function read(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>
  } catch {
    return {}
  }
}

/** Keeps the settings, and shows them on the page, from now on. */
export function followSettings(): void {
  watchEffect(() => {
    document.documentElement.lang = settings.language === 'zh' ? 'zh-CN' : 'en'
    document.documentElement.classList.toggle('large', settings.isLarge)
    try {
      localStorage.setItem(KEY, JSON.stringify(settings))
    } catch {
      // A browser that keeps nothing still shows what was chosen.
    }
  })
}

/** A phone that was wiped forgets where it was used; language and size of text say nothing of anybody. */
export function forgetSettings(): void {
  settings.village = ''
}
