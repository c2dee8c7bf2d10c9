/**
 * Loads Automerge and the work on documents, on first demand, and only once.
 *
 * Always true: saving and the household list never wait for this. A load that failed is tried again at the next
 * demand. Deliberately not here: what is done with it.
 */
import wasm from '@automerge/automerge/automerge.wasm?url'

export type Work = Omit<typeof import('./documents/work'), 'start'>

let loading: Promise<Work> | null = null

export function loadWork(): Promise<Work> {
  loading ??= load().catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

async function load(): Promise<Work> {
  const work = await import('./documents/work')
  await work.start(new Request(wasm))
  return work
}
