/**
 * The bytes of an exchange: a signed request out, a signed answer in.
 *
 * Always true: an answer is decoded only after the county's pinned key has been found to have signed it for just this
 * request, so that no captive portal and no proxy can make a receipt. Deliberately not here: HTTP, and what to do.
 */
import type { Bytes } from '../../shared/bytes'
import { decode, encode, Reader, type Cbor } from '../../shared/cbor'
import type { AnswerBody, DevicePerson, Entry, FeedAnswer, Grants, Notice, RequestBody } from '../../shared/generated'
import { digest, sign, verify } from '../keys'

export const VERSION = 1
export const STATUS_STALE_NONCE = 1
/** The device was withdrawn: it hands over what it has, and wipes itself then. */
export const STATUS_RETIRED = 2
/** The same for a stolen one, which wipes itself at once. */
export const STATUS_STOLEN = 3

/** The answer is not the county's, or not one for this request. */
export class NotAnAnswer extends Error {}

export async function sealRequest(key: CryptoKey, request: RequestBody): Promise<Bytes> {
  const body = encodeRequest(request)
  return encode([body, await sign(key, 'request', body)])
}

export function encodeRequest(request: RequestBody): Bytes {
  const cursors = request.cursors.map((cursor): Cbor => [cursor.feed, cursor.seq, cursor.digest])
  const { version, county, device, nonce, epoch, grants_version: grants } = request
  const left: Cbor = request.left ? [request.left.records, request.left.since_ms] : null
  // Nulls at the end are left out.
  const tail = request.wants ? [left, request.wants] : left ? [left] : []
  return encode([version, county, device, nonce, epoch, grants, cursors, request.envelopes, ...tail])
}

export async function openAnswer(countyKey: Bytes, request: Bytes, answer: Uint8Array): Promise<AnswerBody> {
  try {
    const signed = Reader.of('answer', decode(answer))
    const [body, signature] = [signed.bytes(), signed.bytes(64)]
    const isSigned = await verify(countyKey, 'answer', signature, await digest(request), body)
    if (!isSigned) throw new NotAnAnswer('the county did not sign this')
    return readAnswer(decode(body))
  } catch (error) {
    throw error instanceof NotAnAnswer ? error : new NotAnAnswer(String(error))
  }
}

export function readAnswer(value: Cbor): AnswerBody {
  const body = Reader.of('answer body', value)
  return {
    version: body.number(),
    status: body.number(),
    epoch: body.bytes(8),
    time_ms: body.number(),
    nonce: body.bytes(16),
    receipts: body.list((item) => item as Uint8Array),
    refusals: body.list((item) => {
      const refusal = Reader.of('refusal', item)
      return { envelope: refusal.bytes(32), code: refusal.text() }
    }),
    feeds: body.list(readFeed),
    grants: body.orNull(readGrants),
    notices: body.list(readNotice),
  }
}

export function readNotice(value: Cbor): Notice {
  const notice = Reader.of('notice', value)
  return { code: notice.text(), about: notice.text() }
}

function readFeed(value: Cbor): FeedAnswer {
  const feed = Reader.of('feed answer', value)
  return {
    feed: feed.text(),
    reset: feed.flag(),
    seq: feed.number(),
    digest: feed.bytes(8),
    more: feed.flag(),
    entries: feed.list(readEntry),
  }
}

export function readEntry(value: Cbor): Entry {
  const entry = Reader.of('entry', value)
  const [seq, kind] = [entry.number(), entry.number()]
  switch (kind) {
    case 0: {
      const [address, encoding, payload, author] = [entry.text(), entry.number(), entry.bytes(), entry.text()]
      return { kind: 'chunk', seq, address, encoding, payload, author }
    }
    case 1:
      return { kind: 'stub', seq, counter: entry.number(), envelope: entry.bytes(32), chunk: entry.number() }
    case 2:
      return { kind: 'table', seq, name: entry.text(), payload: entry.bytes() }
    case 3:
      return { kind: 'snapshot', seq, address: entry.text(), payload: entry.bytes() }
    default:
      throw new TypeError('entry of unknown kind')
  }
}

function readGrants(value: Cbor): Grants {
  const grants = Reader.of('grants', value)
  const [version, person] = [grants.number(), grants.text()]
  const units = grants.list((item) => {
    const grant = Reader.of('grant', item)
    return { unit: grant.text(), from: grant.text(), until: grant.textOrNull() }
  })
  const others = grants.orNull((item) => Reader.of('others', [item]).list(readOther))
  const name = grants.textOrNull()
  return { version, person, grants: units, ...(others && { others }), ...(name !== null && { name }) }
}

function readOther(value: Cbor): DevicePerson {
  const other = Reader.of('other', value)
  return { id: other.text(), name: other.text() }
}
