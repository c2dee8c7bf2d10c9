//! What a row counts for, and names that rows share.
//!
//! Always true: the same rule is used when rows are folded and when they are summed up.

use crate::county::view::VisitRow;
use zoufang_sync_protocol::signature::digest;

/// Whether the row counts in reports: delivered, valid, not void. Doubles are looked at separately.
pub fn counts(row: &VisitRow) -> bool {
    row.outcome == "delivered" && row.void_reason.is_none() && row.invalid_fields.is_empty()
}

/// Stable id of the double of a campaign and person.
pub fn double_id(campaign: &str, person: &str) -> String {
    short_digest(&format!("double\0{campaign}\0{person}"))
}

/// Sixteen hexadecimal digits that name a matter.
pub fn short_digest(text: &str) -> String {
    digest(text.as_bytes())[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What people call a device: the first four hexadecimal digits of its id, in capitals.
pub fn short_device(device: &str) -> String {
    device.chars().take(4).collect::<String>().to_uppercase()
}
