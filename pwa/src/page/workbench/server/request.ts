/**
 * Asks the server, and turns whatever is not a success into words for people.
 *
 * Always true: every failure is a `Refused` with Chinese and English text; a 401 is told to `onSignedOut`. Deliberately
 * not here: which routes there are (`routes.ts`).
 */
import type { Failure, FailureText } from '../../../shared/generated'
import { en } from '../words/en'
import { language } from '../words/language'
import { zh, type WordKey } from '../words/zh'

/** The server said no, could not be reached, or answered nonsense. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly text: FailureText,
    /** The whole answer, where it says more than the failure. */
    readonly answer: unknown = undefined,
  ) {
    super(`${text.code}: ${text.en}`)
    this.name = 'Refused'
  }

  /** In the language that is shown now. */
  get words(): string {
    return language.value === 'zh' ? this.text.zh : this.text.en
  }
}

let onSignedOut: () => void = () => {}

/** Names who is told when the server no longer knows the session. */
export function tellWhenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One question; the answer's JSON, or `undefined` for an answer without content. */
export async function ask<Answer>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> {
  const answer = await succeed(method, path, body, signal)
  const text = await answer.text()
  if (text === '') return undefined as Answer
  try {
    return JSON.parse(text) as Answer
  } catch {
    throw new Refused(answer.status, ownWords('unreadable', 'app.unreadable'))
  }
}

/** A question that is answered with a file. */
export async function askForFile(path: string, body: unknown): Promise<Blob> {
  return (await succeed('POST', path, body)).blob()
}

async function succeed(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const answer = await reach(method, path, body, signal)
  if (answer.ok) return answer
  const refused = await readRefusal(answer)
  if (answer.status === 401) onSignedOut()
  throw refused
}

async function reach(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  // A file is its own body; whatever else is sent is JSON.
  const isFile = body instanceof Blob
  const type = isFile ? 'application/octet-stream' : 'application/json'
  try {
    return await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': type },
      body: isFile || body === undefined ? body : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal,
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Refused(0, ownWords('offline', 'app.offline'))
  }
}

async function readRefusal(answer: Response): Promise<Refused> {
  try {
    const whole = (await answer.json()) as Failure & { failure?: Failure }
    const { error } = whole.failure ?? whole
    if (error.zh && error.en) return new Refused(answer.status, error, whole)
  } catch {
    // A proxy's page or an empty body: it has no words of ours, so ours are used below.
  }
  return new Refused(answer.status, ownWords('unreadable', 'app.unreadable'))
}

function ownWords(code: string, key: WordKey): FailureText {
  return { code, zh: zh[key], en: en[key], about: '' }
}
