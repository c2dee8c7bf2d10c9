/**
 * The live connection: many events become one refresh, a lost connection is taken up again and nothing is missed.
 *
 * Always true: the clock is moved by hand. Deliberately not here: a real event stream.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import {
  debounced,
  liveState,
  LONGEST_WAIT_MS,
  onMoved,
  QUIET_MS,
  RECONNECT_MS,
  stayLive,
  type Source,
} from '../../src/page/workbench/server/live.ts'
import { loaded } from '../../src/page/workbench/server/loaded.ts'

class FakeSource implements Source {
  readyState = 0
  closed = false
  private readonly listeners = new Map<string, () => void>()
  addEventListener(type: string, listener: () => void): void {
    this.listeners.set(type, listener)
  }
  close(): void {
    this.closed = true
  }
  say(type: string): void {
    this.listeners.get(type)?.()
  }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('debounced', () => {
  it('runs once after it has been quiet', () => {
    const run = vi.fn()
    const gathered = debounced(run)
    gathered.call()
    vi.advanceTimersByTime(QUIET_MS - 1)
    gathered.call()
    vi.advanceTimersByTime(QUIET_MS - 1)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(run).toHaveBeenCalledOnce()
  })

  it('does not wait for quiet for ever', () => {
    const run = vi.fn()
    const gathered = debounced(run)
    for (let ms = 0; ms < LONGEST_WAIT_MS; ms += 100) {
      gathered.call()
      vi.advanceTimersByTime(100)
    }
    expect(run).toHaveBeenCalledOnce()
  })
})

describe('the live connection', () => {
  it('refreshes what is shown once for a burst of events', () => {
    const source = new FakeSource()
    const refresh = vi.fn()
    const forget = onMoved(refresh)
    const leave = stayLive(() => source)
    source.say('open')
    expect(liveState.value).toBe('live')
    for (let n = 0; n < 20; n++) source.say('feed')
    vi.advanceTimersByTime(QUIET_MS)
    expect(refresh).toHaveBeenCalledOnce()
    leave()
    forget()
    expect(source.closed).toBe(true)
  })

  it('connects anew where the server closed it, and then refreshes once', () => {
    const sources: FakeSource[] = []
    const refresh = vi.fn()
    const forget = onMoved(refresh)
    const leave = stayLive(() => {
      sources.push(new FakeSource())
      return sources.at(-1)!
    })
    sources[0]!.readyState = 2
    sources[0]!.say('error')
    expect(liveState.value).toBe('lost')
    vi.advanceTimersByTime(RECONNECT_MS)
    expect(sources).toHaveLength(2)
    sources[1]!.say('open')
    vi.advanceTimersByTime(QUIET_MS)
    expect(refresh).toHaveBeenCalledOnce()
    leave()
    forget()
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(2)
  })
})

describe('what is loaded', () => {
  it('keeps the newest answer though an older one comes later', async () => {
    const pending: ((text: string) => void)[] = []
    const scope = effectScope()
    const shown = scope.run(() => loaded(() => new Promise<string>((answer) => pending.push(answer))))!
    const second = shown.reload(true)
    pending[1]!('new')
    await second
    pending[0]!('old')
    await Promise.resolve()
    expect(shown.value.value).toBe('new')
    scope.stop()
  })
})
