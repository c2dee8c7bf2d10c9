/**
 * What the routes of registers, records and lists take and give, as JSON.
 *
 * Always true: the same names as the server's. Deliberately not here: the routes, and what the older routes give, which
 * is generated from the server's types.
 */
import type { Failure, HistoryEvent, Matter, RecordRow, RegisterFault } from '../../../shared/generated'
import type { RegisterFile } from '../../../shared/register_file'

export type { CountyList, Label, ListItem, ListVersion, RecordRow, RegisterFault } from '../../../shared/generated'

/** `GET /api/county/registers`: one register with its whole file. */
export interface RegisterInfo {
  name: string
  version: number
  /** Uploaded or extended by this county. */
  own: boolean
  source: RegisterFile
}

/** The answer to an upload that was refused. */
export type RegisterRefused = Failure & { faults: RegisterFault[] }

export interface RecordPage {
  rows: RecordRow[]
  matching: number
  figures: Record<string, number>
  as_of_ms: number
}

export interface RecordDetail {
  row: RecordRow
  fields: Record<string, unknown>
  history: HistoryEvent[]
  matters: Matter[]
  /** Heads of the document as shown: sent back with an edit. */
  heads: string[]
}

/** What the county writes into a record, at the heads that the clerk was shown. */
export interface RecordEdit {
  fields: Record<string, unknown>
  heads: string[]
  note: string
}

/** What is wanted in an export, and why. */
export interface ExportRequest {
  register: string
  unit: string
  from: string
  to: string
  reason: string
}
