/**
 * Writing into a record at the heads that the clerk was shown.
 *
 * Always true: the heads are those of the moment in which the form was opened, however often the record is read anew
 * behind it, so that what a phone wrote meanwhile is never covered unseen. Deliberately not here: which fields.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { editRecord } from '../../server/record_routes'
import { Refused } from '../../server/request'
import type { RecordDetail } from '../../server/shapes'

export interface Editing {
  busy: Ref<boolean>
  failure: ShallowRef<Refused | undefined>
  /** Writes; the answer says whether it was taken. */
  write: (fields: Record<string, unknown>, note: string) => Promise<boolean>
}

/** To be called when a form opens: keeps its heads. */
export function editing(detail: RecordDetail): Editing {
  const { heads, row } = detail
  const busy = ref(false)
  const failure = shallowRef<Refused>()

  async function write(fields: Record<string, unknown>, note: string): Promise<boolean> {
    busy.value = true
    failure.value = undefined
    try {
      await editRecord(row.record_id, { fields, heads, note })
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      failure.value = error
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, write }
}
