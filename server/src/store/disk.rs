//! How much room a disk has, for all that write to one.
//!
//! Always true: root's reserve does not count. Deliberately not here: how much has to stay free, which each writer knows.

use std::io;
use std::path::Path;

/// Bytes that may still be written on the disk of this folder.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let space = rustix::fs::statvfs(folder)?;
    Ok(space.f_bavail.saturating_mul(space.f_frsize))
}
