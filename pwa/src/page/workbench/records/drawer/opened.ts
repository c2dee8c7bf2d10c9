/**
 * Which record's drawer is open: any page can open one.
 *
 * Always true: at most one is open. Deliberately not here: what the drawer shows.
 */
import { ref } from 'vue'

/** The record whose drawer is open; empty for none. */
export const openedRecord = ref('')

/** Opens the drawer of a record. */
export function openRecord(recordId: string): void {
  openedRecord.value = recordId
}
