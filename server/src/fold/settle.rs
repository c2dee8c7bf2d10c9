//! What the county writes into documents: settlements and edits, as changes made at the heads that the clerk was shown.
//!
//! Always true: such a change is one like any other. It covers just what the clerk saw, so that a later concurrent edit
//! reopens the matter. Why it was made stands in a settlement's group; of an edit it is the change's message. Deliberately not here: signing and appending (`intake`).

use super::matters::SettledGroup;
use crate::admission;
use crate::county::view::{Matter, MatterKind, MatterValue};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::RecordPlace;
use crate::store::contract::{Store, StoreError};
use automerge::transaction::CommitOptions;
use automerge::{AutoCommit, ChangeHash};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::{Address, overwrite_record, read_record, write_record};
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::record::{DOUBLE_OF, Record, SETTLED_DOUBLE, SETTLED_PREFIX, VOID_REASON};

/// Why a settlement cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// From the document.
    #[error(transparent)]
    Document(#[from] ProtocolError),
    /// Held, quarantined and invalid matters are not settled by choosing a value.
    #[error("a matter of this kind is not settled by choosing")]
    NotByChoosing,
    /// The chosen id is none of the matter's values.
    #[error("no such value")]
    NoSuchValue,
    /// The heads sent back are not in the document, or the record is not there at these heads.
    #[error("heads are not known")]
    UnknownHeads,
    /// Every field of the edit is as it was.
    #[error("nothing changes")]
    NothingChanges,
}

/// Who settles what, and when.
pub struct Decision<'a> {
    /// The matter as it stands.
    pub matter: &'a Matter,
    /// Id of the chosen value; none where both records of a double are real.
    pub chosen: Option<&'a str>,
    /// Why.
    pub note: &'a str,
    /// Heads the clerk was shown; empty for the matter's own.
    pub heads: &'a [String],
    /// Name of the clerk.
    pub by: &'a str,
    /// The server's time, ms.
    pub at_ms: u64,
}

/// The chunks that carry the settlement out: one per document.
pub fn chunks(store: &dyn Store, decision: &Decision<'_>) -> Result<Vec<Chunk>, SettleError> {
    match decision.matter.kind {
        MatterKind::Double => double(store, decision),
        MatterKind::Conflict | MatterKind::OverwrittenUnseen | MatterKind::VoidAgainstEdit => clash(store, decision),
        _ => Err(SettleError::NotByChoosing),
    }
}

fn clash(store: &dyn Store, decision: &Decision<'_>) -> Result<Vec<Chunk>, SettleError> {
    let matter = decision.matter;
    let is_chosen = |value: &&MatterValue| Some(value.id.as_str()) == decision.chosen;
    let chosen = matter.values.iter().find(is_chosen).ok_or(SettleError::NoSuchValue)?;
    let field = matter.field.clone().unwrap_or_default();
    let value = match matter.kind {
        MatterKind::VoidAgainstEdit => chosen.value.get(VOID_REASON).cloned().unwrap_or(Value::Null),
        _ => chosen.value.clone(),
    };
    let settled = SettledGroup {
        at: decision.at_ms,
        by: decision.by.to_owned(),
        chosen: Some(chosen.id.clone()),
        kept: None,
        note: decision.note.to_owned(),
        over: matter.values.iter().map(|value| value.id.clone()).collect(),
        records: Vec::new(),
    };
    let record = matter.record_ids.first().ok_or(SettleError::NoSuchValue)?;
    let fields = Record::from([(format!("{SETTLED_PREFIX}{field}"), json!(settled)), (field, value)]);
    let heads = if decision.heads.is_empty() { &matter.heads } else { decision.heads };
    let place = place(store, record)?;
    let written = BTreeMap::from([(record.clone(), fields)]);
    Ok(vec![write(store, &place.address, Some(heads), &written, decision.at_ms)?])
}

fn double(store: &dyn Store, decision: &Decision<'_>) -> Result<Vec<Chunk>, SettleError> {
    let records = &decision.matter.record_ids;
    if decision.chosen.is_some_and(|kept| !records.iter().any(|record| record == kept)) {
        return Err(SettleError::NoSuchValue);
    }
    let settled = json!({
        "at": decision.at_ms, "by": decision.by, "kept": decision.chosen, "note": decision.note, "records": records,
    });
    let mut by_document: BTreeMap<String, BTreeMap<String, Record>> = BTreeMap::new();
    for record in records {
        let double_of = decision.chosen.filter(|kept| kept != record).map_or(Value::Null, Value::from);
        let fields = Record::from([(SETTLED_DOUBLE.to_owned(), settled.clone()), (DOUBLE_OF.to_owned(), double_of)]);
        by_document.entry(place(store, record)?.address).or_default().insert(record.clone(), fields);
    }
    by_document.iter().map(|(address, records)| write(store, address, None, records, decision.at_ms)).collect()
}

fn place(store: &dyn Store, record: &str) -> Result<RecordPlace, SettleError> {
    store.value(&keys::record(record))?.ok_or(SettleError::NoSuchValue)
}

/// What a clerk writes into one record.
pub struct Edit<'a> {
    /// The record.
    pub record: &'a str,
    /// Its document.
    pub address: &'a str,
    /// Fields with their new values, each whole.
    pub fields: &'a Record,
    /// Why.
    pub note: &'a str,
    /// The server's time, ms.
    pub at_ms: u64,
}

/// Heads of a document as it stands, hexadecimal.
pub fn heads(store: &dyn Store, address: &str) -> Result<Vec<String>, SettleError> {
    Ok(load(store, address)?.get_heads().iter().map(ToString::to_string).collect())
}

/// The chunk that carries `edit` out at `heads`: only the fields that differ from what stood there.
pub fn edit(store: &dyn Store, edit: &Edit<'_>, heads: &[String]) -> Result<Chunk, SettleError> {
    let mut document = load(store, edit.address)?;
    let before = document.get_heads();
    isolate(&mut document, heads)?;
    if read_record(&document, edit.record).is_none() {
        return Err(SettleError::UnknownHeads);
    }
    if write_record(&mut document, edit.record, edit.fields)? == 0 {
        return Err(SettleError::NothingChanges);
    }
    document.commit_with(at(edit.at_ms).with_message(edit.note));
    document.integrate();
    bundle(&mut document, &before, edit.address)
}

/// The time of a change, as phones show it in a record's history: whole seconds.
pub(super) fn at(ms: u64) -> CommitOptions {
    CommitOptions::default().with_time((ms / 1000) as i64)
}

pub(super) fn load(store: &dyn Store, address: &str) -> Result<AutoCommit, SettleError> {
    let saved = store.bytes(&keys::document(address))?.unwrap_or_default();
    Ok(admission::load(&saved).map_err(|error| ProtocolError::Document(error.to_string()))?)
}

/// From here on the document is as it stood at `heads`, until it is integrated.
pub(super) fn isolate(document: &mut AutoCommit, heads: &[String]) -> Result<(), SettleError> {
    let heads: Vec<ChangeHash> =
        heads.iter().map(|head| head.parse()).collect::<Result<_, _>>().map_err(|_| SettleError::UnknownHeads)?;
    if heads.is_empty() || heads.iter().any(|head| document.get_change_by_hash(head).is_none()) {
        return Err(SettleError::UnknownHeads);
    }
    document.isolate(&heads);
    Ok(())
}

pub(super) fn bundle(document: &mut AutoCommit, before: &[ChangeHash], address: &str) -> Result<Chunk, SettleError> {
    let hashes: Vec<ChangeHash> = document.get_changes(before).iter().map(automerge::Change::hash).collect();
    Ok(Chunk::bundle(document, &Address::parse(address)?, &hashes)?)
}

fn write(
    store: &dyn Store,
    address: &str,
    heads: Option<&[String]>,
    records: &BTreeMap<String, Record>,
    at_ms: u64,
) -> Result<Chunk, SettleError> {
    let mut document = load(store, address)?;
    let before = document.get_heads();
    if let Some(heads) = heads {
        isolate(&mut document, heads)?;
    }
    for (record, fields) in records {
        overwrite_record(&mut document, record, fields)?;
    }
    document.commit_with(at(at_ms));
    document.integrate();
    bundle(&mut document, &before, address)
}
