/**
 * The bytes of the exchange are those that Rust writes and reads.
 *
 * Deliberately not here: what an exchange does with them.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromHex, fromText, toHex } from '../../src/shared/bytes'
import { decode, encode, Reader, type Cbor } from '../../src/shared/cbor'
import type { Chunk, EnvelopeBody, RequestBody } from '../../src/shared/generated'
import { encodeBody, encodeChunk, open } from '../../src/worker/sync/envelope'
import { encodeRequest, openAnswer, readAnswer, readEntry, readNotice } from '../../src/worker/sync/exchange_bytes'
import { deviceId, verify, type Purpose } from '../../src/worker/keys'
import { spelled, vectors } from '../vectors'

type Case = { name: string; type: string; hex: string; value: unknown }
const wire = vectors<{ cases: Case[]; decode_only: Case[]; malformed: Case[] }>('wire.json')

const encoders: Record<string, (value: never) => Uint8Array> = {
  request_body: (value: RequestBody) => encodeRequest(value),
  envelope_body: (value: EnvelopeBody) => encodeBody(value),
  chunk: (value: Chunk) => encodeChunk(value),
}
const readers: Record<string, (value: Cbor) => unknown> = {
  answer_body: readAnswer,
  entry: readEntry,
  notice: readNotice,
  request_body: (value) => Reader.of('request body', value),
}

/** Values of the vectors, with their bytes as bytes. Text never looks like hexadecimal in the fields named here. */
function unspelled(value: unknown, key = ''): unknown {
  const isBytes = /^(device|nonce|epoch|digest|envelopes|payload|previous|chunk_digests)$/.test(key)
  if (typeof value === 'string') return isBytes ? fromHex(value) : value
  if (Array.isArray(value)) return value.map((item) => unspelled(item, key))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unspelled(item, name)]))
}

describe('the bytes of the exchange', () => {
  test.each(wire.cases.filter(({ type }) => type in encoders))('$type is written as in Rust: $name', (one) => {
    expect(toHex(encoders[one.type]!(unspelled(one.value) as never))).toBe(one.hex)
  })

  /** Arrays of a known length begin with 0x80 plus it; what is absent at the end is left out, in the middle it is null. */
  test.each([
    [{ left: { records: 3, since_ms: 1_706_900_000_000 } }, '89', '82031b0000018d6b2b0d00'],
    [{ wants: ['visit/990101103200/2024'] }, '8a', `f68177${toHex(fromText('visit/990101103200/2024'))}`],
    [{ left: { records: 300, since_ms: 0 }, wants: [] }, '8a', '8219012c0080'],
  ])('a request with %j at its end is written as in Rust', (part, head, tail) => {
    const { value, hex } = wire.cases.find(({ name }) => name === 'a request with all it can have')!
    const request = { ...(unspelled(value) as RequestBody), ...part }
    expect(toHex(encodeRequest(request))).toBe(head + hex.slice(2) + tail)
  })

  test('others on a phone are read, and nothing where there are none', () => {
    const others = [['p-2', '李建国']]
    const grants = (more: Cbor[]): unknown =>
      readAnswer([1, 0, new Uint8Array(8), 5, new Uint8Array(16), [], [], [], [1, 'p-1', [], ...more], []]).grants
    expect(grants([others])).toEqual({ version: 1, person: 'p-1', grants: [], others: [{ id: 'p-2', name: '李建国' }] })
    expect(grants([])).toEqual({ version: 1, person: 'p-1', grants: [] })
  })

  const read = [...wire.cases, ...wire.decode_only].filter(({ type }) => type in readers && type !== 'request_body')
  test.each(read)('$type is read as in Rust: $name', ({ type, hex, value }) => {
    expect(spelled(readers[type]!(decode(fromHex(hex))))).toEqual(value)
  })

  test.each(wire.malformed.filter(({ name }) => name !== 'a length of four gigabytes'))('refused: $name', (one) => {
    expect(() => readers[one.type]!(decode(fromHex(one.hex)))).toThrow()
  })

  test('all that can be written comes back', () => {
    const leaf = fc.oneof(fc.string(), fc.boolean(), fc.maxSafeNat(), fc.uint8Array(), fc.constant(null))
    const value = fc.letrec((tie) => ({ value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'))) })).value
    fc.assert(
      fc.property(value, (one) => {
        expect(spelled(decode(encode(one as Cbor)))).toEqual(spelled(one))
      }),
    )
  })
})

type Signatures = {
  keys: { name: string; device_id: string; public_key: string }[]
  bare: { name: string; good: boolean; parts: string[]; public_key: string; purpose: Purpose; signature: string }[]
  envelopes: { name: string; error: string | null; hash: string; hex: string; public_key: string; body?: unknown }[]
  answers: { name: string; good: boolean; answer: string; county_key: string; request: string; value: unknown }[]
}

describe('signatures', () => {
  const signatures = vectors<Signatures>('signatures.json')

  test.each(signatures.keys)('device id of $name', async (key) => {
    expect(toHex(await deviceId(fromHex(key.public_key)))).toBe(key.device_id)
  })

  test.each(signatures.bare)('$name', async ({ good, parts, public_key: key, purpose, signature }) => {
    expect(await verify(fromHex(key), purpose, fromHex(signature), ...parts.map(fromHex))).toBe(good)
  })

  test.each(signatures.envelopes)('envelope: $name', async ({ error, hash, hex, public_key: key, body }) => {
    const opened = open(fromHex(hex), fromHex(key))
    if (error !== null) return expect(opened).rejects.toThrow()
    expect(toHex((await opened).hash)).toBe(hash)
    return expect(spelled((await opened).body)).toEqual(body)
  })

  test.each(signatures.answers)('answer: $name', async ({ good, answer, county_key: key, request, value }) => {
    const opened = openAnswer(fromHex(key), fromHex(request), fromHex(answer))
    if (!good) return expect(opened).rejects.toThrow()
    return expect(spelled(await opened)).toEqual(value)
  })
})
