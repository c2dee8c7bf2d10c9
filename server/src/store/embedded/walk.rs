//! Walks the whole journal: every segment in order, every frame, the chain between them.
//!
//! Always true: changes nothing on the disk. Damage is an error that names file and byte, except at the end of the last
//! segment, where bytes that were never synced may lie after a crash: those are counted as torn, and opening cuts them.
//! Deliberately not here: cutting, writing, reading single records.

use super::super::contract::{Position, StoreError};
use super::file_system::{Disk, FileSystem};
use super::segment::{HEADER_LENGTH, Hash, Scanned, scan};
use std::path::Path;

/// What [`verify_journal`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Good records.
    pub records: u64,
    /// Segment files.
    pub segments: u64,
    /// Bytes of headers and good frames.
    pub bytes: u64,
    /// Bytes after the last good frame: a write that a crash cut short. Opening the store removes them.
    pub torn_bytes: u64,
    /// The last link of the chain: equal for two journals only if all their records are equal.
    pub digest: Hash,
}

/// Checks length, CRC-32C, SHA-256 and the chain of every record in the journal of a data folder. Changes nothing.
pub fn verify_journal(folder: &Path) -> Result<Summary, StoreError> {
    verify(&Disk, &folder.join(super::JOURNAL))
}

/// [`verify_journal`] for any file system; `folder` is the journal's own.
pub(super) fn verify(files: &dyn FileSystem, folder: &Path) -> Result<Summary, StoreError> {
    let walked = walk(files, folder, true)?;
    let found = &walked.segments;
    Ok(Summary {
        records: found.iter().map(|segment| segment.records).sum(),
        segments: found.len() as u64,
        bytes: found.iter().map(|segment| segment.end).sum(),
        torn_bytes: walked.torn_bytes,
        digest: found.last().map_or([0; 32], |segment| segment.link),
    })
}

/// The journal as it lies on the disk.
pub(super) struct Walked {
    /// Its segments; the number of each is its index plus one.
    pub(super) segments: Vec<Scanned>,
    /// Bytes after the last good frame.
    pub(super) torn_bytes: u64,
    /// There is one more file, whose header was never finished: it holds nothing.
    pub(super) unborn: bool,
}

/// Name of a segment file.
pub(super) fn segment_name(number: usize) -> String {
    format!("{number:08}.seg")
}

/// Walks the journal in `folder`; with `digests` each record's SHA-256 is computed too.
pub(super) fn walk(files: &dyn FileSystem, folder: &Path, digests: bool) -> Result<Walked, StoreError> {
    let names = files.list(folder).map_err(|error| failed(folder, &error))?;
    let names: Vec<String> = names.into_iter().filter(|name| name.ends_with(".seg")).collect();
    let mut walked = Walked { segments: Vec::new(), torn_bytes: 0, unborn: false };
    for (index, name) in names.iter().enumerate() {
        let expected = segment_name(index + 1);
        if *name != expected {
            return Err(StoreError::Damaged(format!("{expected} is missing: {name} stands in its place")));
        }
        let bytes = read_whole(files, &folder.join(name)).map_err(|error| failed(&folder.join(name), &error))?;
        let last = index + 1 == names.len();
        if last && was_never_born(&bytes) {
            walked.unborn = true;
            walked.torn_bytes = bytes.len() as u64;
            break;
        }
        let scanned = scan(&bytes, digests).map_err(|reason| damaged(name, 0, reason))?;
        check_chain(name, &scanned, walked.segments.last())?;
        if let Some(tail) = &scanned.tail {
            if !last || tail.was_synced {
                return Err(damaged(name, scanned.end, tail.reason));
            }
            walked.torn_bytes = bytes.len() as u64 - scanned.end;
        }
        walked.segments.push(scanned);
    }
    Ok(walked)
}

/// A segment gets its first record only after its header was synced, so a header that is short or still zeros has none.
fn was_never_born(bytes: &[u8]) -> bool {
    bytes.len() < HEADER_LENGTH || (bytes.len() == HEADER_LENGTH && bytes.iter().all(|byte| *byte == 0))
}

fn check_chain(name: &str, scanned: &Scanned, before: Option<&Scanned>) -> Result<(), StoreError> {
    let (first, previous): (Position, Hash) = match before {
        None => (1, [0; 32]),
        Some(before) => (before.header.first + before.records, before.link),
    };
    if scanned.header.first != first {
        return Err(damaged(name, 0, "records are missing between this segment and the one before"));
    }
    if scanned.header.previous != previous {
        return Err(damaged(name, 0, "the chain is broken between this segment and the one before"));
    }
    Ok(())
}

fn read_whole(files: &dyn FileSystem, path: &Path) -> std::io::Result<Vec<u8>> {
    let file = files.open(path, false)?;
    let length = usize::try_from(file.length()?).unwrap_or(usize::MAX);
    file.read_at(0, length)
}

pub(super) fn damaged(name: &str, offset: u64, reason: &str) -> StoreError {
    StoreError::Damaged(format!("{name} at byte {offset}: {reason}"))
}

pub(super) fn failed(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Failed(format!("{}: {error}", path.display()))
}
