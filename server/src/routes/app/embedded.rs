//! The app inside the binary, as `build.rs` listed it.
//!
//! Always true: nothing is read from disk. Deliberately not here: compressing (done when the binary was built).

use super::Asset;
use bytes::Bytes;

/// One built file.
struct File {
    path: &'static str,
    tag: &'static str,
    raw: &'static [u8],
    brotli: Option<&'static [u8]>,
}

/// Sorted by path.
static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/app.rs"));

pub(super) fn find(path: &str) -> Option<Asset> {
    let file = FILES.iter().find(|file| file.path == path)?;
    let (raw, brotli) = (Bytes::from_static(file.raw), file.brotli.map(Bytes::from_static));
    Some(Asset { tag: file.tag.to_owned(), raw, brotli })
}

/// The pages are always there.
pub(super) fn instead_of(_path: &str) -> Option<String> {
    None
}
