/**
 * Unsent work as a file, for the day when there is no signal and the phone has to be given away.
 *
 * Always true: the file holds sealed envelopes, unchanged; nothing is marked as sent by it. Deliberately not here:
 * reading such a file, which the county does.
 */
import type { Bytes } from '../shared/bytes'
import { encode } from '../shared/cbor'
import type { Database } from './store/schema'

export async function exportUnsent(database: Database): Promise<Bytes> {
  const envelopes = (await database.getAll('envelopes')).filter((envelope) => envelope.receiptMs === null)
  return encode(envelopes.map((envelope) => envelope.bytes))
}
