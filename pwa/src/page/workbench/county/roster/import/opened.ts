/**
 * The import that somebody decides about, kept while they look at another page.
 *
 * Always true: gone with the session; one at a time. Deliberately not here: what may be decided (`choice.ts`).
 */
import { ref, watch } from 'vue'
import { session } from '../../../server/signed'
import type { OpenedImport } from './choice'

export const opened = ref<OpenedImport>()

watch(session, (now) => {
  if (!now) opened.value = undefined
})
