//! Nonces: each is good for one read by one device.
//!
//! A nonce is a stamp (milliseconds, 8 bytes) and a seal (8 bytes) that only this server can make. Always true: a stamp
//! at or below the newest that the device used is stale, so that a copied request reads nothing. The newest stamps are
//! written down at a clean stop; after a crash every nonce from before the start is stale, which costs one more turn.

use super::keys::CountyKeys;
use std::collections::HashMap;
use std::sync::Mutex;

/// Newest stamps used, by device.
pub struct NonceBook {
    newest: Mutex<HashMap<[u8; 16], u64>>,
    good_after_ms: u64,
}

impl NonceBook {
    /// After a clean stop `kept` is what [`NonceBook::kept`] gave; otherwise nonces from before `now_ms` are stale.
    pub fn open(kept: Option<Vec<(String, u64)>>, now_ms: u64) -> Self {
        let good_after_ms = if kept.is_some() { 0 } else { now_ms };
        let newest = kept.into_iter().flatten().filter_map(|(device, stamp)| {
            let id: Option<Vec<u8>> =
                (0..16).map(|i| u8::from_str_radix(device.get(2 * i..2 * i + 2)?, 16).ok()).collect();
            Some((id?.try_into().ok()?, stamp))
        });
        Self { newest: Mutex::new(newest.collect()), good_after_ms }
    }

    /// Uses up `nonce`; false if it is stale or not ours.
    pub fn spend(&self, keys: &CountyKeys, device: [u8; 16], nonce: [u8; 16]) -> bool {
        let stamp = u64::from_be_bytes(nonce[..8].try_into().expect("eight of sixteen bytes"));
        if seal(keys, device, stamp) != nonce || stamp <= self.good_after_ms {
            return false;
        }
        let mut newest = self.lock();
        let known = newest.entry(device).or_default();
        let fresh = stamp > *known;
        *known = stamp.max(*known);
        fresh
    }

    /// A fresh nonce for a device.
    pub fn next(&self, keys: &CountyKeys, device: [u8; 16], now_ms: u64) -> [u8; 16] {
        let newest = self.lock().get(&device).copied().unwrap_or_default();
        seal(keys, device, now_ms.max(newest + 1).max(self.good_after_ms + 1))
    }

    /// What to keep over a clean stop.
    pub fn kept(&self) -> Vec<(String, u64)> {
        self.lock().iter().map(|(device, stamp)| (super::hex(device), *stamp)).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 16], u64>> {
        self.newest.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn seal(keys: &CountyKeys, device: [u8; 16], stamp: u64) -> [u8; 16] {
    let mut about = device.to_vec();
    about.extend_from_slice(&stamp.to_be_bytes());
    let mut nonce = [0; 16];
    nonce[..8].copy_from_slice(&stamp.to_be_bytes());
    nonce[8..].copy_from_slice(&keys.seal("nonce", &about)[..8]);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_good_once_and_for_its_device() {
        let folder = tempfile::tempdir().unwrap();
        let keys = CountyKeys::open(folder.path()).unwrap();
        let book = NonceBook::open(None, 1000);
        let nonce = book.next(&keys, [1; 16], 2000);
        assert!(!book.spend(&keys, [2; 16], nonce));
        assert!(book.spend(&keys, [1; 16], nonce));
        assert!(!book.spend(&keys, [1; 16], nonce));
        let next = book.next(&keys, [1; 16], 2000);
        let kept = NonceBook::open(Some(book.kept()), 9000);
        assert!(!kept.spend(&keys, [1; 16], nonce));
        assert!(kept.spend(&keys, [1; 16], next));
        assert!(!NonceBook::open(None, 9000).spend(&keys, [1; 16], next));
    }
}
