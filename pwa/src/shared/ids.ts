/**
 * Names of things: record ids, units, feeds, document addresses.
 *
 * Always true: a record id is a UUIDv7, so that ids sort by the time of their making. Deliberately not here: what
 * stands behind a name.
 */
import { toHex } from './bytes'

/** A new UUIDv7. Time and randomness are parameters so that tests can fix them. */
export function newId(
  now: number = Date.now(),
  random: Uint8Array = crypto.getRandomValues(new Uint8Array(10)),
): string {
  const time = now.toString(16).padStart(12, '0')
  const tail = toHex(random)
  const variant = ((parseInt(tail[4] ?? '0', 16) & 3) | 8).toString(16)
  return [time.slice(0, 8), time.slice(8), `7${tail.slice(1, 4)}`, variant + tail.slice(5, 8), tail.slice(8, 20)].join(
    '-',
  )
}

/** The moment in which a UUIDv7 was made. */
export function madeAt(id: string): number {
  return parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

/** Level of a unit: six digits are a county, nine a township, twelve a village. */
export type Level = 'village' | 'township' | 'county'

/** The document that keeps a record: a year of a flow, or `-` where the register has no years. */
export function documentAddress(register: string, unit: string, bucket: string): string {
  return `${register}/${unit}/${bucket}`
}

/** The document that keeps a visit: by village and year of the visit's date. */
export function visitAddress(unit: string, date: string): string {
  return documentAddress('visit', unit, date.slice(0, 4))
}

/** The level of a unit, or of a division code of twelve digits. */
export function levelOf(unit: string): Level {
  const { length } = cutUnit(unit)
  if (length <= 6) return 'county'
  return length <= 9 ? 'township' : 'village'
}

/** A division code cut to its significant digits. */
export function cutUnit(code: string): string {
  if (code.length > 6 && /^0+$/.test(code.slice(6))) return code.slice(0, 6)
  return code.length > 9 && /^0+$/.test(code.slice(9)) ? code.slice(0, 9) : code
}

/** The register in an address or a feed. */
export function registerOf(address: string): string {
  return address.split('/')[0] ?? ''
}

/** The unit in an address or a feed. */
export function unitOf(address: string): string {
  return address.split('/')[1] ?? ''
}

/** The prefix rule: a unit contains itself and all that begins with it. */
export function contains(unit: string, other: string): boolean {
  return other.startsWith(unit)
}
