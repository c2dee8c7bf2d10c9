//! What county staff bring in: settlements and fresh links. Each leaves an audit entry.

use super::{Intake, IntakeError, now_ms};
use crate::access::{AccessRecord, Person, Role, code, session};
use crate::county::view::{Matter, Settlement};
use crate::fold::settle;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::record::JournalRecord;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::unit::Unit;

/// A note's characters.
const NOTE_MAX: usize = 200;
/// A name's characters.
const NAME_MAX: usize = 50;

/// A fresh code with its end.
pub struct Issued {
    /// The code's text, for the link's fragment.
    pub code: String,
    /// Good until, ms.
    pub expires_ms: u64,
}

impl Intake {
    /// Settles a matter: a change at the heads the clerk was shown, signed by the county's key. Returns the matter as it
    /// then stands.
    pub async fn settle(&self, clerk: &Person, id: &str, settlement: &Settlement) -> Result<Matter, IntakeError> {
        let not_found = || IntakeError::NotFound(id.chars().take(40).collect());
        let note = settlement.note.trim();
        if note.is_empty() || note.chars().count() > NOTE_MAX {
            return Err(IntakeError::BadField("note".to_owned()));
        }
        if !is_plain_id(id) {
            return Err(not_found());
        }
        let matter: Matter = self.store.value(&keys::matter(id))?.ok_or_else(not_found)?;
        let now_ms = now_ms();
        let decision = settle::Decision {
            matter: &matter,
            chosen: settlement.chosen.as_deref(),
            note,
            heads: &settlement.heads,
            by: &clerk.name,
            at_ms: now_ms,
        };
        let chunks = settle::chunks(&*self.store, &decision)?;
        let (_, bytes) = Envelope::seal(&self.keys.signing, now_ms, None, now_ms, &chunks)?;
        let record = JournalRecord::Envelope { envelope: bytes.into(), received_ms: now_ms, by: clerk.id.clone() };
        let position = self.append(&[audit(clerk, "settle", id, now_ms), record]).await? + 1;
        self.progress.judged(position).await;
        self.store.value(&keys::matter(id))?.ok_or_else(not_found)
    }

    /// A fresh enrolment code for a phone of `unit`.
    pub async fn phone_code(
        &self,
        by: &Person,
        unit: &str,
        name: &str,
        good_for_ms: u64,
    ) -> Result<Issued, IntakeError> {
        let unit = Unit::parse(unit).map_err(|_| IntakeError::BadField("unit".to_owned()))?;
        if unit.county().as_str() != self.founded.county.code {
            return Err(IntakeError::BadField("unit".to_owned()));
        }
        let person = new_person(name, Role::Worker)?;
        self.phone_code_for(by, &person, &unit, good_for_ms).await
    }

    /// A fresh enrolment code for a phone of `unit`, bound to `person`.
    pub async fn phone_code_for(
        &self,
        by: &Person,
        person: &Person,
        unit: &Unit,
        good_for_ms: u64,
    ) -> Result<Issued, IntakeError> {
        let from = crate::access::grants::day_of(now_ms());
        let grant = Grant { unit: unit.to_string(), from, until: None };
        self.issue(by, person, vec![grant], good_for_ms).await
    }

    /// A fresh sign-in code for a colleague.
    pub async fn staff_code(&self, by: &Person, name: &str, role: Role) -> Result<Issued, IntakeError> {
        self.staff_code_for(by, &new_person(name, role)?, code::SIGN_IN_CODE_MS).await
    }

    /// A fresh sign-in code for `person`.
    pub async fn staff_code_for(&self, by: &Person, person: &Person, good_for_ms: u64) -> Result<Issued, IntakeError> {
        self.issue(by, person, Vec::new(), good_for_ms).await
    }

    /// A token for the API, for `person`.
    pub async fn api_token(&self, person: &Person) -> Result<String, IntakeError> {
        let (text, digest) = session::token()?;
        let session = crate::access::Session {
            digest,
            person_id: person.id.clone(),
            expires_ms: now_ms() + session::TOKEN_MS,
            code: String::new(),
        };
        self.commit(&[AccessRecord::SessionOpened(session).to_journal()]).await?;
        Ok(text)
    }

    async fn issue(
        &self,
        by: &Person,
        person: &Person,
        grants: Vec<Grant>,
        good_for_ms: u64,
    ) -> Result<Issued, IntakeError> {
        let now_ms = now_ms();
        let (text, code) = code::issue(&person.id, grants, now_ms, good_for_ms)?;
        let expires_ms = code.expires_ms;
        self.commit(&[
            AccessRecord::PersonAdded(person.clone()).to_journal(),
            audit(by, "issue_link", &person.id, now_ms),
            AccessRecord::CodeIssued(code).to_journal(),
        ])
        .await?;
        Ok(Issued { code: text, expires_ms })
    }
}

/// Somebody new, with a fresh id.
pub fn new_person(name: &str, role: Role) -> Result<Person, IntakeError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(IntakeError::BadField("person".to_owned()));
    }
    Ok(Person { id: uuid::Uuid::now_v7().to_string(), name: name.to_owned(), role })
}

/// That somebody did something.
pub(super) fn audit(by: &Person, action: &str, about: &str, time_ms: u64) -> JournalRecord {
    let (by, action, about) = (by.id.clone(), action.to_owned(), about.chars().take(64).collect());
    AccessRecord::Audit { by, action, about, time_ms }.to_journal()
}
