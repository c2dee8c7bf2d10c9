//! One word on the disk: whether the next start may trust the index as it lies there.
//!
//! Always true: `closed` is written last, after all else was synced, and taken back before the index changes again.
//! Deliberately not here: what to do about it.

use super::file_system::FileSystem;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// What the last process left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// It ended well: everything was flushed.
    Closed,
    /// It was cut short, or is at work: value files may be missing or empty.
    Open,
    /// It found damage: the index is not to be used again.
    Damaged,
}

impl Condition {
    fn word(self) -> &'static [u8] {
        match self {
            Self::Closed => b"closed",
            Self::Open => b"open",
            Self::Damaged => b"damaged",
        }
    }
}

/// The file that holds the word.
pub(super) struct ConditionFile {
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) path: PathBuf,
}

impl ConditionFile {
    /// The word; a file that is missing or half written says `open`, which makes the next start look closely.
    pub(super) fn read(&self) -> Condition {
        let bytes = self.files.open(&self.path, false).and_then(|file| file.read_at(0, 16)).unwrap_or_default();
        let known = [Condition::Closed, Condition::Damaged];
        known.into_iter().find(|condition| condition.word() == bytes).unwrap_or(Condition::Open)
    }

    /// Writes the word and syncs it.
    pub(super) fn write(&self, condition: Condition) -> io::Result<()> {
        let file = self.files.open(&self.path, true)?;
        file.truncate(0)?;
        file.append(condition.word())?;
        file.sync()
    }
}
