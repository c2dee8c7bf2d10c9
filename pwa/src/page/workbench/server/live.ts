/**
 * Live refreshing: hears from the server that a feed moved, and calls those who show something, a moment later.
 *
 * Always true: many events within 300 ms cause one refresh, a steady stream at least one every two seconds; after a
 * lost connection everything is refreshed once, since events may have been missed. Deliberately not here: what moved,
 * because whoever shows something asks the server anew.
 */
import { ref } from 'vue'

/** How long after the last event a refresh waits for more of them. */
export const QUIET_MS = 300
/** A stream of events that never falls quiet still causes a refresh this often. */
export const LONGEST_WAIT_MS = 2_000
/** First pause before connecting anew; doubled up to the longest. */
export const RECONNECT_MS = 1_000
const RECONNECT_LONGEST_MS = 30_000

/** The part of EventSource that is used. */
export interface Source {
  readonly readyState: number
  addEventListener(type: string, listener: () => void): void
  close(): void
}

const CLOSED = 2

/** Whether the connection stands. */
export const liveState = ref<'off' | 'live' | 'lost'>('off')

/** Gathers calls: runs once, `quietMs` after the last of them and at most `longestMs` after the first. */
export function debounced(run: () => void, quietMs = QUIET_MS, longestMs = LONGEST_WAIT_MS) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let firstAt = 0
  const fire = (): void => {
    timer = undefined
    run()
  }
  return {
    call(): void {
      const now = Date.now()
      if (timer === undefined) firstAt = now
      clearTimeout(timer)
      timer = setTimeout(fire, Math.max(0, Math.min(quietMs, firstAt + longestMs - now)))
    },
    cancel(): void {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

const refreshers = new Set<() => void>()

/** Has `refresh` called whenever something moved; the answer ends that. */
export function onMoved(refresh: () => void): () => void {
  refreshers.add(refresh)
  return () => refreshers.delete(refresh)
}

/** Connects and stays connected until the answer is called. */
export function stayLive(open: () => Source = () => new EventSource('/api/events')): () => void {
  const refresh = debounced(() => refreshers.forEach((each) => each()))
  let source: Source | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = RECONNECT_MS
  let missedSome = false

  const opened = (): void => {
    liveState.value = 'live'
    pauseMs = RECONNECT_MS
    if (missedSome) refresh.call()
    missedSome = false
  }
  const failed = (): void => {
    liveState.value = 'lost'
    missedSome = true
    // EventSource connects anew by itself unless the server refused: then it stays closed, and we do it.
    if (source?.readyState !== CLOSED) return
    clearTimeout(timer)
    timer = setTimeout(connect, pauseMs)
    pauseMs = Math.min(pauseMs * 2, RECONNECT_LONGEST_MS)
  }
  function connect(): void {
    source = open()
    source.addEventListener('open', opened)
    source.addEventListener('feed', () => refresh.call())
    source.addEventListener('error', failed)
  }

  connect()
  return () => {
    clearTimeout(timer)
    refresh.cancel()
    source?.close()
    liveState.value = 'off'
  }
}
