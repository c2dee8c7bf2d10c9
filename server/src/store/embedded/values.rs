//! Values that are too large for sled: one file each, named by a hash of key and value.
//!
//! Always true: a file appears under its name whole (written aside, then renamed) and proves itself when it is read; no
//! two keys share one. Deliberately not here: which files are still needed, and when they become durable.

use super::super::contract::StoreError;
use super::file_system::FileSystem;
use super::segment::Hash;
use super::walk::failed;
use super::writer::is_full;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of value files.
pub(super) struct Values {
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) folder: PathBuf,
}

/// The name of the file that holds `value` for `key`.
pub(super) fn name_of(key: &[u8], value: &[u8]) -> Hash {
    let length = (key.len() as u64).to_be_bytes();
    Sha256::new().chain_update(length).chain_update(key).chain_update(value).finalize().into()
}

impl Values {
    /// Writes a value, not yet durably.
    pub(super) fn write(&self, name: &Hash, value: &[u8]) -> Result<(), StoreError> {
        let path = self.path(name);
        let aside = path.with_extension("part");
        let write = || -> io::Result<()> {
            self.files.create_folder(&self.shelf(name))?;
            let file = self.files.open(&aside, true)?;
            // An attempt that found the disk full may have left some bytes here.
            file.truncate(0)?;
            file.append(value)?;
            self.files.rename(&aside, &path)
        };
        write().map_err(|error| {
            // Half a file takes room that is wanted elsewhere; if it stays, the next start removes it.
            let _ = self.files.remove(&aside);
            if is_full(&error) { StoreError::Full(error.to_string()) } else { failed(&path, &error) }
        })
    }

    /// Reads a value and checks that it is the one that was written.
    pub(super) fn read(&self, key: &[u8], name: &Hash) -> Result<Vec<u8>, StoreError> {
        let path = self.path(name);
        let read = || -> io::Result<Vec<u8>> {
            let file = self.files.open(&path, false)?;
            file.read_at(0, usize::try_from(file.length()?).unwrap_or(usize::MAX))
        };
        match read() {
            Ok(value) if name_of(key, &value) == *name => Ok(value),
            Ok(_) => Err(StoreError::Damaged(format!("{}: not the value that was written", path.display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Damaged(format!("{}: missing", path.display())))
            }
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// Makes values and their names durable.
    pub(super) fn sync<'a>(&self, names: impl Iterator<Item = &'a Hash>) -> Result<(), StoreError> {
        let mut shelves = BTreeSet::new();
        for name in names {
            let path = self.path(name);
            let synced = self.files.open(&path, false).and_then(|file| file.sync());
            synced.map_err(|error| failed(&path, &error))?;
            shelves.insert(self.shelf(name));
        }
        if !shelves.is_empty() {
            shelves.insert(self.folder.clone());
        }
        for shelf in shelves {
            self.files.sync_folder(&shelf).map_err(|error| failed(&shelf, &error))?;
        }
        Ok(())
    }

    /// Removes a value; one that is gone already is fine.
    pub(super) fn remove(&self, name: &Hash) -> Result<(), StoreError> {
        self.discard(&self.path(name))
    }

    /// Removes every file that is not in `needed`: what a crash, or a cleared index, left behind. One that is needed
    /// and not there is damage.
    pub(super) fn keep_only(&self, needed: &HashSet<Hash>) -> Result<(), StoreError> {
        let mut needed: HashSet<PathBuf> = needed.iter().map(|name| self.path(name)).collect();
        self.files.create_folder(&self.folder).map_err(|error| failed(&self.folder, &error))?;
        for shelf in self.list(&self.folder)? {
            for path in self.list(&shelf)? {
                if !needed.remove(&path) {
                    self.discard(&path)?;
                }
            }
        }
        match needed.into_iter().next() {
            Some(path) => Err(StoreError::Damaged(format!("{}: missing", path.display()))),
            None => Ok(()),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
        let names = self.files.list(folder).map_err(|error| failed(folder, &error))?;
        Ok(names.into_iter().map(|name| folder.join(name)).collect())
    }

    fn discard(&self, path: &Path) -> Result<(), StoreError> {
        match self.files.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(path, &error)),
            _ => Ok(()),
        }
    }

    fn shelf(&self, name: &Hash) -> PathBuf {
        self.folder.join(hex(&name[..1]))
    }

    /// Where the value of this name lies.
    pub(super) fn path(&self, name: &Hash) -> PathBuf {
        self.shelf(name).join(hex(&name[1..]))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
