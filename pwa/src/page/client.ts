/**
 * The page's side of the messages: calls to the worker, and what it announces.
 *
 * Always true: a call ends with an answer or an error. Deliberately not here: what the answers mean.
 */
import type { CallName, Calls, ToPage, ToWorker } from '../shared/messages'

type Waiting = { resolve: (answer: never) => void; reject: (error: Error) => void }

const waiting = new Map<number, Waiting>()
const listeners: (() => void)[] = []
let worker: Worker | undefined
let last = 0

/** Starts the worker. Announcements reach those who listen. */
export function startWorker(): void {
  worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'zoufang' })
  worker.addEventListener('message', (event: MessageEvent<ToPage>) => hear(event.data))
}

export function onChanged(listener: () => void): void {
  listeners.push(listener)
}

export function call<K extends CallName>(name: K, ask: Calls[K]['ask']): Promise<Calls[K]['answer']> {
  last += 1
  const message: ToWorker = { id: last, name, ask }
  return new Promise((resolve, reject) => {
    waiting.set(message.id, { resolve, reject })
    // Reactive objects cannot be cloned; what goes over is plain data.
    worker?.postMessage(JSON.parse(JSON.stringify(message)))
  })
}

function hear(message: ToPage): void {
  if ('event' in message) return listeners.forEach((listener) => listener())
  const caller = waiting.get(message.id)
  waiting.delete(message.id)
  if ('failed' in message) caller?.reject(new Error(message.failed))
  else caller?.resolve(message.answer as never)
}
