//! What county staff bring in: settlements and fresh sign-in links. Each leaves an audit entry.

use super::{Intake, IntakeError, now_ms};
use crate::access::{AccessRecord, Code, Person, Role, code, session};
use crate::county::view::{Matter, Settlement};
use crate::fold::settle;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::record::JournalRecord;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::unit::{Level, Unit};

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

    /// A fresh sign-in code for a colleague.
    pub async fn staff_code(&self, by: &Person, name: &str, role: Role) -> Result<Issued, IntakeError> {
        self.staff_code_for(by, &new_person(name, role)?, code::SIGN_IN_CODE_MS).await
    }

    /// A fresh sign-in code for somebody who looks after one township.
    pub async fn township_clerk_code(&self, by: &Person, township: &str, name: &str) -> Result<Issued, IntakeError> {
        let unit = Unit::parse(township).map_err(|_| IntakeError::BadField("unit".to_owned()))?;
        if unit.level() != Level::Township || unit.county().as_str() != self.founded.county.code {
            return Err(IntakeError::BadField("unit".to_owned()));
        }
        let clerk = Person { unit: Some(unit.to_string()), ..new_person(name, Role::CountyClerk)? };
        self.staff_code_for(by, &clerk, code::SIGN_IN_CODE_MS).await
    }

    /// A fresh sign-in code for `person`.
    pub async fn staff_code_for(&self, by: &Person, person: &Person, good_for_ms: u64) -> Result<Issued, IntakeError> {
        let (issued, records) = issue(by, person, Vec::new(), Good { for_ms: good_for_ms, approved_later: false })?;
        self.commit(&records).await?;
        Ok(issued)
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
}

/// How long a code is good, and what for.
#[derive(Debug, Clone, Copy)]
pub struct Good {
    /// Milliseconds from now.
    pub for_ms: u64,
    /// The phone waits until somebody compared four digits.
    pub approved_later: bool,
}

/// A fresh code for `person`, and what is to be written down so that it is good.
pub(super) fn issue(
    by: &Person,
    person: &Person,
    grants: Vec<Grant>,
    good: Good,
) -> Result<(Issued, Vec<JournalRecord>), IntakeError> {
    let now_ms = now_ms();
    let (text, code) = code::issue(&person.id, grants, now_ms, good.for_ms)?;
    let code = Code { approved_later: good.approved_later, ..code };
    let expires_ms = code.expires_ms;
    let records = vec![
        AccessRecord::PersonAdded(person.clone()).to_journal(),
        audit(by, "issue_link", &person.id, now_ms),
        AccessRecord::CodeIssued(code).to_journal(),
    ];
    Ok((Issued { code: text, expires_ms }, records))
}

/// Somebody new, with a fresh id.
pub fn new_person(name: &str, role: Role) -> Result<Person, IntakeError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(IntakeError::BadField("person".to_owned()));
    }
    Ok(Person { id: uuid::Uuid::now_v7().to_string(), name: name.to_owned(), role, unit: None })
}

/// That somebody did something.
pub(super) fn audit(by: &Person, action: &str, about: &str, time_ms: u64) -> JournalRecord {
    let (by, action, about) = (by.id.clone(), action.to_owned(), about.chars().take(64).collect());
    AccessRecord::Audit { by, action, about, time_ms }.to_journal()
}
