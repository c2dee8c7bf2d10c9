//! Whose turn it is: records of each register that wait for a step of one level.
//!
//! Always true: void, invalid and doubled records wait for nobody; registers and their steps stand in the order of their
//! files, never by number. Deliberately not here: taking a step.

use super::rows;
use crate::county::measures::is_counted;
use crate::county::registers;
use crate::county::view::{RecordRow, Waiting};
use crate::store::contract::{Store, StoreError};
use std::borrow::Cow;
use zoufang_sync_protocol::unit::Unit;

/// What waits within `unit` for people of its level; nothing is left out but steps for which nothing waits. `read` are
/// all rows of one register in `unit`, read already.
pub fn waiting(store: &dyn Store, unit: &Unit, read: &[RecordRow]) -> Result<Vec<Waiting>, StoreError> {
    let mut found = Vec::new();
    for register in registers::all(store)?.iter() {
        let ours: Vec<&str> =
            register.steps.iter().filter(|step| step.by == unit.level()).map(|step| step.id.as_str()).collect();
        if ours.is_empty() {
            continue;
        }
        let rows = match read.first() {
            Some(row) if row.register == register.name => Cow::Borrowed(read),
            _ => Cow::Owned(rows(store, &register.name, unit.as_str())?),
        };
        for step in ours {
            let records = rows.iter().filter(|row| row.step == step && is_counted(row)).count() as u32;
            if records > 0 {
                found.push(Waiting { register: register.name.clone(), step: step.to_owned(), records });
            }
        }
    }
    Ok(found)
}
