//! The index's ordered map, and the only file that knows sled.
//!
//! Always true: sled holds no value over 1 KiB and no key over 257 bytes; its `flush` is the blocking one, followed by an
//! fdatasync of our own, since on Linux it does none; its files and their names are synced once after it opens, which it
//! does not do either; a panic inside it becomes an error. Deliberately not here: its transactions, its background flush,
//! its other trees, copying its folder; threads and locks (`index_owner`); what stands in value files (`values`).

use super::super::contract::{KeyValue, Position, StoreError};
use super::walk::failed;
use std::fs::{self, File};
use std::io;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What one value may take in sled, its marker included: much larger ones corrupt its pages for good.
pub(super) const VALUE_LIMIT: usize = 1024;
/// A page of sled's own index holds up to 257 keys, and must stay far below the 128 KiB at which sled moves it into a
/// file of its own.
pub(super) const KEY_LIMIT: usize = 256;
/// Keys that go in by one batch. sled keeps every page that a batch rewrites until the batch is over: 200,000 keys took
/// a gigabyte.
const WHOLE_KEYS: usize = 32_768;
/// Keys of one batch of a larger change.
const PIECE_KEYS: usize = 128;
const APPLIED: &[u8] = b"a";
const KEY: u8 = b'k';

/// An open sled database.
pub(super) struct Index {
    database: sled::Db,
    folder: PathBuf,
    /// Our own handle of sled's file, for the fdatasync that sled leaves out.
    handle: File,
}

/// Changes for [`Index::apply`].
#[derive(Default)]
pub(super) struct Change(Vec<(Vec<u8>, Option<Vec<u8>>)>);

impl Change {
    /// Sets a key, or removes it.
    pub(super) fn put(&mut self, key: &[u8], stored: Option<Vec<u8>>) {
        let length = stored.as_ref().map_or(0, Vec::len);
        assert!(length <= VALUE_LIMIT && key.len() <= KEY_LIMIT, "larger ones corrupt sled's pages");
        self.0.push((inner_key(key), stored));
    }

    /// Whether it goes in by several batches, between which a crash leaves half of it.
    pub(super) fn is_large(&self) -> bool {
        self.0.len() > WHOLE_KEYS
    }
}

fn batch_of(changes: impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)>) -> sled::Batch {
    let mut batch = sled::Batch::default();
    for (key, stored) in changes {
        match stored {
            None => batch.remove(key),
            Some(stored) => batch.insert(key, stored),
        }
    }
    batch
}

impl Index {
    /// Opens or makes the database in `folder`.
    pub(super) fn open(folder: &Path, cache_bytes: u64) -> Result<Self, StoreError> {
        let config = sled::Config::new()
            .path(folder)
            .cache_capacity(cache_bytes)
            .mode(sled::Mode::HighThroughput)
            .flush_every_ms(None);
        let database = guarded(|| config.open())?;
        let sync = || -> io::Result<File> {
            for entry in fs::read_dir(folder)? {
                File::open(entry?.path())?.sync_all()?;
            }
            File::open(folder)?.sync_all()?;
            File::open(folder.join("db"))
        };
        let handle = sync().map_err(|error| failed(folder, &error))?;
        Ok(Self { database, folder: folder.to_owned(), handle })
    }

    /// Whether `folder` holds a database whose pages all lie in its one file.
    pub(super) fn exists(folder: &Path) -> bool {
        folder.join("db").exists() && blobs_are_empty(folder)
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let found = guarded(|| self.database.get(inner_key(key)))?;
        Ok(found.map(|stored| stored.to_vec()))
    }

    /// Keys that begin with `prefix` and are greater than `after`, as they are stored.
    pub(super) fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>, StoreError> {
        let inner_prefix = inner_key(prefix);
        let start = match after {
            Some(after) if after >= prefix => Bound::Excluded(inner_key(after)),
            _ => Bound::Included(inner_prefix.clone()),
        };
        guarded(|| {
            let range = self.database.range((start, Bound::Unbounded)).take(limit);
            let mine = range.take_while(|entry| entry.as_ref().map_or(true, |(key, _)| key.starts_with(&inner_prefix)));
            mine.map(|entry| entry.map(|(key, stored)| (key[1..].to_vec(), stored.to_vec()))).collect()
        })
    }

    pub(super) fn applied(&self) -> Result<Position, StoreError> {
        let Some(stored) = guarded(|| self.database.get(APPLIED))? else { return Ok(0) };
        let bytes = stored.as_ref().try_into();
        bytes.map(u64::from_be_bytes).map_err(|_| StoreError::Damaged("the applied position is no number".to_owned()))
    }

    /// Applies a change and the position that it brings the index to: in one batch, or in several if it is large.
    pub(super) fn apply(&self, change: Change, applied: Position) -> Result<(), StoreError> {
        let together = if change.is_large() { PIECE_KEYS } else { WHOLE_KEYS };
        let mut left = change.0.into_iter();
        while left.len() > together {
            let piece = batch_of(left.by_ref().take(together));
            guarded(|| self.database.apply_batch(piece))?;
        }
        let mut last = batch_of(left);
        last.insert(APPLIED, &applied.to_be_bytes());
        guarded(|| self.database.apply_batch(last))
    }

    /// Makes everything applied durable.
    pub(super) fn flush(&self) -> Result<(), StoreError> {
        guarded(|| self.database.flush())?;
        self.handle.sync_data().map_err(|error| failed(&self.folder, &error))
    }
}

/// sled writes pages over 128 KiB into this folder, and loses them; our limits keep it from doing so.
pub(super) fn blobs_are_empty(folder: &Path) -> bool {
    match fs::read_dir(folder.join("blobs")) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// On some damaged files sled panics instead of returning an error.
fn guarded<T>(work: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error @ sled::Error::Io(_))) => Err(StoreError::Failed(format!("the index: {error}"))),
        Ok(Err(error)) => Err(StoreError::Damaged(format!("the index: {error}"))),
        Err(_) => Err(StoreError::Damaged("the index: sled gave up".to_owned())),
    }
}

fn inner_key(key: &[u8]) -> Vec<u8> {
    [&[KEY], key].concat()
}
