//! What access records do to the index.

use super::{AccessRecord, Code, Device};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::store::contract::StoreError;

/// Applies one access record.
pub fn project(overlay: &mut Overlay<'_>, record: &AccessRecord) -> Result<(), StoreError> {
    match record {
        AccessRecord::PersonAdded(person) => overlay.put(keys::person(&person.id), person),
        AccessRecord::CodeIssued(code) => overlay.put(keys::code(&code.digest), code),
        AccessRecord::DeviceEnrolled(device) => {
            if spend(overlay, &device.code, &device.id)? {
                overlay.put(keys::device(&device.id), device);
            }
        }
        AccessRecord::DeviceWithdrawn { device, time_ms } => {
            if let Some(known) = overlay.value::<Device>(&keys::device(device))? {
                overlay.put(keys::device(device), &Device { withdrawn_ms: Some(*time_ms), ..known });
            }
        }
        AccessRecord::SessionOpened(session) => {
            if session.code.is_empty() || spend(overlay, &session.code, &session.digest)? {
                overlay.put(keys::session(&session.digest), session);
            }
        }
        AccessRecord::SessionClosed { digest } => overlay.remove(keys::session(digest)),
        AccessRecord::Milestone { name, time_ms } => overlay.put(keys::milestone(name), time_ms),
        AccessRecord::Audit { .. } => {}
    }
    Ok(())
}

/// The first who spends a code keeps it, should two have been on the way at once. False for the second.
fn spend(overlay: &mut Overlay<'_>, digest: &str, by: &str) -> Result<bool, StoreError> {
    let Some(code) = overlay.value::<Code>(&keys::code(digest))? else { return Ok(false) };
    match &code.spent_by {
        Some(spent_by) => Ok(spent_by == by),
        None => {
            overlay.put(keys::code(digest), &Code { spent_by: Some(by.to_owned()), ..code });
            Ok(true)
        }
    }
}
