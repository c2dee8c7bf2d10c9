//! What every store promises. The embedded store keeps it with files and sled; a database will keep it with tables.
//!
//! Two halves. The **journal** is the truth: an ordered sequence of byte records, durable before [`Store::append`]
//! resolves, never changed. The **index** is an ordered map that can be rebuilt from the journal at any time: it may be
//! lost, cleared or behind, never ahead. Everything above builds on three guarantees:
//!
//! 1. What `append` resolved with is on disk, in that order, after any crash (*receipts* rest on this).
//! 2. A [`Batch`] is applied whole or not at all, and [`Store::applied`] moves with it (*rebuilding* rests on this).
//! 3. [`Store::subscribe`] delivers every durable record once, in order of position, without a gap (*rows are the same
//!    after a rebuild, byte for byte* rests on this).
//!
//! Deliberately not here: what records and keys mean.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::mpsc::Receiver;

/// Place of a record in the journal: 1, 2, 3 … without gaps.
pub type Position = u64;

/// Resolves to the position of the first appended record once all of them are durable.
pub type Appending = Pin<Box<dyn Future<Output = Result<Position, StoreError>> + Send>>;

/// A record of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its place.
    pub position: Position,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Changes to the index, applied whole or not at all. `None` removes a key.
#[derive(Debug, Default, Clone)]
pub struct Batch {
    /// Values by key; any size (a store may keep large ones elsewhere).
    pub entries: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

/// A key with its value.
pub type KeyValue = (Vec<u8>, Vec<u8>);

/// What can go wrong with durable bytes.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Below the floor of free disk: nothing is taken, reads go on. Retry once there is space.
    #[error("disk is full: {0}")]
    Full(String),
    /// An I/O error. The process must stop taking work and restart; the failed write is never retried.
    #[error("storage failed: {0}")]
    Failed(String),
    /// Bytes are not what was written. Names the file and place.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Another process works on this folder.
    #[error("in use by another process: {0}")]
    InUse(String),
}

/// See the module's header.
pub trait Store: Send + Sync {
    /// Appends records in this order, with no other record between them. They are durable once the future resolves; a
    /// future that is dropped may or may not have been written.
    fn append(&self, records: Vec<Vec<u8>>) -> Appending;

    /// Durable records from `from` on, at most `limit`, in order. Damage is an error that names the place.
    fn read(&self, from: Position, limit: usize) -> Result<Vec<Stored>, StoreError>;

    /// Position of the last durable record, 0 if there is none.
    fn last(&self) -> Position;

    /// Every record that becomes durable after this call, in order. One subscriber at a time.
    fn subscribe(&self) -> Receiver<Stored>;

    /// A value of the index.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Keys that begin with `prefix` and are greater than `after`, with their values, ascending, at most `limit`.
    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>, StoreError>;

    /// Applies a batch and moves [`Store::applied`] to `applied`, atomically. Called by one thread only.
    fn apply(&self, batch: Batch, applied: Position) -> Result<(), StoreError>;

    /// The journal is reflected in the index up to here; 0 for a new or cleared index.
    fn applied(&self) -> Result<Position, StoreError>;

    /// Empties the index; the journal stays.
    fn clear_index(&self) -> Result<(), StoreError>;

    /// Makes the index durable as it is. Losing it costs time, never data.
    fn flush(&self) -> Result<(), StoreError>;

    /// Why this store should not be used right now, if so: the readiness probe's words.
    fn trouble(&self) -> Option<StoreError>;
}
