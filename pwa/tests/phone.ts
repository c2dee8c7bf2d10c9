/**
 * A phone's database for tests, with faults on demand, and a county that signs answers.
 *
 * Always true: the N-th writing call fails exactly once where a test asks for it. Deliberately not here: assertions.
 */
import 'fake-indexeddb/auto'
import { fromText, type Bytes } from '../src/shared/bytes'
import { decode, encode, Reader, type Cbor } from '../src/shared/cbor'
import type { NewIntent } from '../src/shared/messages'
import { newId } from '../src/shared/ids'
import type { Fields } from '../src/shared/record'
import { deviceId, digest, makeKeys, publicBytes, sign } from '../src/worker/keys'
import { openDatabase, write } from '../src/worker/store/database'
import type { Database } from '../src/worker/store/schema'

export const ADDRESS = 'visit/990101103200/2024'
export const NOW = 1_706_945_000_000

let count = 0

export function newDatabase(): Promise<Database> {
  count += 1
  return openDatabase(`test-${count}`)
}

export function intent(recordId: string, fields: Fields, part: Partial<NewIntent> = {}): NewIntent {
  return { id: newId(), recordId, address: ADDRESS, fields, heads: null, seen: [], ...part }
}

const METHODS = ['add', 'put', 'delete', 'clear'] as const

/** Runs `work` while the call number `failing` of IndexedDB's writing calls fails. Returns how many calls there were. */
export async function withFault(failing: number, work: () => Promise<unknown>): Promise<number> {
  const originals = METHODS.map((method) => [method, IDBObjectStore.prototype[method]] as const)
  let calls = 0
  for (const [method, original] of originals) {
    IDBObjectStore.prototype[method] = function faulty(this: IDBObjectStore, ...values: never[]): never {
      calls += 1
      if (calls === failing) throw new DOMException('full', 'QuotaExceededError')
      return (original as (...all: never[]) => never).apply(this, values)
    }
  }
  try {
    await work()
  } finally {
    for (const [method, original] of originals) IDBObjectStore.prototype[method] = original as never
  }
  return calls
}

export type County = {
  publicKey: Bytes
  answer: (request: Uint8Array, part?: Partial<Answer>) => Promise<Bytes>
  /** Signs what the phone does not read. */
  certificate: () => Promise<Bytes>
}
export type Answer = { status: number; receipts: Cbor[]; refusals: Cbor[]; feeds: Cbor[]; epoch: Bytes; grants: Cbor }

export const EPOCH = new Uint8Array(8).fill(3)

/** A county with a key of its own. Receipts everything that it is sent, unless told otherwise. */
export async function newCounty(): Promise<County> {
  const keys = await makeKeys()
  const answer: County['answer'] = async (request, part = {}) => {
    const body = Reader.of('request', decode(request)).bytes()
    const envelopes = (decode(body) as Cbor[])[7] as Uint8Array[]
    const receipts = part.receipts ?? (await Promise.all(envelopes.map(hashOf)))
    const { status = 0, refusals = [], feeds = [], epoch = EPOCH, grants = null } = part
    const nonce = crypto.getRandomValues(new Uint8Array(16))
    const bytes = encode([1, status, epoch, NOW, nonce, receipts, refusals, feeds, grants, []])
    return encode([bytes, await sign(keys.privateKey, 'answer', await digest(request), bytes)])
  }
  const named = fromText('device')
  const certificate = async (): Promise<Bytes> => encode([named, await sign(keys.privateKey, 'device', named)])
  return { publicKey: await publicBytes(keys), answer, certificate }
}

export function hashOf(envelope: Uint8Array): Promise<Bytes> {
  return digest(Reader.of('envelope', decode(envelope)).bytes())
}

/** Enrols the phone with a county, as an answer to its code would. Returns the phone's public key. */
export async function enrolWith(database: Database, county: County): Promise<Bytes> {
  const keys = await makeKeys()
  const publicKey = await publicBytes(keys)
  const device = {
    id: await deviceId(publicKey),
    county: '990101',
    countyName: '示例县',
    countyKey: county.publicKey,
    certificate: fromText(''),
    person: '王秀英',
    personId: 'p-1',
    privateKey: keys.privateKey,
    enrolledMs: NOW,
  }
  const grants = { version: 1, person: 'p-1', grants: [{ unit: '990101103200', from: '2024-01-01', until: null }] }
  const nonce = new Uint8Array(16)
  const exchange = { epoch: EPOCH, nonce, grants, counter: 0, previous: null, lastMs: null, notices: [] }
  await write(database, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put({ code: 'first', keys, publicKey }, 'identity')
    await transaction.objectStore('meta').put(device, 'device')
    await transaction.objectStore('meta').put(exchange, 'exchange')
  })
  return publicKey
}
