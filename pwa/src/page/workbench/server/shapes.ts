/**
 * What the routes of registers, records and lists take and give, as JSON.
 *
 * Always true: the same names as the server's. Deliberately not here: the routes, and what the older routes give, which
 * is generated from the server's types.
 */
import type { Failure, HistoryEvent, Matter, Package } from '../../../shared/generated'
import type { RegisterFile } from '../../../shared/register_file'

/** `GET /api/county/registers`: one register with its whole file. */
export interface RegisterInfo {
  name: string
  version: number
  /** Uploaded or extended by this county. */
  own: boolean
  source: RegisterFile
}

/** One thing that is wrong in an uploaded file. */
export interface RegisterFault {
  /** Where in the file: a JSON pointer. */
  pointer: string
  code: string
  zh: string
  en: string
}

/** The answer to an upload that was refused. */
export type RegisterRefused = Failure & { faults: RegisterFault[] }

/** One record in a table. */
export interface RecordRow {
  record_id: string
  register: string
  address: string
  unit: string
  date: string
  title: string
  state: string
  /** The step that waits; empty where none does. */
  step: string
  columns: Record<string, unknown>
  author: string
  received_ms: number
  void_reason: string | null
  invalid_fields: string[]
  double_of: string | null
  open_matters: number
}

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

/** A list that the county keeps. */
export type CountyList = { id: string; name: Label; versions: ListVersion[] }

/** In force from a day until the next version. */
export type ListVersion = { version: number; valid_from: string; items: ListItem[] }

/** An item; awards have an amount, packages have contents. */
export type ListItem = { code: string; zh: string; en: string; amount_fen: number | null; gift: Package | null }

export type Label = { zh: string; en: string }

/** What is wanted in an export, and why. */
export interface ExportRequest {
  register: string
  unit: string
  from: string
  to: string
  reason: string
}
