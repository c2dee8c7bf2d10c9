//! The judge of chunks: bytes in, verdict out.
//!
//! Bytes from outside are hostile until proved otherwise: Automerge panics on some. The judge is a pure function, so
//! that it can later run in a child process with limits on memory and time. What merely breaks a register's schema **is**
//! admitted (its row is marked invalid): a withheld change would block all that follows it in its document.
//! Deliberately not here: grants, and folding what was admitted.

mod shape;

use automerge::{AutoCommit, ReadDoc};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zoufang_sync_protocol::envelope::Encoding;
use zoufang_sync_protocol::limits;

/// What the judge says of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Good.
    Admit,
    /// Depends on changes that are not there yet.
    Park,
    /// Not admitted.
    Quarantine {
        /// Stable code.
        code: &'static str,
    },
}

/// Judges `payload` against the saved `document` (empty for a new one).
pub fn judge(document: &[u8], encoding: u8, payload: &[u8]) -> Verdict {
    if payload.len() > limits::CHUNK_BYTES_MAX {
        return Verdict::Quarantine { code: "chunk_too_large" };
    }
    if encoding != Encoding::Bundle as u8 && encoding != Encoding::Changes as u8 {
        return Verdict::Quarantine { code: "chunk_encoding_unknown" };
    }
    catch_unwind(AssertUnwindSafe(|| apply(document, payload)))
        .unwrap_or(Verdict::Quarantine { code: "chunk_broke_the_engine" })
}

fn apply(document: &[u8], payload: &[u8]) -> Verdict {
    let quarantine = |code| Verdict::Quarantine { code };
    let Ok(mut scratch) = load(document) else { return quarantine("document_unreadable") };
    let before = scratch.get_heads();
    if scratch.load_incremental(payload).is_err() {
        return quarantine("chunk_unreadable");
    }
    if !scratch.get_missing_deps(&[]).is_empty() {
        return Verdict::Park;
    }
    let added = scratch.get_changes(&before);
    if let Err(code) = shape::check(&scratch, &added) {
        return quarantine(code);
    }
    let saved = scratch.save();
    if saved.len() > limits::DOCUMENT_BYTES_MAX {
        return quarantine("document_too_large");
    }
    let heads_again = AutoCommit::load(&saved).map(|mut again| again.get_heads());
    if heads_again.is_ok_and(|heads| heads == scratch.get_heads()) {
        Verdict::Admit
    } else {
        quarantine("document_does_not_come_back")
    }
}

/// Which of `others` a withheld `payload` rests on, by index: they bring changes that it lacks, or that one of those lacks.
/// Empty if it lacks nothing, or nothing that is here.
pub fn needed(document: &[u8], payload: &[u8], others: &[&[u8]]) -> Vec<usize> {
    catch_unwind(AssertUnwindSafe(|| find_needed(document, payload, others))).unwrap_or_default()
}

fn find_needed(document: &[u8], payload: &[u8], others: &[&[u8]]) -> Vec<usize> {
    let Ok(mut scratch) = load(document) else { return Vec::new() };
    if scratch.load_incremental(payload).is_err() {
        return Vec::new();
    }
    let mut found = Vec::new();
    loop {
        let missing = scratch.get_missing_deps(&[]);
        let brings = |(index, other): &(usize, &&[u8])| {
            let mut tried = scratch.clone();
            !found.contains(index)
                && tried.load_incremental(other).is_ok()
                && missing.iter().any(|hash| !tried.get_missing_deps(&[]).contains(hash))
        };
        let Some((index, other)) = others.iter().enumerate().find(brings) else { return found };
        if scratch.load_incremental(other).is_err() {
            return found;
        }
        found.push(index);
    }
}

/// Loads a saved document; empty bytes are a new one.
pub fn load(document: &[u8]) -> Result<AutoCommit, automerge::AutomergeError> {
    if document.is_empty() { Ok(AutoCommit::new()) } else { AutoCommit::load(document) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::transaction::Transactable;
    use automerge::{ObjType, ROOT};
    use zoufang_sync_protocol::document::write_record;
    use zoufang_sync_protocol::record::Record;

    fn bundle_of(document: &mut AutoCommit) -> Vec<u8> {
        let hashes: Vec<_> = document.get_changes(&[]).iter().map(automerge::Change::hash).collect();
        document.bundle(hashes).unwrap().bytes().to_vec()
    }

    #[test]
    fn a_record_is_admitted_and_known_again() {
        let mut phone = AutoCommit::new();
        write_record(&mut phone, "r1", &Record::from([("note".into(), "米".into())])).unwrap();
        let payload = bundle_of(&mut phone);
        assert_eq!(judge(&[], 1, &payload), Verdict::Admit);
        assert_eq!(judge(&phone.save(), 1, &payload), Verdict::Admit);
    }

    #[test]
    fn what_is_not_a_record_is_quarantined() {
        let mut phone = AutoCommit::new();
        let list = phone.put_object(ROOT, "r1", ObjType::List).unwrap();
        phone.insert(&list, 0, 1).unwrap();
        assert_eq!(judge(&[], 1, &bundle_of(&mut phone)), Verdict::Quarantine { code: "chunk_shape" });
        let mut phone = AutoCommit::new();
        write_record(&mut phone, "r1/r2", &Record::from([("note".into(), "米".into())])).unwrap();
        assert_eq!(judge(&[], 1, &bundle_of(&mut phone)), Verdict::Quarantine { code: "chunk_shape" });
        assert_eq!(judge(&[], 1, b"nonsense"), Verdict::Quarantine { code: "chunk_unreadable" });
        assert_eq!(judge(&[], 9, b""), Verdict::Quarantine { code: "chunk_encoding_unknown" });
    }

    #[test]
    fn what_depends_on_the_unknown_is_parked() {
        let mut phone = AutoCommit::new();
        write_record(&mut phone, "r1", &Record::from([("a".into(), 1.into())])).unwrap();
        let first = phone.get_heads();
        write_record(&mut phone, "r1", &Record::from([("a".into(), 2.into())])).unwrap();
        let later: Vec<_> = phone.get_changes(&first).iter().map(automerge::Change::hash).collect();
        let payload = phone.bundle(later).unwrap().bytes().to_vec();
        assert_eq!(judge(&[], 1, &payload), Verdict::Park);
    }
}
