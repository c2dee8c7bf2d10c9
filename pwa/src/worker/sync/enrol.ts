/**
 * Enrolment: the phone makes its keys, spends the code, and pins the county's key. A further code on an enrolled phone
 * widens what it may do, with the same keys.
 *
 * Always true: the keys are on the disk before the code is sent, so that an answer that was lost is got again with the
 * same code and key. A pinned key is never replaced. Deliberately not here: asking the person; a code is spent only by a tap.
 */
import { fromBase64Url, isEqual, toBase64Url, type Bytes } from '../../shared/bytes'
import type { EnrolAnswer, EnrolWaiting, Grants } from '../../shared/generated'
import type { Waiting } from '../../shared/messages'
import { deviceId, makeKeys, matchDigits, publicBytes, verify } from '../keys'
import { decode, Reader } from '../../shared/cbor'
import { readMeta, write } from '../store/database'
import type { Database, Device, Exchange, Identity } from '../store/schema'
import { finishWipe } from '../store/wipe'
import { ExchangeError, sendEnrolment } from './http'

/** Grants of an older server name nobody else. */
type Enrolment = Omit<EnrolAnswer, 'grants'> & { grants: Pick<Grants, 'grants' | 'others' | 'name'> }

/** Resolves with null once the phone is enrolled, or with what it shows while somebody has to compare the digits. */
export async function enrol(database: Database, code: string, now: number): Promise<Waiting | null> {
  await finishWipe(database)
  const device = await readMeta(database, 'device')
  const identity = device ? await identityOf(database, device) : await prepare(database, code)
  const said = (await sendEnrolment({ code, public_key: toBase64Url(identity.publicKey) })) as Enrolment | EnrolWaiting
  if ('waiting' in said) {
    const digits = await matchDigits(code, identity.publicKey)
    return { digits, person: said.person, township: said.township_name }
  }
  if (device) await widen(database, device, said)
  else await begin(database, identity, said, now)
  return null
}

/** The keys of an enrolled phone serve a further code too: it is one device, whatever it may do. */
async function identityOf(database: Database, device: Device): Promise<Identity> {
  const kept = await readMeta(database, 'identity')
  if (!kept || !isEqual(await deviceId(kept.publicKey), device.id)) throw new Error('enrolled with other keys')
  return kept
}

async function prepare(database: Database, code: string): Promise<Identity> {
  const kept = await readMeta(database, 'identity')
  if (kept?.code === code) return kept
  const keys = await makeKeys()
  const identity = { code, keys, publicKey: await publicBytes(keys) }
  await write(database, ['meta'], async (transaction) => transaction.objectStore('meta').put(identity, 'identity'))
  return identity
}

async function begin(database: Database, identity: Identity, answer: Enrolment, now: number): Promise<void> {
  const countyKey = fromBase64Url(answer.county_key)
  const certificate = await certified(countyKey, answer)
  const device: Device = {
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
  const rest = { counter: 0, previous: null, lastMs: null, notices: [] }
  const exchange: Exchange = {
    epoch: fromBase64Url(answer.epoch),
    nonce: fromBase64Url(answer.nonce),
    ...rest,
    grants: grantsOf(answer),
  }
  await write(database, ['meta'], async (transaction) => {
    await transaction.objectStore('meta').put(device, 'device')
    await transaction.objectStore('meta').put(exchange, 'exchange')
    await transaction.objectStore('meta').delete('wiped')
  })
}

/**
 * A further code on an enrolled phone. Only the county that is pinned may answer; what was sent and what is to be sent goes
 * on as it was, the epoch too: a new one is noticed by the exchange, which offers everything again then.
 */
async function widen(database: Database, device: Device, answer: Enrolment): Promise<void> {
  if (answer.county !== device.county || answer.county_key !== toBase64Url(device.countyKey)) throw otherCounty()
  const certificate = await certified(device.countyKey, answer)
  const { county_name: countyName, person, person_id: personId } = answer
  await write(database, ['meta'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    const exchange = (await meta.get('exchange')) as Exchange | undefined
    if (!exchange || (await meta.getKey('device')) === undefined) throw new Error('withdrawn meanwhile')
    await meta.put({ ...device, certificate, countyName, person, personId }, 'device')
    await meta.put({ ...exchange, nonce: fromBase64Url(answer.nonce), grants: grantsOf(answer) }, 'exchange')
  })
}

/** Version 0 makes the next answer repeat the grants, so that both sides speak of the same ones. */
function grantsOf({ person_id: person, grants: { grants, others = [], name } }: Enrolment): Grants {
  return { version: 0, person, grants, ...(others.length > 0 && { others }), ...(name !== undefined && { name }) }
}

function otherCounty(): ExchangeError {
  const zh = '这部手机登记在另一个县，不能加这个村。'
  return new ExchangeError({ code: 'other_county', zh, en: 'This phone is enrolled with another county.' })
}

/** The answer's certificate, if the county's key made it. */
async function certified(countyKey: Bytes, answer: Enrolment): Promise<Bytes> {
  const certificate = fromBase64Url(answer.certificate)
  if (await isCertified(countyKey, certificate)) return certificate
  throw new ExchangeError({ code: 'not_the_county', zh: '', en: '' })
}

async function isCertified(countyKey: Bytes, certificate: Bytes): Promise<boolean> {
  const signed = Reader.of('certificate', decode(certificate))
  const body = signed.bytes()
  return verify(countyKey, 'device', signed.bytes(64), body)
}
