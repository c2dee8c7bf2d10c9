/**
 * Keys and signatures: ECDSA P-256 with SHA-256 over a purpose label, a zero byte and the message.
 *
 * Always true: the private key is made here and cannot be taken out of the browser. Deliberately not here: what is
 * signed, and where keys are kept.
 */
import { fromText, join, type Bytes } from '../shared/bytes'

export type Purpose = 'envelope' | 'request' | 'answer' | 'device'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' }

export async function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
}

export async function publicBytes(keys: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey))
}

export async function digest(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)))
}

/** The id of the device that holds this public key. */
export async function deviceId(publicKey: Uint8Array): Promise<Bytes> {
  return (await digest(publicKey)).slice(0, 16)
}

export async function sign(key: CryptoKey, purpose: Purpose, ...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(SIGNATURE, key, message(purpose, parts)))
}

/** Whether `signature` is good; a key that is none verifies nothing. */
export async function verify(
  publicKey: Bytes,
  purpose: Purpose,
  signature: Bytes,
  ...parts: Uint8Array[]
): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, CURVE, false, ['verify'])
    return await crypto.subtle.verify(SIGNATURE, key, signature, message(purpose, parts))
  } catch {
    return false
  }
}

function message(purpose: Purpose, parts: Uint8Array[]): Bytes {
  return join(fromText(`zoufang-${purpose}-1\0`), ...parts)
}

/**
 * The four digits that this phone and the township show: the first four bytes of SHA-256 over label, zero byte, digest of
 * the code's letters and digits in capitals, and key, modulo 10,000 (`PROTOCOL.md`). Counted here, never taken from an answer.
 */
export async function matchDigits(code: string, publicKey: Uint8Array): Promise<string> {
  const plain = code.replace(/[^0-9a-z]/gi, '').toUpperCase()
  const all = await digest(join(fromText('zoufang-match-1\0'), await digest(fromText(plain)), publicKey))
  return String(new DataView(all.buffer).getUint32(0) % 10_000).padStart(4, '0')
}
