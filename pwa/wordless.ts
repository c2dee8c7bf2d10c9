/**
 * Registers without their words, for the worker: it judges and dates records and says nothing of them, and the page has the
 * whole files beside it.
 *
 * Always true: what is left out is text for people, counting rules and hints for drawing; schema, dates, steps and conditions
 * stay. Deliberately
 * not here: which files there are.
 */
import type { Plugin } from 'vite'

const WORDS = new Set([
  'x-label',
  'x-hint',
  'x-notice',
  'x-why',
  'x-options',
  'x-unit',
  'x-sentence',
  'x-measures',
  'x-follow',
  'x-order',
  'x-filled-by',
  'x-row',
  'x-mask',
  'x-sensitive',
  'x-warn',
  'x-step',
  'title',
])

export function wordlessRegisters(): Plugin {
  return {
    name: 'zoufang-wordless-registers',
    enforce: 'pre',
    transform(code, id) {
      const isRegister = /\/sync-protocol\/registers\/[a-z_]+\.json$/.test(id.replace(/\\/g, '/'))
      return isRegister ? { code: JSON.stringify(wordless(JSON.parse(code))), map: null } : null
    },
  }
}

/** A file without its words; a field may be called like one of them. */
export function wordless(value: unknown, areNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => wordless(item))
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(([key]) => areNames || !WORDS.has(key))
  return Object.fromEntries(kept.map(([key, item]) => [key, wordless(item, key === 'properties' && !areNames)]))
}
