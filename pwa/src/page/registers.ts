/**
 * The registers that this phone knows: visits at once, the other built-in ones as soon as they are loaded, and those of
 * the county as soon as it sent them.
 *
 * Always true: a register keeps its object until its file changes, so that nothing is drawn anew without need.
 * Deliberately not here: what a register says.
 */
import { computed, shallowRef } from 'vue'
import type { RegisterSource } from '../shared/messages'
import type { Register } from '../shared/register'
import { builtIn, overlaid, visit } from '../shared/registers'
import { view } from './state'

const base = shallowRef<Map<string, Register>>(new Map([[visit.name, visit]]))
const files = computed(() => JSON.stringify(view.value?.registers ?? []))

/** By name. */
export const registers = computed(() => overlaid(base.value, JSON.parse(files.value) as RegisterSource[]))

let loading: Promise<void> | undefined

/** Loads what is not there yet; called after the first paint, and by whoever needs another register than visits. */
export function loadRegisters(): Promise<void> {
  loading ??= builtIn().then(
    (found) => void (base.value = found),
    () => void (loading = undefined),
  )
  return loading
}

/** The register of a record by its address, or by its name. */
export function knownRegister(address: string): Register | undefined {
  return registers.value.get(address.split('/')[0] ?? '')
}
