/**
 * A long list at the opening of the app: what fits on the screen first, the rest once that was painted.
 *
 * Always true: it happens once; whoever comes back to a list finds it whole and in its place. Deliberately not here: which
 * rows there are.
 */
import { computed, onMounted, shallowRef, type ComputedRef } from 'vue'
import { painted } from '../state'

/** More rows than a phone shows at once. */
const FIRST = 12

const isWhole = shallowRef(false)

export function useFirstRows<T>(rows: ComputedRef<T[]>): ComputedRef<T[]> {
  onMounted(async () => {
    await painted()
    isWhole.value = true
  })
  return computed(() => (isWhole.value ? rows.value : rows.value.slice(0, FIRST)))
}
