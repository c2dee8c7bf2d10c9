/**
 * The routes of stations, phones and held work. As `routes.ts`, which is full.
 */
import type {
  Acceptance,
  Handover,
  HandedOver,
  HeldWork,
  Link,
  Matter,
  SheetLine,
  Station,
  StationCode,
  StationPhone,
} from '../../../shared/generated'
import { toQuery } from './query'
import { ask } from './request'
import { readMatters } from './routes'

const unitPath = (unit: string, verb: string): string => `/api/county/stations/${encodeURIComponent(unit)}/${verb}`
const phonePath = (id: string, verb: string): string => `/api/county/phones/${encodeURIComponent(id)}/${verb}`
const heldPath = (id: string, verb: string): string => `/api/county/held/${encodeURIComponent(id)}/${verb}`

/** Stations of a unit and all below it, by code. */
export const readStations = (unit: string): Promise<Station[]> => ask('GET', `/api/county/stations${toQuery({ unit })}`)
/** All phones, those of no station and withdrawn ones too. */
export const readPhones = (): Promise<StationPhone[]> => ask('GET', '/api/county/phones')
/** A fresh code for a phone of the station. */
export const makeCode = (unit: string, code: StationCode): Promise<Link> => ask('POST', unitPath(unit, 'code'), code)
/** From one person to another. */
export const handOver = (unit: string, handover: Handover): Promise<HandedOver> =>
  ask('POST', unitPath(unit, 'handover'), handover)
/** Slips for all stations of a township. */
export const makeSheet = (unit: string): Promise<SheetLine[]> => ask('POST', '/api/county/stations/sheet', { unit })
/** The digits were read out and are these. */
export const approvePhone = (id: string, digits: string): Promise<void> =>
  ask('POST', phonePath(id, 'approve'), { digits })
/** `retired` or `stolen`. */
export const withdrawPhone = (id: string, reason: string): Promise<void> =>
  ask('POST', phonePath(id, 'withdraw'), { reason })
/** Work that is held. */
export const readHeld = (): Promise<HeldWork[]> => ask('GET', '/api/county/held')
/** Takes it, whole or some of its records. */
export const acceptHeld = (id: string, acceptance: Acceptance): Promise<void> =>
  ask('POST', heldPath(id, 'accept'), acceptance)
/** Held work that was declined and can be opened again; last declined first. */
export async function readDeclined(): Promise<Matter[]> {
  const settled = await readMatters(false)
  const declined = settled.filter(({ kind, settled }) => kind === 'held' && settled?.chosen === 'declined')
  return declined.sort((one, other) => (other.settled?.at_ms ?? 0) - (one.settled?.at_ms ?? 0))
}
/** Takes back that it was declined. */
export const reopenHeld = (id: string, note: string): Promise<void> => ask('POST', heldPath(id, 'reopen'), { note })
/** Does not take it. */
export const declineHeld = (id: string, note: string): Promise<void> => ask('POST', heldPath(id, 'decline'), { note })
