/**
 * Lets the made-up county answer `fetch` for the length of a test.
 *
 * Deliberately not here: giving `fetch` back, which each test file does for itself.
 */
import { vi } from 'vitest'
import { MockCounty } from './county.ts'

export function answering(): MockCounty {
  const county = new MockCounty()
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : (init.body ?? undefined)
    const answer = county.answer(init.method ?? 'GET', address, body)
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    // An answer without content has no body at all, not an empty one.
    return Promise.resolve(new Response(text || null, { status: answer.status }))
  })
  return county
}
