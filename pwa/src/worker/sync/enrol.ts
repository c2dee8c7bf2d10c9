/**
 * Enrolment: the phone makes its keys, spends the code, and pins the county's key.
 *
 * Always true: the keys are on the disk before the code is sent, so that an answer that was lost is got again with the
 * same code and key. Deliberately not here: asking the person; a code is spent only by a tap.
 */
import { fromBase64Url, toBase64Url, type Bytes } from '../../shared/bytes'
import type { EnrolWaiting, Grants } from '../../shared/generated'
import type { Waiting } from '../../shared/messages'
import { deviceId, makeKeys, matchDigits, publicBytes, verify } from '../keys'
import { decode, Reader } from '../../shared/cbor'
import { readMeta, write } from '../store/database'
import type { Database, Device, Exchange, Identity } from '../store/schema'
import { ExchangeError, sendEnrolment } from './http'

type Enrolment = {
  county: string
  county_name: string
  county_key: string
  certificate: string
  person: string
  person_id: string
  epoch: string
  nonce: string
  grants: { version: number; grants: Grants['grants'] }
}

/** Resolves with null once the phone is enrolled, or with what it shows while somebody has to compare the digits. */
export async function enrol(database: Database, code: string, now: number): Promise<Waiting | null> {
  const identity = await prepare(database, code)
  const said = (await sendEnrolment({ code, public_key: toBase64Url(identity.publicKey) })) as Enrolment | EnrolWaiting
  if ('waiting' in said) {
    const digits = await matchDigits(code, identity.publicKey)
    return { digits, person: said.person, township: said.township_name }
  }
  const answer = said
  const device = await toDevice(identity, answer, now)
  const exchange: Exchange = {
    epoch: fromBase64Url(answer.epoch),
    nonce: fromBase64Url(answer.nonce),
    // Version 0 makes the first answer repeat the grants, so that both sides speak of the same ones.
    grants: { version: 0, person: answer.person_id, grants: answer.grants.grants },
    counter: 0,
    previous: null,
    lastMs: null,
    notices: [],
  }
  await write(database, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put(device, 'device')
    await transaction.objectStore('meta').put(exchange, 'exchange')
  })
  return null
}

async function prepare(database: Database, code: string): Promise<Identity> {
  const kept = await readMeta(database, 'identity')
  if (kept?.code === code) return kept
  const keys = await makeKeys()
  const identity = { code, keys, publicKey: await publicBytes(keys) }
  await write(database, ['meta'], async (transaction) => transaction.objectStore('meta').put(identity, 'identity'))
  return identity
}

async function toDevice(identity: Identity, answer: Enrolment, now: number): Promise<Device> {
  const countyKey = fromBase64Url(answer.county_key)
  const certificate = fromBase64Url(answer.certificate)
  if (!(await isCertified(countyKey, certificate))) {
    throw new ExchangeError({ code: 'not_the_county', zh: '', en: '' })
  }
  return {
    id: await deviceId(identity.publicKey),
    county: answer.county,
    countyName: answer.county_name,
    countyKey,
    certificate,
    person: answer.person,
    personId: answer.person_id,
    privateKey: identity.keys.privateKey,
    enrolledMs: now,
  }
}

async function isCertified(countyKey: Bytes, certificate: Bytes): Promise<boolean> {
  const signed = Reader.of('certificate', decode(certificate))
  const body = signed.bytes()
  return verify(countyKey, 'device', signed.bytes(64), body)
}
