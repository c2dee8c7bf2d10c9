/**
 * When an exchange happens: soon after a save, when a signal or the app comes back, when the county says that
 * something moved, or when somebody asks; after a failure later and later, with jitter.
 *
 * Always true: one exchange runs at a time over all tabs, under a lock; a wish that comes meanwhile is carried out
 * afterwards. Deliberately not here: what an exchange does.
 */
import type { ExchangeState } from '../../shared/messages'

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 10 * 60_000
const LOCK = 'zoufang-exchange'

export type Run = () => Promise<void>
/** Turns what was thrown into a stable code. */
export type Name = (error: unknown) => string

export class Schedule {
  state: ExchangeState = { phase: 'idle', lastMs: null, error: null }
  private timer: ReturnType<typeof setTimeout> | undefined
  private dueMs = Infinity
  private failures = 0
  private isRunning = false

  constructor(
    private readonly run: Run,
    private readonly name: Name,
    private readonly changed: () => void,
  ) {}

  /** Asks for an exchange within `delayMs`; an earlier one that is due already stands. */
  request(delayMs: number): void {
    const dueMs = Date.now() + delayMs
    if (dueMs >= this.dueMs) return
    this.dueMs = dueMs
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.start(), delayMs)
  }

  private async start(): Promise<void> {
    this.dueMs = Infinity
    if (this.isRunning) return this.request(200)
    this.isRunning = true
    const begunMs = Date.now()
    this.show({ ...this.state, phase: 'running' })
    try {
      await underLock(this.run)
      this.failures = 0
      this.show({ phase: 'idle', lastMs: begunMs, error: null })
    } catch (error) {
      this.fail(this.name(error))
    } finally {
      this.isRunning = false
    }
  }

  private fail(code: string): void {
    this.failures += 1
    const phase = code === 'offline' ? 'waiting' : 'failed'
    this.show({ ...this.state, phase, error: code })
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.failures - 1), LONGEST_WAIT_MS)
    this.request(wait * (0.5 + Math.random()))
  }

  private show(state: ExchangeState): void {
    this.state = state
    this.changed()
  }
}

/** Runs `work` while no other tab does. Tests and very old browsers have no locks, and one tab. */
export async function underLock<T>(work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks
  return locks ? ((await locks.request(LOCK, work)) as T) : work()
}
