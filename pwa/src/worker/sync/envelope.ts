/**
 * The envelope: who wrote what. The device signs the digests of the chunks it made.
 *
 * Always true: the bytes are those that `PROTOCOL.md` describes; a sealed envelope is sent unchanged for ever.
 * Deliberately not here: which changes go into a chunk.
 */
import type { Bytes } from '../../shared/bytes'
import { decode, encode, Reader } from '../../shared/cbor'
import type { Chunk, EnvelopeBody } from '../../shared/generated'
import { digest, sign, verify } from '../keys'

const ALGORITHM_ES256 = 1

export type Sealed = { hash: Bytes; bytes: Bytes }
export type Opened = { hash: Bytes; body: EnvelopeBody; chunks: Chunk[] }
type Writer = { device: Bytes; privateKey: CryptoKey }
type Place = { counter: number; previous: Bytes | null; timeMs: number }

export function encodeChunk(chunk: Chunk): Bytes {
  return encode([chunk.address, chunk.encoding, chunk.payload])
}

export async function seal(writer: Writer, place: Place, chunks: Chunk[]): Promise<Sealed> {
  const encoded = chunks.map(encodeChunk)
  const digests = await Promise.all(encoded.map(digest))
  const { counter, previous, timeMs: time_ms } = place
  const { device } = writer
  const body = encodeBody({ algorithm: ALGORITHM_ES256, device, counter, previous, time_ms, chunk_digests: digests })
  const signature = await sign(writer.privateKey, 'envelope', body)
  return { hash: await digest(body), bytes: encode([body, signature, encoded]) }
}

export function encodeBody(body: EnvelopeBody): Bytes {
  return encode([body.algorithm, body.device, body.counter, body.previous, body.time_ms, body.chunk_digests])
}

/** Decodes an envelope and checks it whole: the signature and each chunk's digest. Throws where anything is wrong. */
export async function open(bytes: Uint8Array, publicKey: Bytes): Promise<Opened> {
  const sealed = Reader.of('envelope', decode(bytes))
  const [bodyBytes, signature] = [sealed.bytes(), sealed.bytes()]
  const chunks = sealed.list((item) => item as Uint8Array)
  if (!(await verify(publicKey, 'envelope', signature, bodyBytes))) throw new Error('envelope_bad_signature')
  const body = readBody(bodyBytes)
  if (body.algorithm !== ALGORITHM_ES256) throw new Error('unsupported_version')
  const digests = await Promise.all(chunks.map(digest))
  const isSigned = digests.every((found, index) => found.toString() === body.chunk_digests[index]?.toString())
  if (!isSigned || digests.length !== body.chunk_digests.length) throw new Error('chunk_digest_mismatch')
  return { hash: await digest(bodyBytes), body, chunks: chunks.map(readChunk) }
}

function readBody(bytes: Uint8Array): EnvelopeBody {
  const body = Reader.of('envelope body', decode(bytes))
  return {
    algorithm: body.number(),
    device: body.bytes(16),
    counter: body.number(),
    previous: body.orNull((item) => item as Uint8Array),
    time_ms: body.number(),
    chunk_digests: body.list((item) => item as Uint8Array),
  }
}

function readChunk(bytes: Uint8Array): Chunk {
  const chunk = Reader.of('chunk', decode(bytes))
  return { address: chunk.text(), encoding: chunk.number(), payload: chunk.bytes() }
}
