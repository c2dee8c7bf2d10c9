//! A store in memory, stricter than a real one: for cases that look at rules and not at disks.
//!
//! Always true: what the contract forbids panics here (an index ahead of its journal, one that goes back, a second
//! subscriber). Deliberately not here: loss of anything; the real store's own tests do that.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard};
use zoufang_server::store::contract::{Appending, Batch, KeyValue, Position, Store, StoreError, Stored};

/// See the module's header.
#[derive(Default)]
pub struct MemoryStore {
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    journal: Vec<Vec<u8>>,
    index: BTreeMap<Vec<u8>, Vec<u8>>,
    applied: Position,
    subscriber: Option<Sender<Stored>>,
}

impl MemoryStore {
    /// The whole index: two that are equal show the same county.
    pub fn index(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.lock().index.clone()
    }

    /// A store with the same journal and no index, as after the loss of the index.
    pub fn journal_alone(&self) -> Self {
        let journal = self.lock().journal.clone();
        Self { inside: Mutex::new(Inside { journal, ..Inside::default() }) }
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().expect("a fault of the store was reported before")
    }
}

impl Store for MemoryStore {
    fn append(&self, records: Vec<Vec<u8>>) -> Appending {
        let mut inside = self.lock();
        let first = inside.journal.len() as Position + 1;
        for bytes in records {
            inside.journal.push(bytes.clone());
            let position = inside.journal.len() as Position;
            if let Some(subscriber) = &inside.subscriber {
                // Nobody listens any more: the next subscriber catches up by reading.
                let _ = subscriber.send(Stored { position, bytes });
            }
        }
        Box::pin(std::future::ready(Ok(first)))
    }

    fn read(&self, from: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let inside = self.lock();
        let start = usize::try_from(from.max(1) - 1).expect("positions fit into memory");
        let records = inside.journal.iter().enumerate().skip(start).take(limit);
        Ok(records.map(|(index, bytes)| Stored { position: index as Position + 1, bytes: bytes.clone() }).collect())
    }

    fn last(&self) -> Position {
        self.lock().journal.len() as Position
    }

    fn subscribe(&self) -> Receiver<Stored> {
        let (sender, receiver) = channel();
        let before = self.lock().subscriber.replace(sender);
        assert!(before.is_none(), "one subscriber at a time");
        receiver
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().index.get(key).cloned())
    }

    fn scan(&self, prefix: &[u8], after: Option<&[u8]>, limit: usize) -> Result<Vec<KeyValue>, StoreError> {
        let inside = self.lock();
        let found = inside.index.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix));
        let later = found.filter(|(key, _)| after.is_none_or(|after| key.as_slice() > after));
        Ok(later.take(limit).map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn apply(&self, batch: Batch, applied: Position) -> Result<(), StoreError> {
        let mut inside = self.lock();
        assert!(applied <= inside.journal.len() as Position, "the index is ahead of its journal");
        assert!(applied >= inside.applied, "the index goes back");
        for (key, value) in batch.entries {
            match value {
                Some(value) => inside.index.insert(key, value),
                None => inside.index.remove(&key),
            };
        }
        inside.applied = applied;
        Ok(())
    }

    fn applied(&self) -> Result<Position, StoreError> {
        Ok(self.lock().applied)
    }

    fn clear_index(&self) -> Result<(), StoreError> {
        let mut inside = self.lock();
        inside.index.clear();
        inside.applied = 0;
        Ok(())
    }

    fn flush(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn trouble(&self) -> Option<StoreError> {
        None
    }
}
