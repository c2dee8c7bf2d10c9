//! Photos: files named by the SHA-256 of what they hold, uploaded in as many pieces as the signal allows.
//!
//! Always true: a photo stands under its name whole and durable (written aside, synced, renamed, folder synced), or not at all;
//! a part that was cut stays and goes on where it ended, also after a kill; what carries metadata is refused **and its bytes are
//! deleted**, since they may say where somebody lives: the one case in which the county keeps no copy of what it refused. While
//! the disk fills up, photos stop well before records do.
//! Deliberately not here: who may bring or see a photo, HTTP, and records, which name photos by hash.

pub mod picture;

use crate::store::disk;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// A photo's bytes. Phones shrink theirs to some 120 KB; a sign sheet that stays readable has up to 400 KB.
pub const PHOTO_BYTES_MAX: u64 = 512 * 1024;
/// Photos that one device has begun and not ended: a day's visits with two photos each, of which most get through.
pub const PARTS_PER_DEVICE_MAX: usize = 32;

/// Nothing more is taken while less than this is free, bytes: twice what the journal keeps for itself.
const FREE_FLOOR: u64 = 128 * 1024 * 1024;

/// A part that nobody has gone on with for so long is given up: the phone was lost or withdrawn.
const PART_KEPT: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The room.
pub struct PhotoRoom {
    folder: PathBuf,
    free_floor: u64,
    /// Held while parts are looked at or written: two requests for one photo do not mix.
    writing: Mutex<()>,
}

/// An upload that has not ended: its name says whose it is, which photo, and how long the whole will be.
struct Part {
    path: PathBuf,
    hash: String,
    length: u64,
}

/// How far a photo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Bytes that are here.
    pub offset: u64,
    /// Bytes of the whole; equal: the photo stands under its name.
    pub length: u64,
}

/// Why a photo or a part of it was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// Not the SHA-256 of anything: 64 hexadecimal digits in lower case.
    #[error("not a hash")]
    NotAHash,
    /// Nothing of it is here.
    #[error("no such photo")]
    NotFound,
    /// Empty, or over [`PHOTO_BYTES_MAX`].
    #[error("{0} bytes")]
    Size(u64),
    /// The part goes on elsewhere.
    #[error("the part ends at {0}")]
    Offset(u64),
    /// The bytes are not those of the name.
    #[error("another hash")]
    HashMismatch,
    /// Neither JPEG nor WebP, or cut.
    #[error("not a picture")]
    NotAPicture,
    /// EXIF, XMP, a comment, or anything else beside the picture.
    #[error("metadata")]
    Metadata,
    /// No disk left.
    #[error("disk full: {0}")]
    Full(String),
    /// The disk failed.
    #[error("{0}")]
    Failed(String),
}

impl PhotoRoom {
    /// The room in `folder`, which is made when the first photo comes.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, free_floor: FREE_FLOOR, writing: Mutex::default() }
    }

    /// Ends what a kill left unended, and takes away parts that nobody goes on with.
    pub fn tidy_up(&self, now: SystemTime) -> Result<(), PhotoError> {
        let _alone = self.alone();
        for part in self.parts("")? {
            let age = modified(&part.path).ok().and_then(|moment| now.duration_since(moment).ok());
            if age.is_some_and(|age| age > PART_KEPT) {
                fs::remove_file(&part.path).map_err(failed)?;
            } else if let Err(PhotoError::Failed(reason) | PhotoError::Full(reason)) = self.end(&part) {
                return Err(PhotoError::Failed(reason));
            }
        }
        Ok(())
    }

    /// How far `device`'s upload of a photo is; whole, if anybody's has ended.
    pub fn standing(&self, device: &str, hash: &str) -> Result<Standing, PhotoError> {
        let _alone = self.alone();
        self.known(device, hash)
    }

    /// Begins an upload of `length` bytes, or finds the one that was begun. With another length it begins anew.
    pub fn begin(&self, device: &str, hash: &str, length: u64) -> Result<Standing, PhotoError> {
        let _alone = self.alone();
        match self.known(device, hash) {
            Err(PhotoError::NotFound) => {}
            Ok(standing) if standing.length != length && standing.offset < standing.length => {
                self.forget(device, hash)?
            }
            known => return known,
        }
        if length == 0 || length > PHOTO_BYTES_MAX {
            return Err(PhotoError::Size(length));
        }
        self.make_room(device)?;
        let parts = self.parts_folder();
        fs::create_dir_all(&parts).map_err(failed)?;
        self.check_free()?;
        File::create(parts.join(format!("{device}-{hash}-{length}"))).map_err(failed)?;
        Ok(Standing { offset: 0, length })
    }

    /// Adds bytes at `offset`; with the last ones the photo is judged and put under its name.
    pub fn append(&self, device: &str, hash: &str, offset: u64, bytes: &[u8]) -> Result<Standing, PhotoError> {
        let _alone = self.alone();
        let standing = self.known(device, hash)?;
        if standing.offset != offset {
            return Err(PhotoError::Offset(standing.offset));
        }
        let reached = offset + bytes.len() as u64;
        if reached > standing.length {
            return Err(PhotoError::Size(reached));
        }
        let Some(part) = self.part(device, hash)? else { return Ok(standing) };
        self.check_free()?;
        let mut file = OpenOptions::new().append(true).open(&part.path).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        self.end(&part)?;
        Ok(Standing { offset: reached, length: standing.length })
    }

    /// The bytes of a whole photo, proved against its name.
    pub fn read(&self, hash: &str) -> Result<Vec<u8>, PhotoError> {
        check_hash(hash)?;
        match fs::read(self.path(hash)) {
            Ok(bytes) if hash_of(&bytes) == hash => Ok(bytes),
            Ok(_) => Err(PhotoError::Failed(format!("{}: not the photo that was kept", self.path(hash).display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(PhotoError::NotFound),
            Err(error) => Err(failed(error)),
        }
    }

    /// What stands on the disk; a part that has all its bytes is ended first, so that whole always means kept.
    fn known(&self, device: &str, hash: &str) -> Result<Standing, PhotoError> {
        check_hash(hash)?;
        if let Some(part) = self.part(device, hash)? {
            self.end(&part)?;
        }
        if let Ok(whole) = fs::metadata(self.path(hash)) {
            return Ok(Standing { offset: whole.len(), length: whole.len() });
        }
        let part = self.part(device, hash)?.ok_or(PhotoError::NotFound)?;
        Ok(Standing { offset: fs::metadata(&part.path).map_err(failed)?.len(), length: part.length })
    }

    /// Puts a part that has all its bytes under its name, durably, or deletes it where it is refused.
    fn end(&self, part: &Part) -> Result<(), PhotoError> {
        if fs::metadata(&part.path).map_err(failed)?.len() < part.length {
            return Ok(());
        }
        let bytes = fs::read(&part.path).map_err(failed)?;
        if let Err(fault) = judge(&part.hash, &bytes) {
            fs::remove_file(&part.path).map_err(failed)?;
            return Err(fault);
        }
        let path = self.path(&part.hash);
        let shelf = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(shelf).map_err(failed)?;
        File::open(&part.path).and_then(|file| file.sync_all()).map_err(failed)?;
        fs::rename(&part.path, &path).map_err(failed)?;
        for folder in [Some(shelf), Some(&*self.folder), self.folder.parent()].into_iter().flatten() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        // Whoever else was under way with the same photo need not go on.
        let others = self.parts("")?.into_iter().filter(|other| other.hash == part.hash);
        others.into_iter().try_for_each(|other| fs::remove_file(other.path)).map_err(failed)
    }

    /// The oldest part of a device gives way to a new one; the phone, which has the photo, begins it anew.
    fn make_room(&self, device: &str) -> Result<(), PhotoError> {
        let parts = self.parts(device)?;
        if parts.len() < PARTS_PER_DEVICE_MAX {
            return Ok(());
        }
        let oldest = parts.into_iter().min_by_key(|part| modified(&part.path).ok());
        oldest.map_or(Ok(()), |part| fs::remove_file(part.path)).map_err(failed)
    }

    fn check_free(&self) -> Result<(), PhotoError> {
        let free = disk::free_bytes(&self.folder).map_err(failed)?;
        if free < self.free_floor { Err(PhotoError::Full(format!("{free} bytes are free"))) } else { Ok(()) }
    }

    fn forget(&self, device: &str, hash: &str) -> Result<(), PhotoError> {
        self.part(device, hash)?.map_or(Ok(()), |part| fs::remove_file(part.path)).map_err(failed)
    }

    fn part(&self, device: &str, hash: &str) -> Result<Option<Part>, PhotoError> {
        Ok(self.parts(device)?.into_iter().find(|part| part.hash == hash))
    }

    /// Parts of a device; `""`: of all.
    fn parts(&self, device: &str) -> Result<Vec<Part>, PhotoError> {
        let entries = match fs::read_dir(self.parts_folder()) {
            Ok(entries) => entries.collect::<io::Result<Vec<_>>>().map_err(failed)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(failed(error)),
        };
        let parts = entries.into_iter().filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut pieces = name.split('-');
            let (owner, hash, length) = (pieces.next()?, pieces.next()?, pieces.next()?.parse().ok()?);
            (device.is_empty() || owner == device).then(|| Part { path: entry.path(), hash: hash.to_owned(), length })
        });
        Ok(parts.collect())
    }

    fn parts_folder(&self) -> PathBuf {
        self.folder.join("parts")
    }

    fn path(&self, hash: &str) -> PathBuf {
        self.folder.join(&hash[..2]).join(hash)
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn judge(hash: &str, bytes: &[u8]) -> Result<(), PhotoError> {
    if hash_of(bytes) != hash {
        return Err(PhotoError::HashMismatch);
    }
    let pieces = picture::pieces(bytes).ok_or(PhotoError::NotAPicture)?;
    if pieces.iter().any(|piece| piece.is_metadata) { Err(PhotoError::Metadata) } else { Ok(()) }
}

/// The name of a photo.
pub fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check_hash(hash: &str) -> Result<(), PhotoError> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if hash.len() == 64 && hash.bytes().all(is_digit) { Ok(()) } else { Err(PhotoError::NotAHash) }
}

fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

fn failed(error: io::Error) -> PhotoError {
    let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    if is_full { PhotoError::Full(error.to_string()) } else { PhotoError::Failed(error.to_string()) }
}

#[cfg(test)]
mod tests;
