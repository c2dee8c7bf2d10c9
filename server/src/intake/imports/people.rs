//! Corrections of people at the county.
//!
//! Always true: a correction changes the person as they stand, never what the last import said, so that the next import
//! sees both. Deliberately not here: looking people up (`county/roster/people`).

use super::super::county::audit;
use super::sealed;
use crate::access::{AccessError, Person};
use crate::county::roster::identity::{self, Verdict};
use crate::county::roster::known::Known;
use crate::county::roster::people::corrected;
use crate::county::roster::standing::Standing;
use crate::county::view::{ImportKind, RosterCorrection};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::roster::{KnownPerson, RosterChange, SealedIdentity, kind_of, line_key};
use crate::rows::table::{RosterEntry, TableRecord};
use crate::store::contract::StoreError;
use zoufang_sync_protocol::document::is_plain_id;

/// Why a citizen number that was typed is not taken. A list's number may be odd, since nobody has its card at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberRefused {
    /// Not 18 or 15 digits with a date in them.
    #[error("not a citizen number")]
    Malformed,
    /// The last digit does not follow from the others.
    #[error("check digit")]
    CheckDigit,
    /// Somebody else on the same list has it.
    #[error("somebody else has this number")]
    Taken,
}

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
        let identity = match &correction.identity_number {
            Some(typed) => self.put_right(&entry, kind, before.identity.as_ref(), typed)?,
            None => before.identity.clone(),
        };
        let after = KnownPerson { entry: Some(entry), identity, ..before.clone() };
        if after != before {
            let change = RosterChange { person_ref: id.to_owned(), kind, before, after: after.clone() };
            let record = TableRecord::Corrected { change: Box::new(change) };
            self.commit(&[audit(clerk, "correct_person", id, now_ms()), record.to_journal()]).await?;
        }
        drop(alone);
        self.bring_lists().await?;
        Ok(after)
    }

    /// A number that was typed, sealed; what the list said is remembered beside it.
    fn put_right(
        &self,
        entry: &RosterEntry,
        kind: ImportKind,
        kept: Option<&SealedIdentity>,
        typed: &str,
    ) -> Result<Option<SealedIdentity>, IntakeError> {
        let found = identity::identity(typed, |_| true);
        match found.verdict {
            Verdict::Malformed => return Err(NumberRefused::Malformed.into()),
            Verdict::WrongCheckDigit => return Err(NumberRefused::CheckDigit.into()),
            Verdict::Valid | Verdict::FifteenDigits | Verdict::UnknownPrefix => {}
        }
        let number = identity::of_eighteen(&found.number);
        let key = line_key(&number, entry.notice());
        let (id, digest) = (entry.person_ref.as_str(), sealed::digest(&self.keys, &key));
        if kept.is_some_and(|kept| kept.digest == digest) {
            return Ok(kept.cloned());
        }
        let has_it = |person: &KnownPerson| {
            let stands = person.entry.as_ref().is_some_and(|entry| !entry.gone);
            stands && person.identity.as_ref().is_some_and(|identity| identity.digest == digest)
        };
        let known = Known::read(&*self.store, kind, &Standing::on(&[], ""))?;
        if known.people.iter().any(|(other, person)| other != id && has_it(person)) {
            return Err(NumberRefused::Taken.into());
        }
        let last = kept.map(|kept| kept.last.as_ref().unwrap_or(&kept.digest).clone());
        let last = last.filter(|last| *last != digest);
        let sealed = sealed::sealed(&self.keys, id, &number, &digest).ok_or(AccessError::Cryptography)?;
        Ok(Some(SealedIdentity { last, ..sealed }))
    }
}
