/**
 * The faults out of a refused upload.
 *
 * Always true: an answer that names none gives none. Deliberately not here: words, which the server sends.
 */
import type { RegisterFault } from '../../server/shapes'

export function faultsOf(answer: unknown): RegisterFault[] {
  const faults = (answer as { faults?: unknown } | undefined)?.faults
  return Array.isArray(faults) ? (faults as RegisterFault[]) : []
}
