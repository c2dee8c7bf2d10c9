/**
 * Writing into a record at the heads that the clerk was shown.
 *
 * Always true: the heads are those of the moment in which the form was opened, however often the record is read anew
 * behind it, so that what a phone wrote meanwhile is never covered unseen. Deliberately not here: which fields.
 */
import { editRecord } from '../../server/record_routes'
import { sending, type Sending } from '../../server/sending'
import type { RecordDetail } from '../../server/shapes'

export interface Editing extends Pick<Sending, 'busy' | 'failure'> {
  /** Writes; the answer says whether it was taken. */
  write: (fields: Record<string, unknown>, note: string) => Promise<boolean>
}

/** To be called when a form opens: keeps its heads. */
export function editing(detail: RecordDetail): Editing {
  const { heads, row } = detail
  const { busy, failure, send } = sending()
  const write: Editing['write'] = (fields, note) => send(() => editRecord(row.record_id, { fields, heads, note }))
  return { busy, failure, write }
}
