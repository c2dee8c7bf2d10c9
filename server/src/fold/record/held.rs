//! Work from outside a grant: what it rests on, how its records would stand, and single records of it as the county
//! writes them.
//!
//! Always true: nothing here is kept. How records would stand is found by folding onto a scratch copy, after the judge has
//! looked at the bytes. Deliberately not here: deciding.

use crate::admission::{self, Verdict, judge};
use crate::county::view::{HistoryEvent, RecordRow};
use crate::fold::settle::{self, SettleError};
use crate::fold::{FoldError, document, project};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{HeldChunk, RecordPlace};
use crate::store::contract::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zoufang_sync_protocol::document::{Address, read_record, write_record};
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::register::Registers;

/// A record of held work.
pub struct HeldRow {
    /// Its row as it would stand.
    pub row: RecordRow,
    /// The record stands at the county already.
    pub is_change: bool,
    /// Of a new record all fields as they would stand, else those that the work writes.
    pub fields: Record,
    /// Names of those who wrote it: of a shared phone not only whom it was enrolled for.
    pub writers: BTreeSet<String>,
}

/// Other held work that `held` rests on: among `all` of its document, by index.
pub fn needs(store: &dyn Store, held: &HeldChunk, all: &[HeldChunk]) -> Result<Vec<usize>, FoldError> {
    let document = store.bytes(&keys::document(&held.address))?.unwrap_or_default();
    let own = project::read_chunk(store, held.position, held.chunk)?;
    let (mut indices, mut payloads) = (Vec::new(), Vec::new());
    for (index, other) in all.iter().enumerate().filter(|(_, other)| other.address == held.address && *other != held) {
        indices.push(index);
        payloads.push(project::read_chunk(store, other.position, other.chunk)?.payload.to_vec());
    }
    let payloads: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
    Ok(admission::needed(&document, &own.payload, &payloads).into_iter().map(|found| indices[found]).collect())
}

/// The records of `held` as they would stand, once what it rests on stands. Empty if that cannot be said.
pub fn rows(
    store: &dyn Store,
    registers: &Registers,
    held: &HeldChunk,
    rests_on: &[&HeldChunk],
) -> Result<Vec<HeldRow>, FoldError> {
    let mut overlay = Overlay::new(store);
    let mut waiting: Vec<&HeldChunk> = rests_on.to_vec();
    // What rests on another comes after it: as long as one of them can be folded, others may follow.
    loop {
        let before = waiting.len();
        waiting.retain(|chunk| !fold(&mut overlay, store, registers, chunk));
        if waiting.len() == before {
            break;
        }
    }
    // The events of this chunk alone say which records it is about.
    overlay.batch.entries.retain(|key, _| !key.starts_with(keys::HISTORY));
    if !fold(&mut overlay, store, registers, held) {
        return Ok(Vec::new());
    }
    Ok(found(&overlay, store)?)
}

/// Folds one chunk onto the scratch copy; false if the judge or the fold says no.
fn fold(overlay: &mut Overlay<'_>, store: &dyn Store, registers: &Registers, held: &HeldChunk) -> bool {
    let work = || -> Result<bool, FoldError> {
        let chunk = project::read_chunk(store, held.position, held.chunk)?;
        let document = overlay.bytes(&keys::document(&chunk.address))?.unwrap_or_default();
        if judge(&document, chunk.encoding, &chunk.payload) != Verdict::Admit {
            return Ok(false);
        }
        document::fold_chunk(overlay, registers, held.position, &chunk)?;
        Ok(true)
    };
    matches!(catch_unwind(AssertUnwindSafe(work)), Ok(Ok(true)))
}

fn found(overlay: &Overlay<'_>, store: &dyn Store) -> Result<Vec<HeldRow>, StoreError> {
    let mut written: BTreeMap<String, (Record, BTreeSet<String>)> = BTreeMap::new();
    for (key, value) in overlay.batch.entries.range(keys::HISTORY.to_vec()..) {
        let Some(record) = keys::record_of_history(key) else { break };
        let event: HistoryEvent = crate::rows::index::decode(key, value.as_deref().unwrap_or_default())?;
        let (fields, writers) = written.entry(record).or_default();
        writers.insert(event.author);
        fields.extend(event.changes.into_iter().map(|change| (change.field, change.new)));
    }
    let mut rows = Vec::new();
    for (record, (mut fields, writers)) in written {
        let Some(place) = overlay.value::<RecordPlace>(&keys::record(&record))? else { continue };
        let register = place.address.split('/').next().unwrap_or_default();
        let Some(row) = overlay.value(&keys::row(register, &place.unit, &record))? else { continue };
        let is_change = store.bytes(&keys::record(&record))?.is_some();
        if !is_change {
            fields = overlay.value(&keys::fields(&record))?.unwrap_or_default();
        }
        rows.push(HeldRow { row, is_change, fields, writers });
    }
    Ok(rows)
}

/// The chunk with which the county writes `rows` of `held`: new records whole; changes onto what their writer saw, so
/// that what somebody else wrote meanwhile shows up as a conflict. None if all of it stands there already.
pub fn chunk(
    store: &dyn Store,
    held: &HeldChunk,
    rows: &[HeldRow],
    note: &str,
    at_ms: u64,
) -> Result<Option<Chunk>, SettleError> {
    let seen = seen_by(store, held)?;
    let mut document = settle::load(store, &held.address)?;
    let before = document.get_heads();
    let mut written = 0;
    for HeldRow { row, is_change, fields, .. } in rows {
        let id = row.record_id.as_str();
        let has_seen = *is_change && !seen.is_empty();
        if has_seen {
            settle::isolate(&mut document, &seen)?;
        }
        if has_seen && read_record(&document, id).is_none() {
            // It came to the county another way, as when records of earlier held work were accepted by themselves.
            document.integrate();
        }
        written += write_record(&mut document, id, fields)?;
        document.commit_with(settle::at(at_ms).with_message(note));
        document.integrate();
    }
    if written == 0 {
        return Ok(None);
    }
    settle::bundle(&mut document, &before, &held.address).map(Some)
}

/// The published changes that the writer of held work had seen.
fn seen_by(store: &dyn Store, held: &HeldChunk) -> Result<Vec<String>, SettleError> {
    let mut published = settle::load(store, &held.address)?;
    let before = published.get_heads();
    let mut with_held = published.clone();
    let Ok(chunk) = project::read_chunk(store, held.position, held.chunk) else { return Ok(Vec::new()) };
    if Address::parse(&chunk.address).is_err() || with_held.load_incremental(&chunk.payload).is_err() {
        return Ok(Vec::new());
    }
    let added = with_held.get_changes(&before);
    let seen: BTreeSet<String> = added
        .iter()
        .flat_map(|change| change.deps().to_vec())
        .filter(|hash| published.get_change_by_hash(hash).is_some())
        .map(|hash| hash.to_string())
        .collect();
    Ok(seen.into_iter().collect())
}
