//! The embedded store: a journal in plain files, which is the truth, and an index in sled, which can be lost.
//!
//! ```text
//! DATA/lock                  held by the one process that works here
//! DATA/journal/00000001.seg  segments, numbered without a gap
//! DATA/index/                sled; removed and begun anew whenever it is missing, damaged or ahead of the journal
//! DATA/index.state           `closed`, `open` or `damaged`: whether the next start may trust the index
//! DATA/files/ab/cdef…        values too large for sled; they belong to the index and go with it
//! ```
//!
//! # The bytes of a segment
//!
//! Numbers are unsigned and big-endian. A segment is a header, then frames without gaps.
//!
//! ```text
//! header    0   8  "zoufangJ"
//!           8   4  version, 1
//!          12   8  position of the first record
//!          20  16  tag: random, the same in every mark of this segment
//!          36  32  last link of the segment before; zeros in the first segment
//!          68   4  CRC-32C of bytes 0 to 67
//!
//! record    0   1  "R"
//!           1   4  length of the body
//!           5  32  SHA-256 of the body
//!          37   4  CRC-32C of: position (8 bytes, not stored), bytes 0 to 36, body
//!          41   …  body
//!
//! mark      0   1  "M"
//!           1  16  the segment's tag
//!          17   8  offset of this mark in the segment
//!          25  32  link: the chain up to here
//!          57   4  CRC-32C of bytes 0 to 56
//! ```
//!
//! **The chain.** The link before the first record of a segment is the SHA-256 of its header; each record makes the next
//! link, SHA-256 of (link, SHA-256 of the body). The next segment's header holds the last link, so that no record can be
//! changed, moved, doubled or left out without the chain showing it, and a body can be erased while the chain is proved.
//!
//! **The byte that commits.** A record counts once the last byte of its body is on the disk: until then its checksum
//! fails. A caller is told after the `fdatasync` that covers this byte. Each group of records is followed by a mark,
//! written after that sync and itself synced by the next one. A frame that does not decode is *torn*, and cut at the next
//! opening, if it is in the last segment and no mark stands after it; with a mark after it, or in an earlier segment, the
//! bytes were synced once, so they are *damaged*: an error names file and byte, and nothing is skipped.
//! After a crash the first records of an append that was never answered may be there, and the rest not.
//!
//! # The index
//!
//! A key of the contract is stored under `k` + key (256 bytes at most); `a` holds the applied position, in the same
//! batch as what was applied. A value is `0` + bytes, 1 KiB together, or `1` + 32 bytes that name a file: the SHA-256
//! of (length of key as 8 bytes, key, value), so that no two keys share a file and a file proves itself when it is read.
//!
//! Deliberately not here: what records, keys and values mean; backups; when to flush (the caller's rhythm).

mod condition;
mod file_system;
mod index;
mod index_owner;
mod journal;
mod segment;
mod values;
mod walk;
mod writer;

#[cfg(test)]
mod fault_file_system;
#[cfg(test)]
mod index_tests;
#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod store_tests;
#[cfg(test)]
mod tamper_tests;

pub use file_system::{Disk, FileSystem, OpenFile};
pub use walk::{Summary, verify_journal};

use super::contract::{Appending, Batch, KeyValue, Position, Store, StoreError, Stored};
use index_owner::OwnedIndex;
use journal::Journal;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use walk::failed;

/// The journal's folder in a data folder.
const JOURNAL: &str = "journal";

/// What may differ from one installation, or test, to another.
#[derive(Debug, Clone)]
pub struct Options {
    /// A segment that has reached this size gets no further records.
    pub segment_bytes: u64,
    /// The journal takes nothing while less than this is free: room for the index, and for an administrator to work.
    pub free_floor: u64,
    /// A record may not be longer. Requests are far smaller; a roster import is the longest.
    pub record_limit: usize,
    /// Memory that sled may use for pages.
    pub index_cache_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            segment_bytes: 16 * 1024 * 1024,
            free_floor: 64 * 1024 * 1024,
            record_limit: 64 * 1024 * 1024,
            index_cache_bytes: 64 * 1024 * 1024,
        }
    }
}

/// A [`Store`] in one folder of one machine. See the module's header for what lies in it.
pub struct EmbeddedStore {
    // Dropped in this order: the index flushes, the writer finishes what waits, then others may have the folder.
    index: OwnedIndex,
    journal: Journal,
    files: Arc<dyn FileSystem>,
    folder: PathBuf,
    free_floor: u64,
    _lock: File,
}

impl EmbeddedStore {
    /// Opens the store in `folder`, which is made if it is not there.
    pub fn open(folder: &Path, options: &Options) -> Result<Self, StoreError> {
        Self::open_on(Arc::new(Disk), folder, options)
    }

    /// Opens the store with another file system under its journal and value files.
    pub fn open_on(files: Arc<dyn FileSystem>, folder: &Path, options: &Options) -> Result<Self, StoreError> {
        let is_new = !folder.exists();
        files.create_folder(folder).map_err(|error| failed(folder, &error))?;
        // A new data folder must not vanish with all that is in it.
        if let Some(above) = folder.parent().filter(|above| is_new && !above.as_os_str().is_empty()) {
            files.sync_folder(above).map_err(|error| failed(above, &error))?;
        }
        let lock = lock(&folder.join("lock"))?;
        let journal = Journal::open(Arc::clone(&files), &folder.join(JOURNAL), options)?;
        let index = OwnedIndex::open(Arc::clone(&files), folder, options.index_cache_bytes, journal.last())?;
        files.sync_folder(folder).map_err(|error| failed(folder, &error))?;
        let (folder, free_floor) = (folder.to_owned(), options.free_floor);
        Ok(Self { index, journal, files, folder, free_floor, _lock: lock })
    }

    fn room(&self) -> Option<StoreError> {
        match self.files.free_bytes(&self.folder) {
            Ok(free) if free < self.free_floor => Some(StoreError::Full(format!("{free} bytes are free"))),
            Ok(_) => None,
            Err(error) => Some(failed(&self.folder, &error)),
        }
    }
}

fn lock(path: &Path) -> Result<File, StoreError> {
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    let file = opened.map_err(|error| failed(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(path.display().to_string())),
        Err(TryLockError::Error(error)) => Err(failed(path, &error)),
    }
}

impl Store for EmbeddedStore {
    fn append(&self, records: Vec<Vec<u8>>) -> Appending {
        self.journal.append(records)
    }

    fn read(&self, from: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        self.journal.read(from, limit)
    }

    fn last(&self) -> Position {
        self.journal.last()
    }

    fn subscribe(&self) -> Receiver<Stored> {
        self.journal.subscribe()
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.index.get(key)
    }

    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>, StoreError> {
        self.index.scan(prefix, after, limit)
    }

    fn apply(&self, batch: Batch, applied: Position) -> Result<(), StoreError> {
        self.index.apply(batch, applied)
    }

    fn applied(&self) -> Result<Position, StoreError> {
        self.index.applied()
    }

    fn clear_index(&self) -> Result<(), StoreError> {
        self.index.clear()
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.index.flush()
    }

    fn trouble(&self) -> Option<StoreError> {
        self.journal.trouble().or_else(|| self.room()).or_else(|| self.index.trouble())
    }
}
