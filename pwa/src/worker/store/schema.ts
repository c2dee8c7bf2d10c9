/**
 * What the phone keeps in IndexedDB, store by store.
 *
 * Always true: an intent stands here until the same transaction stores the change that it became; a change of our own
 * stands in `unsealed` until the same transaction stores the envelope that carries it; an envelope is never removed; a
 * document that left has a row in `away` until the transaction that stores it again. Where both have it, what is in
 * `documents` was written since, and is a part. Deliberately not here: any rule about when that happens.
 */
import type { DBSchema, IDBPDatabase } from 'idb'
import type { Bytes } from '../../shared/bytes'
import type { Grants } from '../../shared/generated'
import type { AwayDocument, NewIntent, StoredDraft } from '../../shared/messages'
import type { Fields } from '../../shared/record'

/** `by` is the person who used the phone; absent where it was whom it is bound to. */
export type StoredIntent = NewIntent & { order?: number; savedMs: number; by?: string }

/** One of our own changes: which record it wrote and which intent it was. */
export type OwnChange = { hash: string; recordId: string; intentId: string; madeMs: number; by?: string }

export type StoredDocument = {
  address: string
  saved: Bytes
  heads: string[]
  own: OwnChange[]
  /** Hashes of our own changes that no envelope carries yet. */
  unsealed: string[]
  /** Person ids of colleagues, by hash of their change. */
  authors: Record<string, string>
  /** When somebody asked for it, having been away; absent where it never was, or came by itself. */
  fetchedMs?: number
}

/** A document that the county has and this phone no longer: which of its changes are ours is all that is kept of it. */
export type StoredAway = AwayDocument & { own: OwnChange[] }

/** A record as its document shows it: drawn without loading Automerge. */
export type StoredRecord = {
  id: string
  address: string
  fields: Fields
  author: string | null
  own: boolean
  invalid: string[]
}

export type StoredEnvelope = {
  counter: number
  hash: string
  bytes: Bytes
  records: string[]
  sealedMs: number
  receiptMs: number | null
  refusal: string | null
}

export type StoredFeed = { feed: string; seq: number; digest: Bytes }
export type StoredTable = { key: string; feed: string; name: string; seq: number; value: unknown }

/** This phone's identity and the key it believes. The private key cannot be taken out of the browser. */
export type Identity = { code: string; keys: CryptoKeyPair; publicKey: Bytes }

export type Device = {
  id: Bytes
  county: string
  countyName: string
  countyKey: Bytes
  certificate: Bytes
  person: string
  personId: string
  privateKey: CryptoKey
  enrolledMs: number
}

export type Exchange = {
  epoch: Bytes
  nonce: Bytes
  grants: Grants
  counter: number
  previous: Bytes | null
  lastMs: number | null
  notices: { code: string; about: string }[]
  /** The county's time in its last answer. */
  countyMs?: number
}

/** This phone was withdrawn: its keys are gone, and all else goes; `isDone` once it has. */
export type Wiped = { reason: 'retired' | 'stolen'; countyName: string; isDone: boolean }

/** A PIN as its slow digest; `nextMs` is when it may be tried again. */
export type Pin = { salt: Bytes; check: Bytes; rounds: number; failures: number; nextMs: number }

/** Who uses the phone, where two share it: `inUse` null is whom it is bound to. */
export type People = { inUse: string | null; pins: Record<string, Pin> }

export type Meta = { identity: Identity; device: Device; exchange: Exchange; wiped: Wiped; people: People }

export interface Schema extends DBSchema {
  meta: { key: string; value: Meta[keyof Meta] }
  intents: { key: number; value: StoredIntent; indexes: { id: string } }
  documents: { key: string; value: StoredDocument }
  away: { key: string; value: StoredAway }
  records: { key: string; value: StoredRecord; indexes: { address: string } }
  envelopes: { key: number; value: StoredEnvelope; indexes: { hash: string } }
  feeds: { key: string; value: StoredFeed }
  tables: { key: string; value: StoredTable }
  drafts: { key: string; value: StoredDraft }
}

export type Database = IDBPDatabase<Schema>
