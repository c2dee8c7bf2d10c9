/**
 * A long list at the opening of the app: what fits on the screen first, the rest a few rows at a time while nobody waits.
 *
 * Always true: it happens once; whoever comes back to a list finds it whole and in its place. Deliberately not here: which
 * rows there are.
 */
import { computed, onMounted, onUnmounted, shallowRef, type ComputedRef } from 'vue'
import { idle, painted } from '../state'

/** More rows than a phone shows at once. */
const FIRST = 12
/** So many more in one piece of idle time: a tap never waits for longer than one piece takes. */
const MORE = 12

const count = shallowRef(FIRST)

export function useFirstRows<T>(rows: ComputedRef<T[]>): ComputedRef<T[]> {
  let isShown = true
  onMounted(async () => {
    await painted()
    while (isShown && count.value < rows.value.length) {
      await idle()
      count.value += MORE
    }
  })
  onUnmounted(() => {
    isShown = false
    count.value = Infinity
  })
  return computed(() => (count.value < rows.value.length ? rows.value.slice(0, count.value) : rows.value))
}
