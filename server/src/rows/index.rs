//! Typed reading and writing of the index: JSON values under the keys of [`super::keys`].
//!
//! An [`Overlay`] collects a batch and reads through it, so that several records can be folded before one write.
//! Always true: an overlay shows what it has put. Deliberately not here: when a batch is applied.

use crate::store::contract::{Batch, KeyValue, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Keys read in one step of a long scan.
const SCAN_STEP: usize = 512;

/// Reading typed values.
pub trait ReadIndex {
    /// The bytes under a key.
    fn bytes(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// All keys that begin with `prefix`, with their values, ascending.
    fn all(&self, prefix: &[u8]) -> Result<Vec<KeyValue>, StoreError>;

    /// The value under a key.
    fn value<T: DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, StoreError> {
        self.bytes(key)?.map(|bytes| decode(key, &bytes)).transpose()
    }

    /// All values under a prefix.
    fn values<T: DeserializeOwned>(&self, prefix: &[u8]) -> Result<Vec<T>, StoreError> {
        self.all(prefix)?.iter().map(|(key, bytes)| decode(key, bytes)).collect()
    }
}

impl ReadIndex for dyn Store + '_ {
    fn bytes(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(key)
    }

    fn all(&self, prefix: &[u8]) -> Result<Vec<KeyValue>, StoreError> {
        let mut found: Vec<KeyValue> = Vec::new();
        loop {
            let step = self.scan(prefix, found.last().map(|(key, _)| key.as_slice()), SCAN_STEP)?;
            let done = step.len() < SCAN_STEP;
            found.extend(step);
            if done {
                return Ok(found);
            }
        }
    }
}

/// Reads a JSON value; damage names the key.
pub fn decode<T: DeserializeOwned>(key: &[u8], bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes)
        .map_err(|error| StoreError::Damaged(format!("index value {}: {error}", String::from_utf8_lossy(key))))
}

/// A batch in the making, over a store.
pub struct Overlay<'s> {
    store: &'s dyn Store,
    /// What will be applied.
    pub batch: Batch,
    /// Feeds that moved.
    pub moved_feeds: std::collections::BTreeSet<String>,
}

impl<'s> Overlay<'s> {
    /// An empty batch over `store`.
    pub fn new(store: &'s dyn Store) -> Self {
        Self { store, batch: Batch::default(), moved_feeds: Default::default() }
    }

    /// Puts bytes.
    pub fn put_bytes(&mut self, key: Vec<u8>, bytes: Vec<u8>) {
        self.batch.entries.insert(key, Some(bytes));
    }

    /// Puts a value as JSON.
    pub fn put<T: Serialize>(&mut self, key: Vec<u8>, value: &T) {
        let bytes = serde_json::to_vec(value).expect("plain data has string keys and serializes");
        self.put_bytes(key, bytes);
    }

    /// Removes a key.
    pub fn remove(&mut self, key: Vec<u8>) {
        self.batch.entries.insert(key, None);
    }
}

impl ReadIndex for Overlay<'_> {
    fn bytes(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match self.batch.entries.get(key) {
            Some(value) => Ok(value.clone()),
            None => self.store.get(key),
        }
    }

    fn all(&self, prefix: &[u8]) -> Result<Vec<KeyValue>, StoreError> {
        let mut merged: std::collections::BTreeMap<Vec<u8>, Vec<u8>> = self.store.all(prefix)?.into_iter().collect();
        for (key, value) in self.batch.entries.range(prefix.to_vec()..).take_while(|(key, _)| key.starts_with(prefix)) {
            match value {
                Some(bytes) => merged.insert(key.clone(), bytes.clone()),
                None => merged.remove(key),
            };
        }
        Ok(merged.into_iter().collect())
    }
}
