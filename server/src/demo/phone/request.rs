//! Sealing and asking: unsealed changes become one envelope, and all that has no receipt goes into one signed request.
//!
//! Always true: a change is in exactly one of this phone's envelopes, envelopes are chained, and chunks, envelopes and
//! requests stay within the protocol's limits; what does not fit waits for the next turn. Deliberately not here: what
//! the answer does.

use super::{OwnEnvelope, Phone, PhoneDocument};
use automerge::ChangeHash;
use minicbor::bytes::ByteVec;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::{Chunk, Envelope};
use zoufang_sync_protocol::exchange::{Cursor, RequestBody, Signed, VERSION, encode};
use zoufang_sync_protocol::limits::{
    CHANGES_PER_CHUNK_MAX, CHUNK_BYTES_MAX, CHUNKS_PER_ENVELOPE_MAX, ENVELOPES_PER_REQUEST_MAX,
    OPERATIONS_PER_CHUNK_MAX, REQUEST_BYTES_MAX,
};
use zoufang_sync_protocol::signature::digest;

/// An envelope's chunks together, so that at least one envelope always fits into a request beside its cursors.
const ENVELOPE_BYTES_AIM: usize = REQUEST_BYTES_MAX / 2;
/// Left free in a request for the signature, the fixed items and the lengths of envelopes.
const REQUEST_SPARE_BYTES: usize = 4 * 1024;

/// A chunk with the changes in it.
struct MadeChunk {
    chunk: Chunk,
    bytes: usize,
    changes: Vec<(Address, String, ChangeHash)>,
}

impl Phone {
    /// Seals what is unsealed, and asks: the bytes of a signed request.
    pub fn request(&mut self, now_ms: u64) -> Result<Vec<u8>, ProtocolError> {
        self.seal(now_ms)?;
        let cursors: Vec<Cursor> = self
            .cursors
            .iter()
            .map(|(feed, (seq, digest))| Cursor { feed: feed.clone(), seq: *seq, digest: (*digest).into() })
            .collect();
        let room = REQUEST_BYTES_MAX - REQUEST_SPARE_BYTES - encode(&cursors).len();
        let body = RequestBody {
            version: VERSION,
            county: self.county.clone(),
            device: self.device().into(),
            nonce: self.nonce.into(),
            epoch: self.epoch.into(),
            grants_version: self.grants.version,
            cursors,
            envelopes: self.envelopes_within(room),
            left: None,
            wants: (!self.wants.is_empty()).then(|| std::mem::take(&mut self.wants)),
        };
        let bytes = Signed::seal_request(&self.key, &body)?;
        self.newest_request = Some(digest(&bytes));
        Ok(bytes)
    }

    /// Puts every unsealed change into an envelope: one bundle for each document, more only where a limit wants it.
    pub fn seal(&mut self, now_ms: u64) -> Result<(), ProtocolError> {
        let mut chunks: Vec<MadeChunk> = Vec::new();
        for (address, document) in &mut self.documents {
            let unsealed = document.take_unsealed();
            for group in groups(document, &unsealed) {
                make_chunks(document, address, group, &mut chunks)?;
            }
        }
        let mut envelope: Vec<MadeChunk> = Vec::new();
        for chunk in chunks {
            let bytes: usize = envelope.iter().map(|chunk| chunk.bytes).sum();
            if envelope.len() == CHUNKS_PER_ENVELOPE_MAX
                || (!envelope.is_empty() && bytes + chunk.bytes > ENVELOPE_BYTES_AIM)
            {
                self.seal_envelope(std::mem::take(&mut envelope), now_ms)?;
            }
            envelope.push(chunk);
        }
        if envelope.is_empty() { Ok(()) } else { self.seal_envelope(envelope, now_ms) }
    }

    fn seal_envelope(&mut self, made: Vec<MadeChunk>, now_ms: u64) -> Result<(), ProtocolError> {
        let counter = self.envelopes.len() as u64 + 1;
        let previous = self.envelopes.last().map(|envelope| envelope.hash);
        let (mut chunks, mut changes) = (Vec::new(), Vec::new());
        for made in made {
            chunks.push(made.chunk);
            changes.extend(made.changes);
        }
        let (hash, bytes) = Envelope::seal(&self.key, counter, previous, now_ms, &chunks)?;
        self.envelopes.push(OwnEnvelope { hash, counter, bytes, changes, has_receipt: false, refused: None });
        Ok(())
    }

    fn envelopes_within(&self, mut room: usize) -> Vec<ByteVec> {
        let mut envelopes = Vec::new();
        for envelope in self.offered().take(ENVELOPES_PER_REQUEST_MAX) {
            let Some(left) = room.checked_sub(envelope.bytes.len()) else { break };
            room = left;
            envelopes.push(envelope.bytes.clone().into());
        }
        envelopes
    }
}

/// Cuts changes so that each group is within the limits of a chunk by number and operations.
fn groups<'a>(document: &mut PhoneDocument, changes: &'a [(String, ChangeHash)]) -> Vec<&'a [(String, ChangeHash)]> {
    let mut groups = Vec::new();
    let (mut first, mut operations) = (0, 0);
    for (index, (_, hash)) in changes.iter().enumerate() {
        let count = document.content_mut().get_change_by_hash(hash).map_or(0, |change| change.len());
        if index > first && (index - first == CHANGES_PER_CHUNK_MAX || operations + count > OPERATIONS_PER_CHUNK_MAX) {
            groups.push(&changes[first..index]);
            (first, operations) = (index, 0);
        }
        operations += count;
    }
    if first < changes.len() {
        groups.push(&changes[first..]);
    }
    groups
}

/// Bundles a group; one that comes out too large is halved.
fn make_chunks(
    document: &mut PhoneDocument,
    address: &Address,
    group: &[(String, ChangeHash)],
    made: &mut Vec<MadeChunk>,
) -> Result<(), ProtocolError> {
    let hashes: Vec<ChangeHash> = group.iter().map(|(_, hash)| *hash).collect();
    let chunk = Chunk::bundle(document.content_mut(), address, &hashes)?;
    let bytes = encode(&chunk).len();
    if bytes > CHUNK_BYTES_MAX && group.len() > 1 {
        let (first, second) = group.split_at(group.len() / 2);
        make_chunks(document, address, first, made)?;
        return make_chunks(document, address, second, made);
    }
    let changes = group.iter().map(|(record_id, hash)| (address.clone(), record_id.clone(), *hash)).collect();
    made.push(MadeChunk { chunk, bytes, changes });
    Ok(())
}
