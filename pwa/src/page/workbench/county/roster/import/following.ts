/**
 * Follows an import that the server works on: asks how far it is until it is done.
 *
 * Always true: one question at a time; it ends with whoever no longer waits. Deliberately not here: what is done with the
 * answers.
 */
import type { ImportShown } from '../../../../../shared/generated'
import { readImport } from '../../../server/roster_routes'

/** Between two questions. */
export const PAUSE_MS = 500

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))

/** Whether nothing goes on that was begun by finding out, or by taking. */
export const isChecked = ({ state }: ImportShown): boolean => state !== 'working'
/** A list is taken one after the other: until it is this one's turn it looks as if nothing had begun. */
export const isTaken = ({ state }: ImportShown): boolean => ['applied', 'undone', 'failed'].includes(state)

/** Tells `see` of each answer, this one first, until `isDone` or nobody waits. */
export async function follow(
  begun: ImportShown,
  isDone: (shown: ImportShown) => boolean,
  see: (shown: ImportShown) => void,
  isWaitedFor: () => boolean = () => true,
): Promise<void> {
  let shown = begun
  see(shown)
  while (!isDone(shown) && isWaitedFor()) {
    await pause()
    if (!isWaitedFor()) return
    shown = await readImport(shown.id)
    see(shown)
  }
}
