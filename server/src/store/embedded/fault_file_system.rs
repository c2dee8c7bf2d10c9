//! A file system that fails on demand: fills up, turns read-only, fails a sync, loses what was not synced.
//!
//! Always true: works on real files, so that what it leaves can be opened again; what it does is decided by the test
//! alone, by numbers and seeds. Deliberately not here: sled's files.

use super::file_system::{Disk, FileSystem, OpenFile};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard};

/// What goes wrong, and what happened.
#[derive(Default)]
pub(super) struct Faults {
    /// Bytes that may still be appended.
    pub(super) room: Option<u64>,
    /// What is said to be free.
    pub(super) free: Option<u64>,
    /// Nothing may be written.
    pub(super) read_only: bool,
    /// How many more syncs succeed before one fails.
    pub(super) syncs_until_failure: Option<u32>,
    /// Syncs of files so far.
    pub(super) syncs: u32,
    /// Each sync waits for a word from here, until the sender is gone.
    pub(super) gate: Option<Receiver<()>>,
    synced: HashMap<PathBuf, u64>,
    unsynced_names: HashSet<PathBuf>,
}

/// See the module's header.
#[derive(Clone, Default)]
pub(super) struct FaultFileSystem {
    faults: Arc<Mutex<Faults>>,
}

impl FaultFileSystem {
    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap()
    }

    /// What a power cut leaves: of the bytes that were never synced all, some, none, or zeros; no unsynced names.
    pub(super) fn cut_power(&self, random: &mut Random) {
        let mut faults = self.faults();
        for path in std::mem::take(&mut faults.unsynced_names) {
            let _ = fs::remove_file(path);
        }
        for (path, synced) in &faults.synced {
            let Ok(mut bytes) = fs::read(path) else { continue };
            let loose = bytes.len() as u64 - synced;
            let kept = *synced + random.below(loose + 1);
            if random.below(2) == 0 {
                bytes.truncate(kept as usize);
            } else {
                bytes[kept as usize..].fill(0);
            }
            fs::write(path, bytes).unwrap();
        }
    }
}

struct FaultFile {
    file: Box<dyn OpenFile>,
    path: PathBuf,
    faults: Arc<Mutex<Faults>>,
}

impl FileSystem for FaultFileSystem {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        Disk.create_folder(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        Disk.list(folder)
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn OpenFile>> {
        let mut faults = self.faults();
        if create && !path.exists() {
            if faults.read_only {
                return Err(io::ErrorKind::ReadOnlyFilesystem.into());
            }
            faults.unsynced_names.insert(path.to_owned());
            faults.synced.insert(path.to_owned(), 0);
        }
        let file = Disk.open(path, create)?;
        let length = file.length()?;
        faults.synced.entry(path.to_owned()).or_insert(length);
        Ok(Box::new(FaultFile { file, path: path.to_owned(), faults: Arc::clone(&self.faults) }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.faults().unsynced_names.retain(|path| path.parent() != Some(folder));
        Ok(())
    }

    fn free_bytes(&self, _folder: &Path) -> io::Result<u64> {
        Ok(self.faults().free.unwrap_or(u64::MAX))
    }
}

impl OpenFile for FaultFile {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut faults = self.faults.lock().unwrap();
        if faults.read_only {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        let Some(room) = faults.room else { return self.file.append(bytes) };
        let fits = bytes.len().min(room as usize);
        faults.room = Some(room - fits as u64);
        self.file.append(&bytes[..fits])?;
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.file.read_at(offset, length)
    }

    fn length(&self) -> io::Result<u64> {
        self.file.length()
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        let mut faults = self.faults.lock().unwrap();
        if faults.read_only {
            return Err(io::ErrorKind::ReadOnlyFilesystem.into());
        }
        if let Some(synced) = faults.synced.get_mut(&self.path) {
            *synced = length.min(*synced);
        }
        self.file.truncate(length)
    }

    fn sync(&self) -> io::Result<()> {
        let mut faults = self.faults.lock().unwrap();
        faults.syncs += 1;
        if let Some(gate) = faults.gate.take() {
            drop(faults);
            // An error means that the test holds nothing back any more.
            let _ = gate.recv();
            faults = self.faults.lock().unwrap();
            faults.gate = Some(gate);
        }
        match faults.syncs_until_failure {
            Some(0) => {
                faults.syncs_until_failure = None;
                return Err(io::Error::other("the disk did not take it"));
            }
            Some(left) => faults.syncs_until_failure = Some(left - 1),
            None => {}
        }
        let length = self.file.length()?;
        faults.synced.insert(self.path.clone(), length);
        Ok(())
    }
}

/// Numbers from a seed (SplitMix64): the same seed, the same test.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub(super) fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}
