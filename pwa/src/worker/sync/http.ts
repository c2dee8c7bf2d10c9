/**
 * The requests that a phone makes, over `fetch`, and what can go wrong with them.
 *
 * Always true: an error carries a stable code; nothing in an error answer is believed beyond that. Deliberately not
 * here: signatures, and when to try again.
 */
import type { Bytes } from '../../shared/bytes'
import type { Failure } from '../../shared/generated'
import type { Failed } from '../../shared/messages'

/** Longer than the slowest link of the valleys needs for a full answer. */
const TIMEOUT_MS = 60_000

/** A request that failed: `offline`, `not_the_county` (a captive portal), or a code of the server. */
export class ExchangeError extends Error {
  constructor(readonly failed: Failed) {
    super(failed.code)
  }
}

export async function sendExchange(request: Bytes): Promise<Uint8Array> {
  const response = await post('/api/sync', 'application/cbor', request)
  if (!response.ok) throw new ExchangeError(await readFailure(response))
  return new Uint8Array(await response.arrayBuffer())
}

export async function sendEnrolment(body: { code: string; public_key: string }): Promise<unknown> {
  const response = await post('/api/enrol', 'application/json', JSON.stringify(body))
  if (!response.ok) throw new ExchangeError(await readFailure(response))
  try {
    return await response.json()
  } catch {
    throw new ExchangeError(plain('not_the_county'))
  }
}

/**
 * Throws `offline` where the browser says that there is no network and a small request finds none either. What is heavy,
 * the engine and sealing, then waits, and all that is saved meanwhile travels in one bundle. Some browsers say it wrongly.
 */
export async function reach(): Promise<void> {
  if (navigator.onLine) return
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch {
    throw new ExchangeError(plain('offline'))
  }
}

async function post(path: string, type: string, body: Bytes | string): Promise<Response> {
  try {
    const headers = { 'content-type': type }
    return await fetch(path, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch {
    throw new ExchangeError(plain('offline'))
  }
}

async function readFailure(response: Response): Promise<Failed> {
  try {
    const { code, zh, en } = ((await response.json()) as Failure).error
    return { code: String(code), zh: String(zh), en: String(en) }
  } catch {
    return plain('not_the_county')
  }
}

function plain(code: string): Failed {
  return { code, zh: '', en: '' }
}
