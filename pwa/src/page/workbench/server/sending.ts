/**
 * Something that a person sends and waits for: whether it is on its way, and why it was refused.
 *
 * Always true: one at a time; a refusal keeps what was written. Deliberately not here: any route.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { Refused } from './request'

export interface Sending {
  busy: Ref<boolean>
  failure: ShallowRef<Refused | undefined>
  /** Resolves with whether it succeeded. */
  send: (work: () => Promise<unknown>) => Promise<boolean>
}

export function sending(): Sending {
  const busy = ref(false)
  const failure = shallowRef<Refused>()
  async function send(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = undefined
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      failure.value = error
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, send }
}
