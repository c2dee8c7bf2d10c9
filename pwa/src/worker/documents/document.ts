/**
 * Records in an Automerge document: the root map holds records by id, a record holds scalars and whole groups.
 *
 * Always true: strings are scalars, a group or list is one byte string of canonical JSON, only changed fields are
 * written, nothing is deleted; the same as the server's `document.rs`. Deliberately not here: IndexedDB.
 */
import * as Automerge from '@automerge/automerge/slim'
import { fromText, toText } from '../../shared/bytes'
import { canonicalJson, changedFields, type Fields, type Value } from '../../shared/record'

type Scalar = Automerge.ImmutableString | string | number | bigint | boolean | null | Uint8Array
type Root = Record<string, Record<string, Scalar>>
export type Document = Automerge.Doc<Root>

let started: Promise<void> | null = null

/** Starts Automerge once; every later call waits for the first. A start that failed is tried again. */
export function start(wasm: Uint8Array | Request): Promise<void> {
  started ??= Automerge.initializeWasm(wasm).catch((error: unknown) => {
    started = null
    throw error
  })
  return started
}

/** A document from its bytes, or an empty one; each load writes under a fresh actor. */
export function load(saved: Uint8Array | undefined): Document {
  return saved === undefined ? Automerge.init<Root>() : Automerge.load<Root>(saved)
}

export const save = (document: Document): Uint8Array<ArrayBuffer> => new Uint8Array(Automerge.save(document))
export const heads = (document: Document): string[] => Automerge.getHeads(document)
export const merge = (document: Document, bytes: Uint8Array): Document => Automerge.loadIncremental(document, bytes)
export const recordIds = (document: Document): string[] => Object.keys(document)
export const free = (document: Document): void => Automerge.free(document)
export const bundle = (document: Document, hashes: string[]): Uint8Array => Automerge.saveBundle(document, hashes)

export function readRecord(document: Document, id: string): Fields {
  const record = document[id]
  const fields: Fields = {}
  for (const [field, scalar] of Object.entries(record ?? {})) {
    const value = fromScalar(scalar)
    if (value !== undefined) fields[field] = value
  }
  return fields
}

/** Before the person id in the message of a change, on a phone that several people share. */
const WRITTEN_BY = 'by '

/**
 * Writes the fields that differ at `at`; `at` null means on top of everything. `by` is who of those who share the phone
 * it was. Returns no hash if nothing differs.
 */
export function writeRecord(
  document: Document,
  id: string,
  fields: Fields,
  at: string[] | null,
  moment: number,
  by?: string,
): { document: Document; hash: string | null } {
  const isOnTop = at === null || isSameHeads(at, heads(document))
  const before = isOnTop ? document : Automerge.view(document, at)
  const changed = changedFields(readRecord(before, id), fields)
  if (before[id] && Object.keys(changed).length === 0) return { document, hash: null }
  const put = (root: Root): void => {
    root[id] ??= {}
    for (const [field, value] of Object.entries(changed)) (root[id] as Record<string, Scalar>)[field] = toScalar(value)
  }
  const options = { time: Math.floor(moment / 1000), ...(by !== undefined && { message: WRITTEN_BY + by }) }
  if (!isOnTop) {
    const { newDoc, newHeads } = Automerge.changeAt(document, at, options, put)
    return { document: newDoc, hash: newHeads?.[0] ?? null }
  }
  const written = Automerge.change(document, options, put)
  return { document: written, hash: heads(written)[0] ?? null }
}

export function isSameHeads(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((hash) => other.includes(hash))
}

export function allHashes(document: Document): string[] {
  return Automerge.topoHistoryTraversal(document)
}

/** The changes that came since `before`, each with who wrote it by its own word. */
export function changesSince(document: Document, before: string[]): { hash: string; by: string | null }[] {
  return Automerge.getChangesMetaSince(document, before).map(({ hash, message }) => ({
    hash,
    by: message?.startsWith(WRITTEN_BY) ? message.slice(WRITTEN_BY.length) : null,
  }))
}

/** Of `hashes`, those that the document has and that no other of them follows from. */
export function newest(document: Document, hashes: string[]): string[] {
  const known = [...new Set(hashes)].filter((hash) => Automerge.hasHeads(document, [hash]))
  const dependencies = new Map(Automerge.getChangesMetaSince(document, []).map((change) => [change.hash, change.deps]))
  const covered = new Set<string>()
  const open = known.flatMap((hash) => dependencies.get(hash) ?? [])
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (covered.has(hash)) continue
    covered.add(hash)
    open.push(...(dependencies.get(hash) ?? []))
  }
  return known.filter((hash) => !covered.has(hash))
}

/** The change that made each record, by record id. */
export function makers(document: Document): Map<string, string> {
  const changes = Automerge.getChangesMetaSince(document, [])
  const found = new Map<string, string>()
  for (const id of recordIds(document)) {
    const [operation = '', actor] = (Automerge.getObjectId(document, id) ?? '').split('@')
    const number = Number(operation)
    const maker = changes.find((change) => change.actor === actor && change.startOp <= number && number <= change.maxOp)
    if (maker) found.set(id, maker.hash)
  }
  return found
}

export type Written = { hash: string; atMs: number; fields: { field: string; value: Value }[] }

/** Every change that wrote the record, oldest first, with what it wrote. */
export function changesOf(document: Document, id: string): Written[] {
  const object = Automerge.getObjectId(document, id)
  const found: Written[] = []
  for (const hash of allHashes(document)) {
    const change = Automerge.inspectChange(document, hash)
    const writes = change?.ops.filter((operation) => operation.action === 'set' && operation.obj === object) ?? []
    if (!change || writes.length === 0) continue
    const fields = writes.map((operation) => ({ field: operation.key, value: fromOperation(operation.value) }))
    found.push({ hash, atMs: change.time * 1000, fields })
  }
  return found
}

function fromOperation(value: unknown): Value {
  if (Array.isArray(value)) return fromScalar(Uint8Array.from(value as number[])) ?? null
  return fromScalar(value as Scalar) ?? null
}

export function toScalar(value: Value): Scalar {
  if (typeof value === 'string') return new Automerge.ImmutableString(value)
  if (value !== null && typeof value === 'object') return fromText(canonicalJson(value))
  return value
}

/** Undefined for what no phone of ours writes. */
export function fromScalar(scalar: Scalar): Value | undefined {
  if (scalar instanceof Uint8Array) {
    try {
      return JSON.parse(toText(scalar)) as Value
    } catch {
      return undefined
    }
  }
  // Automerge gives large whole numbers as bigint; all of ours are far below where a number loses digits.
  if (typeof scalar === 'bigint') return Number(scalar)
  if (Automerge.isImmutableString(scalar)) return scalar.toString()
  return scalar === null || ['string', 'number', 'boolean'].includes(typeof scalar) ? (scalar as Value) : undefined
}
