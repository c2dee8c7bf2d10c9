/**
 * A county for tests of what leaves a phone: it keeps documents and one feed, and answers cursors and `wants` as the server does.
 *
 * Deliberately not here: grants, limits, assertions.
 */
import { toHex, type Bytes } from '../../src/shared/bytes'
import { decode, Reader, type Cbor } from '../../src/shared/cbor'
import type { Fields } from '../../src/shared/record'
import { bundle, heads, load, merge, save, writeRecord, type Document } from '../../src/worker/documents/document'
import { hashOf, type County } from '../phone'

const FEED = 'visit/990101103200'
type Logged = (seq: number) => Cbor

export class KeepingCounty {
  readonly documents = new Map<string, Document>()
  /** Addresses that each request wanted. */
  readonly wanted: string[][] = []
  isReceipting = true
  private readonly log: Logged[] = []
  private readonly known = new Set<string>()

  constructor(private readonly signer: County) {}

  /** A colleague's record comes into the feed. */
  colleague(address: string, id: string, fields: Fields, moment: number): void {
    const { document, hash } = writeRecord(this.open(address), id, fields, null, moment)
    this.documents.set(address, document)
    const payload = bundle(document, [hash ?? ''])
    this.log.push((seq) => [seq, 0, address, 1, payload, 'p-2'])
  }

  async answer(request: Uint8Array): Promise<Bytes> {
    const body = decode(Reader.of('request', decode(request)).bytes()) as Cbor[]
    const wants = (body[9] ?? []) as string[]
    this.wanted.push(wants)
    if (!this.isReceipting) return this.signer.answer(request, { receipts: [] })
    for (const envelope of body[7] as Uint8Array[]) await this.take(envelope)
    const from = ((body[6] as Cbor[][]).find(([feed]) => feed === FEED)?.[1] ?? 0) as number
    const news = this.log.slice(from).map((entry, index) => entry(from + index + 1))
    const seq = this.log.length
    const whole = wants
      .filter((address) => this.documents.has(address))
      .map((address): Cbor => [seq, 3, address, save(this.open(address))])
    const entries = [...news, ...whole]
    const feeds = entries.length > 0 ? [[FEED, false, seq, new Uint8Array(8), false, entries]] : []
    return this.signer.answer(request, { feeds })
  }

  private open(address: string): Document {
    return this.documents.get(address) ?? load(undefined)
  }

  private async take(envelope: Uint8Array): Promise<void> {
    const hash = await hashOf(envelope)
    if (this.known.has(toHex(hash))) return
    this.known.add(toHex(hash))
    const [body, , chunks] = decode(envelope) as [Uint8Array, Uint8Array, Uint8Array[]]
    const counter = (decode(body) as Cbor[])[2] as number
    chunks.forEach((bytes, index) => {
      const [address, , payload] = decode(bytes) as [string, number, Uint8Array]
      const before = this.open(address)
      const merged = merge(before, payload)
      if (heads(merged).length > 0) this.documents.set(address, merged)
      this.log.push((seq) => [seq, 1, counter, hash, index])
    })
  }
}
