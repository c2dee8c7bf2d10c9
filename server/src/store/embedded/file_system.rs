//! What the journal and the value files need of a file system, as a trait, so that tests can tear, fail and fill it.
//!
//! Always true: `append` either writes all bytes or fails, and may then have written some; `sync` means bytes and
//! length are on the disk; a new or removed name is on the disk only after `sync_folder`.
//! Deliberately not here: sled's files (sled opens them itself), what the bytes mean, retrying.

use crate::store::disk;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

/// Files and folders by path.
pub trait FileSystem: Send + Sync {
    /// Makes a folder and those above it; one that exists is fine.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Names in a folder, ascending.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Opens a file for reading and appending; `create` makes it if it is not there.
    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn OpenFile>>;
    /// Gives a file another name, replacing what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Bytes that may still be written on the disk of this folder.
    fn free_bytes(&self, folder: &Path) -> io::Result<u64>;
}

/// One open file.
pub trait OpenFile: Send + Sync {
    /// Writes all bytes at the end.
    fn append(&self, bytes: &[u8]) -> io::Result<()>;
    /// Reads exactly `length` bytes at `offset`, or fewer where the file ends.
    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>>;
    /// Its length.
    fn length(&self) -> io::Result<u64>;
    /// Cuts it to `length`.
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// Makes its bytes and length durable.
    fn sync(&self) -> io::Result<()>;
}

/// The machine's own file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn open(&self, path: &Path, create: bool) -> io::Result<Box<dyn OpenFile>> {
        // Appending needs the right to write; a folder that is only read (a mounted backup) has none and needs none.
        let opened = OpenOptions::new().read(true).append(true).create(create).open(path);
        let file = match opened {
            Err(error) if !create && is_read_only(&error) => File::open(path)?,
            other => other?,
        };
        Ok(Box::new(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    fn free_bytes(&self, folder: &Path) -> io::Result<u64> {
        disk::free_bytes(folder)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

impl OpenFile for File {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self;
        file.write_all(bytes)
    }

    fn read_at(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let left = self.metadata()?.len().saturating_sub(offset);
        // A damaged length must not make us ask for more memory than the file has bytes.
        let length = length.min(usize::try_from(left).unwrap_or(usize::MAX));
        let mut bytes = vec![0; length];
        self.read_exact_at(&mut bytes, offset)?;
        Ok(bytes)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}
