//! A document as a phone holds it: Automerge content, own changes that no envelope carries yet, changes that wait.
//!
//! Always true: a change is applied only once all it depends on is there; until then it is parked, in a bounded number.
//! Deliberately not here: addresses, feeds and envelopes.

use automerge::transaction::CommitOptions;
use automerge::{ActorId, AutoCommit, Bundle, Change, ChangeHash};
use std::fmt::Display;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::{WRITTEN_BY, read_record, write_record};
use zoufang_sync_protocol::envelope::Encoding;
use zoufang_sync_protocol::limits::{CHANGES_PER_CHUNK_MAX, PARKED_CHUNKS_MAX};
use zoufang_sync_protocol::record::Record;

/// Magic bytes and checksum stand before the type and the length of a stored change.
const CHANGE_LENGTH_OFFSET: usize = 9;

/// See the module's header.
#[derive(Debug, Clone)]
pub struct PhoneDocument {
    content: AutoCommit,
    unsealed: Vec<(String, ChangeHash)>,
    parked: Vec<Change>,
}

impl PhoneDocument {
    pub(super) fn new(actor: ActorId) -> Self {
        Self { content: AutoCommit::new().with_actor(actor), unsealed: Vec::new(), parked: Vec::new() }
    }

    /// What Automerge holds.
    pub fn content(&self) -> &AutoCommit {
        &self.content
    }

    /// A record, if it is there.
    pub fn record(&self, record_id: &str) -> Option<Record> {
        read_record(&self.content, record_id)
    }

    /// Own changes that no envelope carries yet, oldest first: record and change.
    pub fn unsealed(&self) -> &[(String, ChangeHash)] {
        &self.unsealed
    }

    /// Changes that wait for one they depend on.
    pub fn parked(&self) -> usize {
        self.parked.len()
    }

    pub(super) fn heads(&mut self) -> Vec<ChangeHash> {
        self.content.get_heads()
    }

    pub(super) fn take_unsealed(&mut self) -> Vec<(String, ChangeHash)> {
        std::mem::take(&mut self.unsealed)
    }

    pub(super) fn content_mut(&mut self) -> &mut AutoCommit {
        &mut self.content
    }

    /// Saves and loads, with another actor.
    pub(super) fn reload(&mut self, actor: ActorId) -> Result<(), ProtocolError> {
        self.content = AutoCommit::load(&self.content.save()).map_err(refused)?.with_actor(actor);
        Ok(())
    }

    /// Writes what differs, as one change onto what is shown, or onto `heads`: then it is concurrent with all that came
    /// after them, as with `changeAt` in JavaScript. Returns no change if nothing differs.
    pub(super) fn write(
        &mut self,
        record_id: &str,
        fields: &Record,
        heads: Option<&[ChangeHash]>,
        by: Option<&str>,
        now_ms: u64,
    ) -> Result<Option<ChangeHash>, ProtocolError> {
        if let Some(heads) = heads {
            self.content.isolate(heads);
        }
        let written = write_record(&mut self.content, record_id, fields);
        let seconds = i64::try_from(now_ms / 1000).unwrap_or(i64::MAX);
        let mut options = CommitOptions::default().with_time(seconds);
        if let Some(by) = by {
            options.set_message(format!("{WRITTEN_BY}{by}"));
        }
        let change = match written {
            Ok(0) => None,
            Ok(_) => self.content.commit_with(options),
            Err(_) => {
                self.content.rollback();
                None
            }
        };
        if heads.is_some() {
            self.content.integrate();
        }
        written?;
        self.unsealed.extend(change.map(|hash| (record_id.to_owned(), hash)));
        Ok(change)
    }

    /// Takes in a whole published document.
    pub(super) fn merge_snapshot(&mut self, payload: &[u8]) -> Result<(), ProtocolError> {
        let mut published = AutoCommit::load(payload).map_err(refused)?;
        self.content.merge(&mut published).map_err(refused)?;
        self.apply(Vec::new())
    }

    /// Takes in a chunk; what depends on changes that are not here is parked.
    pub(super) fn apply_chunk(&mut self, encoding: u8, payload: &[u8]) -> Result<(), ProtocolError> {
        self.apply(changes_of(encoding, payload)?)
    }

    fn apply(&mut self, changes: Vec<Change>) -> Result<(), ProtocolError> {
        self.parked.extend(changes);
        loop {
            let (mut ready, mut waiting) = (Vec::new(), Vec::new());
            for change in std::mem::take(&mut self.parked) {
                if holds(&mut self.content, &change.hash()) {
                    continue;
                }
                let is_ready = change.deps().iter().all(|dependency| holds(&mut self.content, dependency));
                if is_ready { ready.push(change) } else { waiting.push(change) }
            }
            self.parked = waiting;
            if ready.is_empty() {
                break;
            }
            self.content.apply_changes(ready).map_err(refused)?;
        }
        let limit = PARKED_CHUNKS_MAX * CHANGES_PER_CHUNK_MAX;
        if self.parked.len() > limit {
            return Err(ProtocolError::TooLarge { what: "parked changes", actual: self.parked.len(), limit });
        }
        Ok(())
    }
}

fn holds(content: &mut AutoCommit, hash: &ChangeHash) -> bool {
    content.get_change_meta_by_hash(hash).is_some()
}

/// The changes in a chunk's payload.
fn changes_of(encoding: u8, payload: &[u8]) -> Result<Vec<Change>, ProtocolError> {
    if encoding == Encoding::Bundle as u8 {
        return Bundle::try_from(payload).map_err(refused)?.to_changes().map_err(refused);
    }
    let mut changes = Vec::new();
    let mut left = payload;
    while !left.is_empty() {
        let length = change_length(left).filter(|length| *length <= left.len());
        let length = length.ok_or_else(|| ProtocolError::Document("a change is cut off".to_owned()))?;
        let (change, rest) = left.split_at(length);
        changes.push(Change::from_bytes(change.to_vec()).map_err(refused)?);
        left = rest;
    }
    Ok(changes)
}

/// Length of the stored change that `bytes` begin with: its header says how long its contents are (LEB128).
fn change_length(bytes: &[u8]) -> Option<usize> {
    let mut contents = 0_usize;
    for (index, byte) in bytes.get(CHANGE_LENGTH_OFFSET..)?.iter().take(5).enumerate() {
        contents |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return contents.checked_add(CHANGE_LENGTH_OFFSET + index + 1);
        }
    }
    None
}

pub(super) fn refused(error: impl Display) -> ProtocolError {
    ProtocolError::Document(error.to_string())
}
