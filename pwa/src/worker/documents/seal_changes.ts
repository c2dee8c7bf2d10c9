/**
 * Bundles our own changes and seals them into an envelope, ready to be sent.
 *
 * Always true: one transaction stores the envelope, takes its changes off the list of unsealed ones and moves the
 * counter on, so that a change is in exactly one envelope. Sealing happens at the time of an exchange: one bundle of
 * twenty visits is a third of twenty bundles. Deliberately not here: sending.
 */
import { toHex } from '../../shared/bytes'
import { CHANGES_PER_CHUNK_MAX, CHUNKS_PER_ENVELOPE_MAX, type Chunk } from '../../shared/generated'
import { readMeta, write } from '../store/database'
import type { Database, Device, StoredDocument } from '../store/schema'
import { seal } from '../sync/envelope'
import { allHashes, bundle } from './document'
import { keep, take } from './shelf'

const ENCODING_BUNDLE = 1

type Piece = { address: string; hashes: string[]; chunk: Chunk }

/** Seals all that is unsealed; more than one envelope only where one would be over a limit. */
export async function sealChanges(database: Database, device: Device, now: number): Promise<void> {
  for (;;) {
    const waiting = (await database.getAll('documents')).filter((row) => row.unsealed.length > 0)
    const pieces = waiting.flatMap(cut).slice(0, CHUNKS_PER_ENVELOPE_MAX)
    if (pieces.length === 0) return
    await sealPieces(database, device, waiting, pieces, now)
  }
}

function cut(row: StoredDocument): Piece[] {
  const open = take(row.address, row)
  const unsealed = new Set(row.unsealed)
  const hashes = allHashes(open.document).filter((hash) => unsealed.has(hash))
  const pieces: Piece[] = []
  for (let start = 0; start < hashes.length; start += CHANGES_PER_CHUNK_MAX) {
    const part = hashes.slice(start, start + CHANGES_PER_CHUNK_MAX)
    const payload = bundle(open.document, part)
    pieces.push({
      address: row.address,
      hashes: part,
      chunk: { address: row.address, encoding: ENCODING_BUNDLE, payload },
    })
  }
  keep(open)
  return pieces
}

async function sealPieces(
  database: Database,
  device: Device,
  rows: StoredDocument[],
  pieces: Piece[],
  now: number,
): Promise<void> {
  const exchange = await readMeta(database, 'exchange')
  if (!exchange) return
  const place = { counter: exchange.counter + 1, previous: exchange.previous, timeMs: now }
  const writer = { device: device.id, privateKey: device.privateKey }
  const { hash, bytes } = await seal(
    writer,
    place,
    pieces.map((piece) => piece.chunk),
  )
  const sealed = new Set(pieces.flatMap((piece) => piece.hashes))
  const own = rows.flatMap((row) => row.own).filter((change) => sealed.has(change.hash))
  const records = [...new Set(own.map((change) => change.recordId))]
  const { counter } = place
  await write(database, ['envelopes', 'documents', 'meta'], async (transaction) => {
    const envelope = { counter, hash: toHex(hash), bytes, records, sealedMs: now, receiptMs: null, refusal: null }
    await transaction.objectStore('envelopes').add(envelope)
    for (const row of rows) {
      const unsealed = row.unsealed.filter((change) => !sealed.has(change))
      await transaction.objectStore('documents').put({ ...row, unsealed })
    }
    const current = { ...exchange, counter, previous: hash }
    await transaction.objectStore('meta').put(current, 'exchange')
  })
}
