//! What changes may look like: records in the root map, scalars in records, within the limits. Nothing else.

use automerge::legacy::{Key, ObjectId, OpType};
use automerge::{AutoCommit, Change, ObjType, ROOT, ReadDoc, Value};
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::limits;

/// Checks the changes that a chunk added to `document`; an error is a stable code.
pub(super) fn check(document: &AutoCommit, added: &[Change]) -> Result<(), &'static str> {
    if added.len() > limits::CHANGES_PER_CHUNK_MAX {
        return Err("chunk_too_many_changes");
    }
    let operations: usize = added.iter().map(Change::len).sum();
    let largest = added.iter().map(Change::len).max().unwrap_or_default();
    if operations > limits::OPERATIONS_PER_CHUNK_MAX || largest > limits::OPERATIONS_PER_CHANGE_MAX {
        return Err("chunk_too_many_operations");
    }
    if added.iter().any(|change| !change.decode().operations.iter().all(is_allowed)) {
        return Err("chunk_shape");
    }
    let only_records = document.keys(ROOT).all(|record| {
        is_plain_id(&record)
            && matches!(document.get(ROOT, record.as_str()), Ok(Some((Value::Object(ObjType::Map), _))))
    });
    if only_records { Ok(()) } else { Err("chunk_shape") }
}

fn is_allowed(operation: &automerge::legacy::Op) -> bool {
    if operation.insert || !matches!(operation.key, Key::Map(_)) {
        return false;
    }
    match (&operation.obj, &operation.action) {
        (ObjectId::Root, OpType::Make(kind)) => *kind == ObjType::Map,
        (ObjectId::Id(_), OpType::Put(value)) => match value {
            automerge::ScalarValue::Bytes(bytes) => bytes.len() <= limits::FIELD_BYTES_MAX && is_shallow_json(bytes),
            automerge::ScalarValue::Str(text) => text.len() <= limits::FIELD_BYTES_MAX,
            automerge::ScalarValue::Counter(_) | automerge::ScalarValue::Unknown { .. } => false,
            _ => true,
        },
        _ => false,
    }
}

fn is_shallow_json(bytes: &[u8]) -> bool {
    let mut depth = 0usize;
    let mut deepest = 0;
    for byte in bytes {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest <= limits::NESTING_MAX && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}
