//! Gives waiting chunks their verdict: grant of the day first, then the judge.
//!
//! Always true: a chunk is judged against its document as the verdicts before it leave it, so that several chunks of one
//! document can be judged before the first of them is folded.

use super::{FoldError, project};
use crate::access;
use crate::admission::{Verdict, judge};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::Author;
use crate::store::contract::{Position, Store};
use crate::store::record::{JournalRecord, Outcome};
use std::collections::{BTreeSet, HashMap};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::Chunk;

/// Judges `waiting` chunks in order; returns the records to append.
pub fn verdicts(store: &dyn Store, waiting: &[(Position, u64)]) -> Result<Vec<JournalRecord>, FoldError> {
    let mut documents: HashMap<String, Vec<u8>> = HashMap::new();
    let mut seen: BTreeSet<(Position, u64)> = BTreeSet::new();
    let mut records = Vec::new();
    for &(envelope, chunk) in waiting.iter().filter(|waiting| seen.insert(**waiting)) {
        let outcome = outcome(store, &mut documents, envelope, chunk)?;
        records.push(JournalRecord::Verdict { envelope, chunk, outcome });
    }
    Ok(records)
}

fn outcome(
    store: &dyn Store,
    documents: &mut HashMap<String, Vec<u8>>,
    position: Position,
    index: u64,
) -> Result<Outcome, FoldError> {
    let quarantined = |code: &str| Ok(Outcome::Quarantined { code: code.to_owned() });
    let Ok(chunk) = project::read_chunk(store, position, index) else { return quarantined("envelope_malformed") };
    let Ok(address) = Address::parse(&chunk.address) else { return quarantined("address_malformed") };
    if address.register != "visit" {
        return quarantined("register_unknown");
    }
    let author: Option<Author> = store.value(&keys::author(position))?;
    if !author.is_some_and(|author| author.county) && !within_grant(store, position, &address)? {
        return Ok(Outcome::Held);
    }
    let document = match documents.get(&chunk.address) {
        Some(document) => document.clone(),
        None => store.bytes(&keys::document(&chunk.address))?.unwrap_or_default(),
    };
    Ok(settle_document(documents, chunk, &document))
}

fn settle_document(documents: &mut HashMap<String, Vec<u8>>, chunk: Chunk, document: &[u8]) -> Outcome {
    match judge(document, chunk.encoding, &chunk.payload) {
        Verdict::Admit { document, .. } => {
            documents.insert(chunk.address, document);
            Outcome::Published
        }
        Verdict::Park => Outcome::Parked,
        Verdict::Quarantine { code } => Outcome::Quarantined { code: code.to_owned() },
    }
}

fn within_grant(store: &dyn Store, position: Position, address: &Address) -> Result<bool, FoldError> {
    let Some(author) = store.value::<Author>(&keys::author(position))? else { return Ok(false) };
    let Some(device) = access::device(store, &author.device)? else { return Ok(false) };
    Ok(access::grants::may_write(&device.grants.grants, &address.unit, author.received_ms))
}
