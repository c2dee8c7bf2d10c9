//! Gives waiting chunks their verdict: grant of the day first, then the judge, then a rehearsal of the fold.
//!
//! Always true: a chunk is judged against its document as the verdicts before it leave it; what is published has been
//! folded once without fault, so that a poisonous chunk stops here and not in the projector. Deliberately not here:
//! writing anything down.

use super::{FoldError, project};
use crate::access;
use crate::admission::{Verdict, judge};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::Author;
use crate::store::contract::{Position, Store};
use crate::store::record::{JournalRecord, Outcome};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::limits::PARKED_CHUNKS_MAX;
use zoufang_sync_protocol::register::{Bucket, Registers};
use zoufang_sync_protocol::unit::Unit;

/// Verdicts, and what they do to the index if no other record comes between.
pub struct Judged<'s> {
    /// To be appended.
    pub records: Vec<JournalRecord>,
    /// What projecting these records, and nothing else, onto the index as it stands would give.
    pub rehearsal: Overlay<'s>,
}

/// Judges `waiting` chunks in order, at least one, no further one after `until`. After a failed rehearsal the rest waits,
/// and the failed one is not in the batch.
pub fn verdicts<'s>(
    store: &'s dyn Store,
    registers: &Registers,
    waiting: &[(Position, u64)],
    until: Instant,
) -> Result<Judged<'s>, FoldError> {
    let mut rehearsal = Overlay::new(store);
    let mut records = Vec::new();
    for &(envelope, chunk) in waiting {
        if !records.is_empty() && Instant::now() > until {
            break;
        }
        let outcome = outcome(store, registers, &rehearsal, envelope, chunk)?;
        if rehearse(&mut rehearsal, store, registers, envelope, chunk, outcome.clone()) {
            records.push(JournalRecord::Verdict { envelope, chunk, outcome });
            continue;
        }
        if records.is_empty() {
            rehearsal = Overlay::new(store);
            let outcome = Outcome::Quarantined { code: "fold_failed".to_owned() };
            project::carry_out(&mut rehearsal, store, registers, envelope, chunk, outcome.clone())?;
            records.push(JournalRecord::Verdict { envelope, chunk, outcome });
            break;
        }
        // What it has left in the batch is thrown away with it: the ones before are judged again without it.
        return verdicts(store, registers, &waiting[..records.len()], until);
    }
    Ok(Judged { records, rehearsal })
}

/// Does what the verdict means to the rehearsal's batch; false if that broke down.
fn rehearse(
    rehearsal: &mut Overlay<'_>,
    store: &dyn Store,
    registers: &Registers,
    envelope: Position,
    chunk: u64,
    outcome: Outcome,
) -> bool {
    let fold = || project::carry_out(rehearsal, store, registers, envelope, chunk, outcome);
    matches!(catch_unwind(AssertUnwindSafe(fold)), Ok(Ok(())))
}

fn outcome(
    store: &dyn Store,
    registers: &Registers,
    rehearsal: &Overlay<'_>,
    position: Position,
    index: u64,
) -> Result<Outcome, FoldError> {
    let quarantined = |code: &str| Ok(Outcome::Quarantined { code: code.to_owned() });
    let Ok(chunk) = project::read_chunk(store, position, index) else { return quarantined("envelope_malformed") };
    let Ok(address) = Address::parse(&chunk.address) else { return quarantined("address_malformed") };
    let Some(register) = registers.get(&address.register) else { return quarantined("register_unknown") };
    if !register.levels.contains(&address.unit.level()) || (register.bucket == Bucket::None) != (address.bucket == "-")
    {
        return quarantined("address_malformed");
    }
    if !within_grant(rehearsal, position, index, &address)? {
        return Ok(Outcome::Held);
    }
    let document = rehearsal.bytes(&keys::document(&chunk.address))?.unwrap_or_default();
    let outcome = judged(&chunk, &document);
    let is_crowded = || Ok::<_, FoldError>(rehearsal.all(&keys::parked_of(&chunk.address))?.len() >= PARKED_CHUNKS_MAX);
    if outcome == Outcome::Parked && is_crowded()? {
        return quarantined("chunk_parked_too_many");
    }
    Ok(outcome)
}

fn judged(chunk: &Chunk, document: &[u8]) -> Outcome {
    match judge(document, chunk.encoding, &chunk.payload) {
        Verdict::Admit => Outcome::Published,
        Verdict::Park => Outcome::Parked,
        Verdict::Quarantine { code } => Outcome::Quarantined { code: code.to_owned() },
    }
}

/// The grant of the day on which the envelope came, or the county's word that it takes the chunk all the same.
fn within_grant(rehearsal: &Overlay<'_>, position: Position, index: u64, address: &Address) -> Result<bool, FoldError> {
    let Some(author) = rehearsal.value::<Author>(&keys::author(position))? else { return Ok(false) };
    if author.county || rehearsal.bytes(&keys::released(position, index))?.is_some() {
        return Ok(true);
    }
    let granted: Vec<Unit> = author.granted.iter().filter_map(|unit| Unit::parse(unit).ok()).collect();
    Ok(access::grants::holds(&granted, &address.unit))
}
