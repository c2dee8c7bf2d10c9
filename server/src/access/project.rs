//! What access records do to the index.

use super::{AccessRecord, Code, Device, DeviceGrants, WithdrawReason};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::store::contract::StoreError;
use std::collections::BTreeSet;
use zoufang_sync_protocol::exchange::Grant;

/// Applies one access record.
pub fn project(overlay: &mut Overlay<'_>, record: &AccessRecord) -> Result<(), StoreError> {
    match record {
        AccessRecord::PersonAdded(person) => overlay.put(keys::person(&person.id), person),
        AccessRecord::CodeIssued(code) => overlay.put(keys::code(&code.digest), code),
        AccessRecord::DeviceEnrolled(device) => {
            if spend(overlay, &device.code, &device.id)? {
                overlay.put(keys::device(&device.id), device);
                overlay.remove(keys::waiting_device(&device.id));
            }
        }
        AccessRecord::DeviceWithdrawn { device, time_ms, reason } => withdraw(overlay, device, *time_ms, *reason)?,
        AccessRecord::SessionOpened(session) => {
            if session.code.is_empty() || spend(overlay, &session.code, &session.digest)? {
                overlay.put(keys::session(&session.digest), session);
            }
        }
        AccessRecord::SessionClosed { digest } => overlay.remove(keys::session(digest)),
        AccessRecord::Milestone { name, time_ms } => overlay.put(keys::milestone(name), time_ms),
        AccessRecord::PostTaken(post) => overlay.put(keys::post(&post.unit, &post.person), post),
        AccessRecord::PostLeft(post) => overlay.remove(keys::post(&post.unit, &post.person)),
        AccessRecord::DeviceGranted { device, grants, others, person, code, .. } => {
            grant(overlay, device, grants, (person.as_deref(), others), code)?;
        }
        AccessRecord::EnrolmentWaits(waiting) => {
            if spend(overlay, &waiting.code, &waiting.device)? {
                overlay.put(keys::waiting_device(&waiting.device), waiting);
            }
        }
        AccessRecord::CodeTried { digest } => try_code(overlay, digest)?,
        AccessRecord::CodeEnded { digest } => {
            if let Some(code) = overlay.value::<Code>(&keys::code(digest))? {
                overlay.put(keys::code(digest), &Code { expires_ms: 0, ..code });
            }
        }
        AccessRecord::UnsentTold { device, unsent: Some(unsent) } => overlay.put(keys::unsent(device), unsent),
        AccessRecord::UnsentTold { device, unsent: None } => overlay.remove(keys::unsent(device)),
        AccessRecord::Audit { .. } | AccessRecord::HeldDecided(_) => {}
    }
    Ok(())
}

fn withdraw(overlay: &mut Overlay<'_>, device: &str, time_ms: u64, reason: WithdrawReason) -> Result<(), StoreError> {
    if let Some(known) = overlay.value::<Device>(&keys::device(device))? {
        let withdrawn_ms = known.withdrawn_ms.or(Some(time_ms));
        overlay.put(keys::device(device), &Device { withdrawn_ms, withdrawn: Some(reason), ..known });
    }
    Ok(())
}

/// The version rises by one, so that the device hears of it.
fn grant(
    overlay: &mut Overlay<'_>,
    device: &str,
    grants: &[Grant],
    (person, others): (Option<&str>, &[String]),
    code: &str,
) -> Result<(), StoreError> {
    let Some(known) = overlay.value::<Device>(&keys::device(device))? else { return Ok(()) };
    if !code.is_empty() {
        if !spend(overlay, code, device)? {
            return Ok(());
        }
        overlay.remove(keys::waiting_device(device));
    }
    let grants = DeviceGrants { version: known.grants.version + 1, grants: grants.to_vec() };
    let before: Vec<String> = known.users().map(str::to_owned).collect();
    let person_id = person.map_or(known.person_id, str::to_owned);
    let mut now = Device { grants, person_id, others: others.to_vec(), ..known };
    now.former.extend(before);
    let former: BTreeSet<String> = std::mem::take(&mut now.former).into_iter().collect();
    now.former = former.into_iter().filter(|person| now.users().all(|user| user != person)).collect();
    overlay.put(keys::device(device), &now);
    Ok(())
}

fn try_code(overlay: &mut Overlay<'_>, digest: &str) -> Result<(), StoreError> {
    if let Some(code) = overlay.value::<Code>(&keys::code(digest))? {
        overlay.put(keys::code(digest), &Code { tries: code.tries + 1, ..code });
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
