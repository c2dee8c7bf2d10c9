//! What each journal record does to the index.
//!
//! Always true: the same records in the same order give the same index. Deliberately not here: judging; verdicts are
//! replayed.

use super::{FoldError, document, matter_rows, publish, tables};
use crate::access::{self, AccessRecord};
use crate::county::view::MatterKind;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{Author, Founded};
use crate::store::contract::{Position, Store, StoreError};
use crate::store::record::{JournalRecord, Outcome};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::{Chunk, Envelope};
use zoufang_sync_protocol::register::Registers;

/// Applies the record at `position` to the overlay.
pub fn project(
    overlay: &mut Overlay<'_>,
    store: &dyn Store,
    registers: &mut Registers,
    position: Position,
    bytes: &[u8],
) -> Result<(), FoldError> {
    let record = JournalRecord::from_bytes(bytes).map_err(|error| unreadable(position, &error))?;
    match record {
        JournalRecord::Founded { epoch, county, time_ms } => {
            let county = json(position, &county)?;
            tables::county(overlay, &county)?;
            overlay.put(keys::FOUNDED.to_vec(), &Founded { epoch: *epoch, county, time_ms });
        }
        JournalRecord::Envelope { envelope, received_ms, by } => {
            remember_envelope(overlay, position, &envelope, received_ms, &by)?;
        }
        JournalRecord::Verdict { envelope, chunk, outcome } => {
            carry_out(overlay, store, registers, envelope, chunk, outcome)?;
        }
        JournalRecord::Quarantined { .. } => {}
        JournalRecord::Access { json: bytes } => access_record(overlay, &json(position, &bytes)?)?,
        JournalRecord::Table { json: bytes } => tables::take(overlay, registers, json(position, &bytes)?)?,
    }
    Ok(())
}

/// What people and devices may do, and what follows from it for tables and for work that is kept.
fn access_record(overlay: &mut Overlay<'_>, record: &AccessRecord) -> Result<(), StoreError> {
    access::project::project(overlay, record)?;
    match record {
        AccessRecord::PostTaken(post) => tables::staff_follows(overlay, post, false),
        AccessRecord::PostLeft(post) => tables::staff_follows(overlay, post, true),
        AccessRecord::HeldDecided(decision) => matter_rows::decide(overlay, decision),
        _ => Ok(()),
    }
}

fn remember_envelope(
    overlay: &mut Overlay<'_>,
    position: Position,
    bytes: &[u8],
    received_ms: u64,
    by: &str,
) -> Result<(), FoldError> {
    let envelope = Envelope::open(bytes).map_err(|error| unreadable(position, &error))?;
    let hash = access::hex(&envelope.hash);
    if overlay.bytes(&keys::envelope(&hash))?.is_some() {
        return Ok(());
    }
    overlay.put(keys::envelope(&hash), &position);
    let device = access::hex(&*envelope.body.device);
    let county = !by.is_empty();
    let writer = if county { None } else { access::device(overlay, &device)? };
    let granted = match &writer {
        Some(writer) => access::grants::granted(overlay, writer, received_ms)?,
        None => Vec::new(),
    };
    let (person_id, others) = match writer {
        _ if county => (by.to_owned(), Vec::new()),
        Some(writer) => {
            let users = writer.users().map(str::to_owned);
            (access::enrolled_for(overlay, &writer)?, users.chain(writer.former.iter().cloned()).collect())
        }
        None => Default::default(),
    };
    let person = access::person(overlay, &person_id)?.map(|person| person.name).unwrap_or_default();
    let author = Author {
        device,
        person_id,
        person,
        county,
        counter: envelope.body.counter,
        envelope: hash,
        written_ms: envelope.body.time_ms,
        received_ms,
        granted: granted.iter().map(ToString::to_string).collect(),
        others,
    };
    overlay.put(keys::author(position), &author);
    for chunk in 0..envelope.body.chunk_digests.len() as u64 {
        overlay.put_bytes(keys::pending(position, chunk), Vec::new());
    }
    Ok(())
}

/// What a verdict does: publish and fold, hold, park or quarantine one chunk.
pub fn carry_out(
    overlay: &mut Overlay<'_>,
    store: &dyn Store,
    registers: &Registers,
    position: Position,
    index: u64,
    outcome: Outcome,
) -> Result<(), FoldError> {
    overlay.remove(keys::pending(position, index));
    let chunk = read_chunk(store, position, index)?;
    let author: Author = overlay.value(&keys::author(position))?.ok_or_else(|| FoldError::Unreadable {
        position,
        reason: "verdict on an envelope that was not remembered".to_owned(),
    })?;
    match outcome {
        Outcome::Published => {
            let address = Address::parse(&chunk.address).map_err(|error| unreadable(position, &error))?;
            let writer = document::fold_chunk(overlay, registers, position, &chunk)?;
            let writer = writer.unwrap_or(author.person_id);
            publish::chunk(overlay, &address.feed(), position, index, &chunk, &writer)?;
            wake_parked(overlay, &chunk.address)?;
        }
        Outcome::Parked => overlay.put_bytes(keys::parked(&chunk.address, position, index), Vec::new()),
        Outcome::Held => matter_rows::put_held(overlay, position, &author, &chunk, index),
        Outcome::Quarantined { code } => matter_rows::put_matter(
            overlay,
            &matter_rows::withheld(MatterKind::Quarantined, &code, &author, &chunk, index),
        ),
    }
    Ok(())
}

/// The document moved: what waited for it is judged again.
fn wake_parked(overlay: &mut Overlay<'_>, address: &str) -> Result<(), StoreError> {
    for (key, _) in overlay.all(&keys::parked_of(address))? {
        if let Some((position, chunk)) = keys::waiting_chunk(&key) {
            overlay.put_bytes(keys::pending(position, chunk), Vec::new());
        }
        overlay.remove(key);
    }
    Ok(())
}

/// Reads one chunk of the envelope at `position`.
pub fn read_chunk(store: &dyn Store, position: Position, index: u64) -> Result<Chunk, FoldError> {
    let missing = |reason: &str| FoldError::Unreadable { position, reason: reason.to_owned() };
    let stored = store.read(position, 1)?.into_iter().next().ok_or_else(|| missing("no such record"))?;
    let record = JournalRecord::from_bytes(&stored.bytes).map_err(|error| unreadable(position, &error))?;
    let JournalRecord::Envelope { envelope, .. } = record else { return Err(missing("not an envelope")) };
    let chunks = Envelope::open(&envelope).and_then(|envelope| envelope.chunks());
    let chunks = chunks.map_err(|error| unreadable(position, &error))?;
    chunks.into_iter().nth(index as usize).ok_or_else(|| missing("no such chunk"))
}

fn json<T: serde::de::DeserializeOwned>(position: Position, bytes: &[u8]) -> Result<T, FoldError> {
    serde_json::from_slice(bytes).map_err(|error| unreadable(position, &error))
}

fn unreadable(position: Position, error: &dyn std::fmt::Display) -> FoldError {
    FoldError::Unreadable { position, reason: error.to_string() }
}
