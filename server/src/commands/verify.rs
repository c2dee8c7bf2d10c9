//! `zoufang verify`: is every byte of the journal what was written?
//!
//! Always true: changes nothing. Deliberately not here: walking the journal (the store's), mending it.

use super::CommandError;
use super::ready::print;
use crate::store::contract::StoreError;
use std::fmt::Write as _;

/// What a walk through the whole journal found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Good records.
    pub records: u64,
    /// Files of the journal.
    pub segments: u64,
    /// Bytes read and proved.
    pub bytes: u64,
    /// Bytes at the end that a crash cut short; no receipt was given for them.
    pub torn_bytes: u64,
    /// The chain's last link.
    pub digest: [u8; 32],
}

/// Prints what was found; damage is an error.
pub fn verify(found: Result<Verified, StoreError>) -> Result<(), CommandError> {
    let Verified { records, segments, bytes, torn_bytes, digest } = found?;
    let digest = digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    let mut words = format!(
        "日志完好：{records} 条记录，{segments} 个文件，{bytes} 字节。\
         \nThe journal is sound: {records} records, {segments} files, {bytes} bytes.\n{digest}"
    );
    if torn_bytes > 0 {
        // Writing to a string cannot fail.
        let _ = write!(
            words,
            "\n末尾有 {torn_bytes} 字节没有写完（未曾回执），下次启动时会清除。\
             \n{torn_bytes} bytes at the end were never finished (nobody has a receipt for them); the next start removes them."
        );
    }
    print(&words)
}
