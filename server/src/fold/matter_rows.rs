//! Matters as rows: written under all their keys, and taken away when their record is folded anew.
//!
//! Always true: a matter is open exactly while it stands under its `open` key. Deliberately not here: what is a matter.

use super::author::device_name;
use crate::access::held::{HeldChoice, HeldDecision};
use crate::county::view::{Matter, MatterKind, MatterValue, SettledMatter};
use crate::rows::counting::short_digest;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{Author, HeldChunk};
use crate::store::contract::{Position, StoreError};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::Chunk;

/// Writes a matter under all its keys.
pub fn put_matter(overlay: &mut Overlay<'_>, matter: &Matter) {
    overlay.put(keys::matter(&matter.id), matter);
    match matter.settled {
        None => overlay.put_bytes(keys::open_matter(&matter.id), Vec::new()),
        Some(_) => overlay.remove(keys::open_matter(&matter.id)),
    }
    matter.record_ids.iter().for_each(|record| {
        overlay.put_bytes(keys::matter_of(record, &matter.id), Vec::new());
    });
}

/// Removes the matters of a record that come from its own document; doubles stay.
pub fn remove_matters_of(overlay: &mut Overlay<'_>, record: &str) -> Result<(), StoreError> {
    let prefix = keys::matter_of(record, "");
    for (key, _) in overlay.all(&prefix)? {
        let id = String::from_utf8_lossy(&key[prefix.len()..]).into_owned();
        let is_double =
            overlay.value::<Matter>(&keys::matter(&id))?.is_some_and(|matter| matter.kind == MatterKind::Double);
        if !is_double {
            overlay.remove(keys::open_matter(&id));
            overlay.remove(keys::matter(&id));
            overlay.remove(key);
        }
    }
    Ok(())
}

/// The matter of a chunk that was not published.
pub fn withheld(kind: MatterKind, code: &str, author: &Author, chunk: &Chunk, index: u64) -> Matter {
    let unit = Address::parse(&chunk.address).map(|address| address.unit.to_string()).unwrap_or_default();
    let value = MatterValue {
        id: author.envelope.clone(),
        value: serde_json::json!({ "address": chunk.address, "bytes": chunk.payload.len() }),
        author: author.person.clone(),
        device: device_name(author),
        written_ms: author.written_ms,
        shown: false,
    };
    Matter {
        id: short_digest(&format!("withheld\0{}\0{index}", author.envelope)),
        kind,
        unit,
        person_name: String::new(),
        record_ids: Vec::new(),
        field: None,
        values: vec![value],
        heads: Vec::new(),
        standard_fen: None,
        code: Some(code.to_owned()),
        settled: None,
    }
}

/// Keeps a chunk from outside a grant: the matter, and where the chunk is.
pub fn put_held(overlay: &mut Overlay<'_>, position: Position, author: &Author, chunk: &Chunk, index: u64) {
    let matter = withheld(MatterKind::Held, "held_outside_grant", author, chunk, index);
    let held = HeldChunk { position, chunk: index, address: chunk.address.clone(), accepted: Vec::new() };
    overlay.put(keys::held(&matter.id), &held);
    put_matter(overlay, &matter);
}

/// What the county's decision does: an accepted chunk waits for the judge again, without the grant rule.
pub fn decide(overlay: &mut Overlay<'_>, decision: &HeldDecision) -> Result<(), StoreError> {
    let Some(mut matter) = overlay.value::<Matter>(&keys::matter(&decision.matter))? else { return Ok(()) };
    let Some(mut held) = overlay.value::<HeldChunk>(&keys::held(&decision.matter))? else { return Ok(()) };
    let is_released = overlay.bytes(&keys::released(held.position, held.chunk))?.is_some();
    let closed = |chosen: &str| {
        let (note, by) = (decision.note.clone(), decision.by.clone());
        Some(SettledMatter { chosen: Some(chosen.to_owned()), note, by, at_ms: decision.time_ms })
    };
    match decision.choice {
        // Published is published: what is decided after that changes nothing.
        _ if is_released => return Ok(()),
        HeldChoice::Accepted => {
            matter.settled = closed("accepted");
            overlay.put_bytes(keys::released(held.position, held.chunk), Vec::new());
            overlay.put_bytes(keys::pending(held.position, held.chunk), Vec::new());
        }
        HeldChoice::AcceptedInPart => {
            held.accepted.extend(decision.records.iter().cloned());
            held.accepted.sort();
            held.accepted.dedup();
            overlay.put(keys::held(&decision.matter), &held);
        }
        HeldChoice::Declined => matter.settled = closed("declined"),
        HeldChoice::Reopened => matter.settled = None,
    }
    put_matter(overlay, &matter);
    Ok(())
}
