/**
 * Reads the vectors that Rust and TypeScript share, and the bytes in them.
 *
 * Always true: a file that is missing fails the test that asks for it. Deliberately not here: what the vectors prove.
 */
import { readFileSync } from 'node:fs'
import { toHex } from '../src/shared/bytes'

export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}`, import.meta.url), 'utf8')) as T
}

/** The WebAssembly of Automerge, as the worker loads it by its address. */
export function wasm(): Uint8Array {
  return readFileSync(new URL('../node_modules/@automerge/automerge/dist/automerge.wasm', import.meta.url))
}

/** A value with its bytes as hexadecimal, as vectors spell them. */
export function spelled(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return value.map(spelled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spelled(item)]))
}
