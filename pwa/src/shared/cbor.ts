/**
 * CBOR as the exchange uses it: arrays, byte strings, texts, whole numbers, true, false and null.
 *
 * Always true: definite lengths and shortest integers, so that equal values have equal bytes in Rust and here; exactly
 * one structure is decoded, and bytes left over are an error. Deliberately not here: what the arrays mean.
 */
import { decode as decodeCbor, encode as encodeCbor } from 'cborg'

export type Cbor = number | string | boolean | null | Uint8Array | Cbor[]

export function encode(value: Cbor): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encodeCbor(value))
}

/** Throws where the bytes are not exactly one structure. */
export function decode(bytes: Uint8Array): Cbor {
  return decodeCbor(bytes, { allowIndefinite: false, allowUndefined: false, strict: true }) as Cbor
}

/** Reads the items of an array and complains by name where one is not what was expected. */
export class Reader {
  private position = 0
  private constructor(
    private readonly what: string,
    private readonly items: Cbor[],
  ) {}

  static of(what: string, value: Cbor | undefined): Reader {
    if (!Array.isArray(value)) throw new TypeError(`not a ${what}: no array`)
    return new Reader(what, value)
  }

  number(): number {
    const item = this.next()
    if (typeof item !== 'number' || !Number.isSafeInteger(item) || item < 0) throw this.wrong('a number')
    return item
  }

  text(): string {
    const item = this.next()
    if (typeof item !== 'string') throw this.wrong('a text')
    return item
  }

  textOrNull(): string | null {
    return this.orNull((item) => Reader.of(this.what, [item]).text())
  }

  flag(): boolean {
    const item = this.next()
    if (typeof item !== 'boolean') throw this.wrong('true or false')
    return item
  }

  bytes(length?: number): Uint8Array<ArrayBuffer> {
    const item = this.next()
    if (!(item instanceof Uint8Array) || (length !== undefined && item.length !== length)) throw this.wrong('bytes')
    return new Uint8Array(item)
  }

  list<T>(read: (item: Cbor) => T): T[] {
    const item = this.next()
    if (!Array.isArray(item)) throw this.wrong('a list')
    return item.map(read)
  }

  /** Null, which at the end of an array may be left out. */
  orNull<T>(read: (item: Cbor) => T): T | null {
    if (this.position === this.items.length) return null
    const item = this.next()
    return item === null ? null : read(item)
  }

  private next(): Cbor {
    const item = this.items[this.position]
    if (item === undefined) throw this.wrong('one item more')
    this.position += 1
    return item
  }

  private wrong(expected: string): TypeError {
    return new TypeError(`not a ${this.what}: item ${this.position} is not ${expected}`)
  }
}
