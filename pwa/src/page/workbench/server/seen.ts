/**
 * Asks again now and then while somebody looks: for what changes without a feed that moves.
 *
 * Always true: a hidden page asks nothing, and asks at once when it is seen again; a component that is gone asks no more.
 * Deliberately not here: what is asked.
 */
import { getCurrentScope, onScopeDispose } from 'vue'

/** Calls `ask` every so often while the page is seen, until the component is gone or the answer is called. */
export function whileSeen(ask: () => void, everyMs: number): () => void {
  const askIfSeen = (): void => {
    if (!document.hidden) ask()
  }
  const timer = setInterval(askIfSeen, everyMs)
  document.addEventListener('visibilitychange', askIfSeen)
  const stop = (): void => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', askIfSeen)
  }
  if (getCurrentScope()) onScopeDispose(stop)
  return stop
}
