//! Codes for the phones of a station, and the four digits that let a phone in whose code was printed.
//!
//! Always true: who gets a code for a station serves it; a fresh one takes the place of what the same person was given for
//! that station and nobody spent; a code for somebody who left is dead. Deliberately not here: spending a code (`enrol`).

use crate::access::enrol::{self, Effect, Spending};
use crate::access::posts::{self, CODE_TRIES_MAX, Post, WaitingDevice};
use crate::access::{AccessError, AccessRecord, Code, Person, Role, code, grants};
use crate::county::view::StationCode;
use crate::intake::county::{Good, Issued, audit, issue, new_person};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::{keys, table};
use crate::store::record::JournalRecord;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::unit::{Level, Unit};

/// One line of a printed sheet.
pub struct SheetCode {
    /// Village.
    pub unit: table::Unit,
    /// Whom the code is for; empty for a vacant station.
    pub person: String,
    /// The code; none for a vacant station.
    pub issued: Option<Issued>,
}

impl Good {
    /// A phone's code: for now, or for fourteen days and then approved.
    pub fn phone(approved_later: bool) -> Self {
        let for_ms = if approved_later { code::LATER_CODE_MS } else { code::PHONE_CODE_MS };
        Self { for_ms, approved_later }
    }
}

impl Intake {
    /// A fresh code for a phone of `unit`, for somebody new.
    pub async fn phone_code(
        &self,
        by: &Person,
        unit: &str,
        name: &str,
        good_for_ms: u64,
    ) -> Result<Issued, IntakeError> {
        let unit = self.unit_here(unit)?;
        self.phone_code_for(by, &new_person(name, Role::Worker)?, &unit, good_for_ms).await
    }

    /// A fresh code for a phone of `unit`, bound to `person`, who serves there from now on.
    pub async fn phone_code_for(
        &self,
        by: &Person,
        person: &Person,
        unit: &Unit,
        good_for_ms: u64,
    ) -> Result<Issued, IntakeError> {
        let _alone = self.people.lock().await;
        let (issued, records) =
            self.code_records(by, person, unit, Good { for_ms: good_for_ms, approved_later: false })?;
        self.commit(&records).await?;
        Ok(issued)
    }

    /// A fresh code for a phone of a station.
    pub async fn station_code(&self, by: &Person, unit: &str, asked: &StationCode) -> Result<Issued, IntakeError> {
        let unit = self.unit_here(unit)?;
        let _alone = self.people.lock().await;
        let person = match (&asked.person_id, &asked.name) {
            (Some(id), None) => self.who_serves_below(by.unit.as_deref().unwrap_or_default(), id)?,
            (None, Some(name)) => new_person(name, Role::Worker)?,
            _ => return Err(IntakeError::BadField("person_id".to_owned())),
        };
        let (issued, records) = self.code_records(by, &person, &unit, Good::phone(asked.approved_later))?;
        self.commit(&records).await?;
        Ok(issued)
    }

    /// Fresh codes of fourteen days for everybody who serves a village of `township`.
    pub async fn sheet(&self, by: &Person, township: &str) -> Result<Vec<SheetCode>, IntakeError> {
        let township = self.unit_here(township)?;
        if township.level() != Level::Township {
            return Err(IntakeError::BadField("unit".to_owned()));
        }
        let _alone = self.people.lock().await;
        let (mut sheet, mut records) = (Vec::new(), Vec::new());
        for row in crate::county::people::stations_of(&*self.store, township.as_str(), &grants::day_of(now_ms()))? {
            let Some(unit) = Unit::parse(&row.unit).ok().filter(|unit| unit.level() == Level::Village) else {
                continue;
            };
            let serving = posts::serving(&*self.store, &row.unit)?;
            if serving.is_empty() {
                sheet.push(SheetCode { unit: row, person: String::new(), issued: None });
                continue;
            }
            for (_, person) in serving {
                let (issued, more) = self.code_records(by, &person, &unit, Good::phone(true))?;
                records.extend(more);
                sheet.push(SheetCode { unit: row.clone(), person: person.name, issued: Some(issued) });
            }
        }
        self.commit(&records).await?;
        Ok(sheet)
    }

    /// Lets a waiting phone in, if these are the digits that it shows.
    pub async fn approve(&self, by: &Person, device: &str, digits: &str) -> Result<(), IntakeError> {
        let _alone = self.people.lock().await;
        let now_ms = now_ms();
        let (waiting, code) = self.waiting_phone(device)?;
        if code.tries >= CODE_TRIES_MAX {
            return Err(AccessError::CodeTries.into());
        }
        if waiting.digits()? != digits.trim() {
            let tried = AccessRecord::CodeTried { digest: code.digest.clone() }.to_journal();
            self.commit(&[audit(by, "approve_refused", device, now_ms), tried]).await?;
            let is_dead = code.tries + 1 >= CODE_TRIES_MAX;
            return Err(if is_dead { AccessError::CodeTries } else { AccessError::DigitsDiffer }.into());
        }
        let spending = Spending { code, id: waiting.device, public_key: waiting.public_key };
        let effect = enrol::effect(&*self.store, &self.keys, &self.founded, &spending, true, now_ms)?;
        if let Effect::Record(record) = effect {
            self.commit(&[audit(by, "approve", device, now_ms), record.to_journal()]).await?;
        }
        Ok(())
    }

    /// A phone that waits, with the code that it spent.
    pub fn waiting_phone(&self, device: &str) -> Result<(WaitingDevice, Code), IntakeError> {
        let not_found = || IntakeError::NotFound(device.chars().take(40).collect());
        if !is_plain_id(device) {
            return Err(not_found());
        }
        let waiting: WaitingDevice = self.store.value(&keys::waiting_device(device))?.ok_or_else(not_found)?;
        let code = self.store.value(&keys::code(&waiting.code))?.ok_or_else(not_found)?;
        Ok((waiting, code))
    }

    /// What is to be written down for a code: its person serves `unit` from today on, if not before.
    pub(super) fn code_records(
        &self,
        by: &Person,
        person: &Person,
        unit: &Unit,
        good: Good,
    ) -> Result<(Issued, Vec<JournalRecord>), IntakeError> {
        let day = grants::day_of(now_ms());
        let grant = Grant { unit: unit.to_string(), from: day.clone(), until: None };
        let (issued, mut records) = issue(by, person, vec![grant], good)?;
        records.extend(self.codes_replaced(&person.id, unit)?);
        if !self.serves(unit, &person.id)? {
            let post = Post { unit: unit.to_string(), person: person.id.clone(), day };
            // Behind the person, so that whoever reads posts finds their names.
            records.insert(1, AccessRecord::PostTaken(post).to_journal());
        }
        Ok((issued, records))
    }

    /// Codes for this person and unit that nobody has spent: a slip that was lost opens nothing once there is a new one.
    fn codes_replaced(&self, person: &str, unit: &Unit) -> Result<Vec<JournalRecord>, IntakeError> {
        let codes: Vec<Code> = self.store.values(&keys::code(""))?;
        let is_for = |code: &Code| code.grants.iter().any(|grant| grant.unit == unit.as_str());
        let is_open = |code: &Code| code.spent_by.is_none() && code.expires_ms > now_ms();
        let replaced = codes.into_iter().filter(|code| code.person_id == person && is_for(code) && is_open(code));
        Ok(replaced.map(|code| AccessRecord::CodeEnded { digest: code.digest }.to_journal()).collect())
    }

    /// Whether somebody serves `unit` or its township: township staff enter for a vacant village without serving it.
    fn serves(&self, unit: &Unit, person: &str) -> Result<bool, IntakeError> {
        let township = unit.township().unwrap_or_else(|| unit.clone());
        for unit in [unit, &township] {
            if self.store.get(&keys::post(unit.as_str(), person))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A unit of this county.
    pub(super) fn unit_here(&self, unit: &str) -> Result<Unit, IntakeError> {
        let unit = Unit::parse(unit).map_err(|_| IntakeError::BadField("unit".to_owned()))?;
        let is_here = unit.county().as_str() == self.founded.county.code;
        if is_here { Ok(unit) } else { Err(IntakeError::BadField("unit".to_owned())) }
    }

    /// Somebody who serves any unit that begins with `prefix`: a neighbour may take a second village.
    pub(super) fn who_serves_below(&self, prefix: &str, id: &str) -> Result<Person, IntakeError> {
        let posts: Vec<Post> = self.store.values(&keys::all_posts(prefix))?;
        let is_known = posts.iter().any(|post| post.person == id);
        let person = if is_known { crate::access::person(&*self.store, id)? } else { None };
        person.ok_or_else(|| IntakeError::NotFound(id.chars().take(40).collect()))
    }

    /// Somebody who serves `unit`.
    pub(super) fn who_serves(&self, unit: &Unit, id: &str) -> Result<Person, IntakeError> {
        let serving = posts::serving(&*self.store, unit.as_str())?;
        let found = serving.into_iter().map(|(_, person)| person).find(|person| person.id == id);
        found.ok_or_else(|| IntakeError::NotFound(id.chars().take(40).collect()))
    }
}
