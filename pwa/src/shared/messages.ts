/**
 * What page and worker say to each other: calls with answers, and events. The only place where they meet.
 *
 * Always true: everything here is plain data that structured cloning keeps. Deliberately not here: how a call is
 * carried out, and how a view is drawn.
 */
import type { Campaign, CountyTable } from './generated'
import type { Fields, Value } from './record'
import type { CountyList, UnitTable } from './tables'

/** Where a record stands. */
export type Standing = 'draft' | 'on_this_phone' | 'with_the_county' | 'needs_a_look'

export type ViewRecord = {
  id: string
  /** Name of its register; one that this phone does not know is kept all the same. */
  register: string
  /** The unit that holds it. */
  unit: string
  address: string
  fields: Fields
  standing: Exclude<Standing, 'draft'>
  /** Why it needs a look: a code of a refusal, or `invalid` with the fields. */
  look: { code: string; fields: string[] } | null
  /** Person id of who logged it first; null where only the county knows. */
  author: string | null
  /** Whether it was logged on this phone. */
  own: boolean
  loggedMs: number
}

/** A document whose records left this phone; the county has them. */
export type AwayDocument = {
  address: string
  /** Records in it when it left. */
  count: number
  /** Day of the newest of them, by its date or its entry. */
  newest: string
  /** When somebody asked for it; 0 where it has to come by itself; null where nobody wants it. */
  wantedMs: number | null
}

/** A form that is not confirmed yet. */
export type StoredDraft = { key: string; form: unknown; savedMs: number }

export type ExchangeState = {
  phase: 'idle' | 'running' | 'waiting' | 'failed'
  /** When the last exchange began that came to its end: what stood on either side before has gone to the other. */
  lastMs: number | null
  /** Stable code of what went wrong last. */
  error: string | null
}

/** Somebody who uses this phone. */
export type PhonePerson = { id: string; name: string; hasPin: boolean }

export type Enrolled = {
  device: string
  /** Who uses it now. */
  person: string
  personId: string
  hasPin: boolean
  /** Who else does. */
  others: PhonePerson[]
  countyName: string
  units: string[]
}

/** A register that the county made or extended: the whole file. Those that come with the app are not among them. */
export type RegisterSource = { name: string; source: { [key: string]: Value } }

/** All that the page draws from. */
export type View = {
  enrolled: Enrolled | null
  /** This phone was withdrawn and wiped; until it is enrolled again. */
  wiped: { reason: 'retired' | 'stolen'; countyName: string } | null
  county: CountyTable | null
  campaigns: Campaign[]
  /** Tables of villages and townships, by division code. */
  villages: UnitTable[]
  registers: RegisterSource[]
  lists: CountyList[]
  records: ViewRecord[]
  /** Whether these are all records; else they are the visits of campaigns that are not over, and the errors of the roster. */
  isWhole: boolean
  /** What is to be had from the county; only with `isWhole`. */
  away: AwayDocument[]
  drafts: StoredDraft[]
  unsent: { count: number; oldestMs: number | null }
  notices: { code: string; about: string }[]
  exchange: ExchangeState
}

/** A saved outcome of a form: only the changed fields, and what the form had seen. */
export type NewIntent = {
  id: string
  recordId: string
  address: string
  fields: Fields
  /** Heads of the document that the form was opened on; null for a new record. */
  heads: string[] | null
  /** Own intents that were pending when the form was opened, and were shown in it. */
  seen: string[]
}

/** Takes back a saved outcome: the intent is dropped while it is pending; once it is a change, `otherwise` is saved. */
export type UndoStep = { undoes: string; otherwise: NewIntent }

/** A record as a form opens it. */
export type OpenedRecord = { recordId: string; address: string; fields: Fields; heads: string[]; seen: string[] }

/** One step in the life of a record. */
export type HistoryStep = {
  kind: 'logged' | 'changed' | 'settled' | 'double_settled' | 'received'
  /** Person id, or the name for a settlement; null where nobody knows. */
  by: string | null
  own: boolean
  atMs: number | null
  fields: { field: string; value: Value }[]
  note: string
  pending: boolean
}

export type Failed = { code: string; zh: string; en: string }

/** The code was good; somebody of the township has to compare these digits. */
export type Waiting = { digits: string; person: string; township: string }

/** Calls of the page, by name: what is asked and what is answered. */
export type Calls = {
  /** JSON of those parts of the view that this page does not have yet: it is read faster than what is cloned. */
  view: { ask: { isWhole: boolean }; answer: string }
  /** Null: enrolled. */
  enrol: { ask: { code: string }; answer: Failed | Waiting | null }
  save: { ask: { intents: NewIntent[]; draftKey: string | null }; answer: null }
  undo: { ask: { steps: UndoStep[] }; answer: null }
  open: { ask: { recordId: string }; answer: OpenedRecord | null }
  history: { ask: { recordId: string }; answer: HistoryStep[] }
  saveDraft: { ask: StoredDraft; answer: null }
  dropDraft: { ask: { key: string }; answer: null }
  exchange: { ask: null; answer: null }
  /** Asks for documents that are away; they come with the next exchange. */
  fetchAway: { ask: { addresses: string[] }; answer: null }
  exportUnsent: { ask: null; answer: Uint8Array<ArrayBuffer> }
  /** The PIN of whoever has the phone; needed before it goes to somebody else. Null: set. */
  setPin: { ask: { pin: string }; answer: Failed | null }
  /** Null: the phone is theirs now. Codes: `pin_form`, `pin_wrong`, `pin_nobody`, `pin_wait/<minutes>`. */
  usePerson: { ask: { id: string; pin: string }; answer: Failed | null }
  visible: { ask: { visible: boolean }; answer: null }
}

export type CallName = keyof Calls
export type ToWorker = { id: number; name: CallName; ask: unknown }
export type ToPage = { id: number; answer: unknown } | { id: number; failed: string } | { event: 'changed' }
