//! Corrections of people at the county.
//!
//! Always true: a correction changes the person as they stand, never what the last import said, so that the next import
//! sees both. Deliberately not here: looking people up (`county/roster/people`).

use super::super::county::audit;
use crate::access::Person;
use crate::county::roster::people::corrected;
use crate::county::view::RosterCorrection;
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::roster::{KnownPerson, RosterChange, kind_of};
use crate::rows::table::TableRecord;
use crate::store::contract::StoreError;
use zoufang_sync_protocol::document::is_plain_id;

impl Intake {
    /// Somebody of any list.
    pub fn known_person(&self, person: &str) -> Result<KnownPerson, StoreError> {
        let entry = self.store.value(&keys::roster(person))?;
        let (imported, identity) =
            (self.store.value(&keys::imported(person))?, self.store.value(&keys::identity(person))?);
        Ok(KnownPerson { entry, imported, identity })
    }

    /// Takes a correction; the lists of villages follow.
    pub async fn correct_person(
        &self,
        clerk: &Person,
        id: &str,
        correction: &RosterCorrection,
    ) -> Result<KnownPerson, IntakeError> {
        let alone = self.tables.lock().await;
        let not_found = || IntakeError::NotFound(id.chars().take(40).collect());
        if !is_plain_id(id) {
            return Err(not_found());
        }
        let before = self.known_person(id)?;
        let entry = before.entry.clone().ok_or_else(not_found)?;
        let kind = kind_of(&entry).ok_or_else(not_found)?;
        let entry =
            corrected(&entry, correction, &self.tree()?).map_err(|field| IntakeError::BadField(field.to_owned()))?;
        let after = KnownPerson { entry: Some(entry), ..before.clone() };
        if after != before {
            let change = RosterChange { person_ref: id.to_owned(), kind, before, after: after.clone() };
            let record = TableRecord::Corrected { change: Box::new(change) };
            self.commit(&[audit(clerk, "correct_person", id, now_ms()), record.to_journal()]).await?;
        }
        drop(alone);
        self.bring_lists().await?;
        Ok(after)
    }
}
