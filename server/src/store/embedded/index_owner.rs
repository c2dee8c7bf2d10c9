//! The index as the store shows it: one thread that changes it, readers beside it, value files next to it.
//!
//! Always true: one thread applies, flushes and clears. Readers hold a lock that a batch waits for, so that they see it
//! whole or not at all, and a value file that they were named is still there. A batch that is too large for sled goes in
//! by pieces, and a start after a kill in between begins anew. Whatever is wrong with the index, opening
//! begins a new one. Deliberately not here: sled (`index`), when to flush, what keys mean.

use super::super::contract::{Batch, KeyValue, Position, StoreError};
use super::condition::{Condition, ConditionFile};
use super::file_system::FileSystem;
use super::index::{Change, Index, KEY_LIMIT, VALUE_LIMIT, blobs_are_empty};
use super::segment::Hash;
use super::values::{Values, name_of};
use super::walk::failed;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;

const INLINE: u8 = 0;
const IN_FILE: u8 = 1;

/// The open index, with the thread that owns it.
pub(super) struct OwnedIndex {
    shared: Arc<Shared>,
    orders: Option<Sender<Order>>,
    owner: Option<JoinHandle<()>>,
}

struct Shared {
    /// `None` only while it is being replaced, and after that failed.
    index: RwLock<Option<Index>>,
    folder: PathBuf,
    cache_bytes: u64,
    values: Values,
    condition: ConditionFile,
    trouble: Mutex<Option<StoreError>>,
}

struct Order {
    work: Work,
    answer: SyncSender<Result<(), StoreError>>,
}

enum Work {
    Apply(Batch, Position),
    Flush,
    Clear,
}

impl OwnedIndex {
    /// Opens the index of a data folder. One that is missing, damaged, or ahead of the journal's `last` position is
    /// replaced by an empty one.
    pub(super) fn open(
        files: Arc<dyn FileSystem>,
        data: &Path,
        cache_bytes: u64,
        last: Position,
    ) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared {
            index: RwLock::new(None),
            folder: data.join("index"),
            cache_bytes,
            values: Values { files: Arc::clone(&files), folder: data.join("files") },
            condition: ConditionFile { files, path: data.join("index.state") },
            trouble: Mutex::new(None),
        });
        match shared.open_existing(last) {
            Some(index) => shared.replace(Some(index)),
            None => shared.begin_anew()?,
        }
        let owner =
            Owner { shared: Arc::clone(&shared), dirty: false, unsynced: HashSet::new(), condemned: HashSet::new() };
        let (orders, queue) = channel();
        let thread = std::thread::Builder::new().name("index".to_owned()).spawn(move || owner.run(&queue));
        let owner = thread.map_err(|error| failed(data, &error))?;
        Ok(Self { shared, orders: Some(orders), owner: Some(owner) })
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.shared.reading(|index| {
            let stored = index.get(key)?;
            stored.map(|stored| self.shared.value(key, stored)).transpose()
        })
    }

    pub(super) fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>, StoreError> {
        self.shared.reading(|index| {
            let found = index.scan(prefix, after, limit)?.into_iter();
            found.map(|(key, stored)| self.shared.value(&key, stored).map(|value| (key, value))).collect()
        })
    }

    pub(super) fn applied(&self) -> Result<Position, StoreError> {
        self.shared.reading(Index::applied)
    }

    pub(super) fn apply(&self, batch: Batch, applied: Position) -> Result<(), StoreError> {
        if let Some(long) = batch.entries.keys().map(Vec::len).find(|length| *length > KEY_LIMIT) {
            return Err(StoreError::Failed(format!("a key of {long} bytes is over the index's limit")));
        }
        self.order(Work::Apply(batch, applied))
    }

    pub(super) fn flush(&self) -> Result<(), StoreError> {
        self.order(Work::Flush)
    }

    pub(super) fn clear(&self) -> Result<(), StoreError> {
        self.order(Work::Clear)
    }

    pub(super) fn trouble(&self) -> Option<StoreError> {
        let noted = self.shared.trouble().clone();
        noted.or_else(|| match blobs_are_empty(&self.shared.folder) {
            true => None,
            false => Some(StoreError::Failed("sled has moved a page out into blobs/".to_owned())),
        })
    }

    fn order(&self, work: Work) -> Result<(), StoreError> {
        let gone = || StoreError::Failed("the index's owner is gone".to_owned());
        let (answer, answered) = sync_channel(1);
        let orders = self.orders.as_ref().ok_or_else(gone)?;
        orders.send(Order { work, answer }).map_err(|_| gone())?;
        answered.recv().map_err(|_| gone())?
    }
}

impl Drop for OwnedIndex {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(owner) = self.owner.take() {
            // An owner that panicked leaves the word `open` behind; the next start looks closely.
            let _ = owner.join();
        }
    }
}

impl Shared {
    /// Opens what is there, if it can be trusted; else says why not.
    fn open_existing(&self, last: Position) -> Option<Index> {
        match self.try_existing(last) {
            Ok(index) => Some(index),
            Err(reason) => {
                tracing::info!(reason, "the index is made anew");
                None
            }
        }
    }

    fn try_existing(&self, last: Position) -> Result<Index, String> {
        let condition = self.condition.read();
        if condition == Condition::Damaged || !Index::exists(&self.folder) {
            return Err("it is missing, or was found damaged".to_owned());
        }
        let index = Index::open(&self.folder, self.cache_bytes).map_err(|error| error.to_string())?;
        let applied = index.applied().map_err(|error| error.to_string())?;
        if applied > last {
            return Err(format!("it is at {applied}, ahead of the journal's {last}"));
        }
        if condition != Condition::Closed {
            self.check_values(&index).map_err(|error| error.to_string())?;
        }
        self.condition.write(Condition::Open).map_err(|error| error.to_string())?;
        Ok(index)
    }

    /// Removes what is there and begins with nothing.
    fn begin_anew(&self) -> Result<(), StoreError> {
        self.replace(None);
        // If this is cut short, half an index must not be taken for a whole one.
        self.condition.write(Condition::Damaged).map_err(|error| failed(&self.condition.path, &error))?;
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&self.folder, &error)),
            _ => {}
        }
        self.values.keep_only(&HashSet::new())?;
        let index = Index::open(&self.folder, self.cache_bytes)?;
        self.condition.write(Condition::Open).map_err(|error| failed(&self.condition.path, &error))?;
        self.replace(Some(index));
        Ok(())
    }

    /// Checks that each value file that the index names is whole, and removes all others: after a crash. After a clean
    /// stop there are no others, and a file proves itself when it is read.
    fn check_values(&self, index: &Index) -> Result<(), StoreError> {
        const PAGE: usize = 1000;
        let mut needed = HashSet::new();
        let mut after: Option<Vec<u8>> = None;
        loop {
            let page = index.scan(b"", after.as_deref(), PAGE)?;
            for (key, stored) in &page {
                let Some(name) = file_of(stored) else { continue };
                self.values.read(key, &name)?;
                needed.insert(name);
            }
            match page.into_iter().next_back() {
                None => break,
                Some((key, _)) => after = Some(key),
            }
        }
        self.values.keep_only(&needed)
    }

    fn replace(&self, index: Option<Index>) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    /// Reads from the index; damage is noted, so that the next start begins a new one.
    fn reading<T>(&self, read: impl FnOnce(&Index) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let index = self.index.read().unwrap_or_else(PoisonError::into_inner);
        let outcome = read(index.as_ref().ok_or_else(absent)?);
        if let Err(error @ StoreError::Damaged(_)) = &outcome {
            self.give_up(error);
        }
        outcome
    }

    /// The value that `stored` stands for.
    fn value(&self, key: &[u8], mut stored: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        if let Some(name) = file_of(&stored) {
            return self.values.read(key, &name);
        }
        if stored.first() != Some(&INLINE) {
            return Err(StoreError::Damaged("the index holds a value that it never wrote".to_owned()));
        }
        stored.remove(0);
        Ok(stored)
    }

    fn trouble(&self) -> MutexGuard<'_, Option<StoreError>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index is not to be changed any more, nor, if it is damaged, to be used by the next process.
    fn give_up(&self, error: &StoreError) {
        let mut trouble = self.trouble();
        if trouble.is_some() {
            return;
        }
        *trouble = Some(error.clone());
        if matches!(error, StoreError::Damaged(_)) {
            // On a failing disk this may fail too; the next start then looks closely, as after any crash.
            let _ = self.condition.write(Condition::Damaged);
        }
    }
}

/// The thread that changes the index.
struct Owner {
    shared: Arc<Shared>,
    dirty: bool,
    /// Value files written since the last flush.
    unsynced: HashSet<Hash>,
    /// Value files that no key names any more, but the index on the disk may.
    condemned: HashSet<Hash>,
}

/// A batch on its way into the index, and what it does to value files.
#[derive(Default)]
struct Prepared {
    change: Change,
    written: Vec<Hash>,
    left: Vec<Hash>,
}

impl Owner {
    fn run(mut self, queue: &Receiver<Order>) {
        while let Ok(order) = queue.recv() {
            let outcome = match order.work {
                Work::Apply(batch, applied) => self.apply(batch, applied),
                Work::Flush => self.flush(),
                Work::Clear => self.clear(),
            };
            if let Err(error @ (StoreError::Failed(_) | StoreError::Damaged(_))) = &outcome {
                self.shared.give_up(error);
            }
            // Whoever does not wait any more need not be told.
            let _ = order.answer.send(outcome);
        }
        self.close();
    }

    fn apply(&mut self, batch: Batch, applied: Position) -> Result<(), StoreError> {
        self.check()?;
        let mut prepared = Prepared::default();
        let mut entries = batch.entries.into_iter();
        if let Err(error) = entries.try_for_each(|(key, value)| self.prepare(&mut prepared, &key, value)) {
            // Nothing names these files now; the next flush removes them.
            self.condemned.extend(prepared.written);
            return Err(error);
        }
        self.dirty = true;
        for name in &prepared.written {
            self.condemned.remove(name);
        }
        self.unsynced.extend(prepared.written);
        self.condemned.extend(prepared.left);
        let is_large = prepared.change.is_large();
        if is_large {
            self.say(Condition::Damaged)?;
        }
        self.change(prepared.change, applied)?;
        if is_large {
            self.flush()?;
            self.say(Condition::Open)?;
        }
        Ok(())
    }

    fn change(&self, change: Change, applied: Position) -> Result<(), StoreError> {
        // The write lock keeps readers out, so that no scan sees half of the batch.
        let index = self.shared.index.write().unwrap_or_else(PoisonError::into_inner);
        index.as_ref().ok_or_else(absent)?.apply(change, applied)
    }

    fn say(&self, condition: Condition) -> Result<(), StoreError> {
        let file = &self.shared.condition;
        file.write(condition).map_err(|error| failed(&file.path, &error))
    }

    fn prepare(&self, prepared: &mut Prepared, key: &[u8], value: Option<Vec<u8>>) -> Result<(), StoreError> {
        let before = self.reading(|index| index.get(key))?.and_then(|stored| file_of(&stored));
        let mut after = None;
        let stored = match value {
            None => None,
            Some(value) if value.len() < VALUE_LIMIT => Some([&[INLINE], &value[..]].concat()),
            Some(value) => {
                let name = name_of(key, &value);
                if before != Some(name) {
                    prepared.written.push(name);
                    self.shared.values.write(&name, &value)?;
                }
                after = Some(name);
                Some([&[IN_FILE], &name[..]].concat())
            }
        };
        prepared.change.put(key, stored);
        prepared.left.extend(before.filter(|before| after != Some(*before)));
        Ok(())
    }

    /// Value files first, then what names them, then away with those that nothing on the disk names any more.
    fn flush(&mut self) -> Result<(), StoreError> {
        self.check()?;
        if self.dirty {
            self.shared.values.sync(self.unsynced.difference(&self.condemned))?;
            self.reading(Index::flush)?;
            self.unsynced.clear();
            self.dirty = false;
        }
        self.condemned.drain().try_for_each(|name| self.shared.values.remove(&name))
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        self.shared.begin_anew()?;
        self.dirty = false;
        self.unsynced.clear();
        self.condemned.clear();
        *self.shared.trouble() = None;
        Ok(())
    }

    /// Leaves the index so that the next start may trust it, unless something is wrong with it.
    fn close(mut self) {
        let flushed = self.flush();
        self.shared.replace(None);
        if flushed.is_ok() {
            // Without the word the next start only takes longer.
            let _ = self.shared.condition.write(Condition::Closed);
        }
    }

    fn reading<T>(&self, read: impl FnOnce(&Index) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.shared.reading(read)
    }

    fn check(&self) -> Result<(), StoreError> {
        self.shared.trouble().clone().map_or(Ok(()), Err)
    }
}

fn file_of(stored: &[u8]) -> Option<Hash> {
    stored.strip_prefix(&[IN_FILE]).and_then(|name| name.try_into().ok())
}

fn absent() -> StoreError {
    StoreError::Failed("the index could not be begun anew".to_owned())
}
