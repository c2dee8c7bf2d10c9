/**
 * Something read from the server and kept fresh while a component shows it.
 *
 * Always true: what is shown stays until the newer answer is there; an older answer never replaces a newer one; what is
 * read again because something moved does not blink. Deliberately not here: any route.
 */
import { getCurrentScope, onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { onMoved } from './live'
import { Refused } from './request'

export interface Loaded<T> {
  /** The newest answer; undefined until the first. */
  value: ShallowRef<T | undefined>
  /** Why the last question failed. */
  failure: ShallowRef<Refused | undefined>
  /** A question somebody waits for is on its way. */
  loading: Ref<boolean>
  /** Asks again; quietly, if nobody waits for it. */
  reload: (quietly?: boolean) => Promise<void>
}

/** Reads at once, and again whenever a feed moved, until the component is gone. */
export function loaded<T>(read: () => Promise<T>): Loaded<T> {
  const value = shallowRef<T>()
  const failure = shallowRef<Refused>()
  const loading = ref(false)
  let asked = 0

  async function reload(quietly = false): Promise<void> {
    const mine = ++asked
    loading.value = loading.value || !quietly
    try {
      const answer = await read()
      if (mine !== asked) return
      value.value = answer
      failure.value = undefined
    } catch (error) {
      if (mine !== asked) return
      if (!(error instanceof Refused)) throw error
      failure.value = error
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  const stop = onMoved(() => void reload(true))
  if (getCurrentScope()) onScopeDispose(stop)
  void reload()
  return { value, failure, loading, reload }
}
