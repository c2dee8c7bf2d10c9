//! A station goes from one person to another.
//!
//! Always true: it is one step, written down together: whoever leaves can do nothing here from then on, by no phone and
//! by no code, and what their phones still have is held. Deliberately not here: the phone that is taken away (`phones`).

use crate::access::posts::{self, Post};
use crate::access::{AccessRecord, Code, Device, Person, Role, grants};
use crate::county::view::Handover;
use crate::intake::county::{Good, Issued, audit, new_person};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::StoreError;
use crate::store::record::JournalRecord;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::unit::Unit;

impl Intake {
    /// Hands `unit` over. Returns the newcomer's code and the names of the phones that may not write here any more.
    pub async fn hand_over(
        &self,
        by: &Person,
        unit: &str,
        asked: &Handover,
    ) -> Result<(Option<Issued>, Vec<String>), IntakeError> {
        let unit = self.unit_here(unit)?;
        let _alone = self.people.lock().await;
        let mut records = vec![audit(by, "hand_over", unit.as_str(), now_ms())];
        let mut phones = Vec::new();
        if let Some(from) = &asked.from {
            let leaver = self.who_serves(&unit, from)?;
            let day = grants::day_of(now_ms());
            let post = Post { unit: unit.to_string(), person: leaver.id.clone(), day };
            records.push(AccessRecord::PostLeft(post).to_journal());
            let leaving = Leaving { person: &leaver.id, unit: &unit };
            records.extend(self.codes_ended(&leaving)?);
            for (device, record) in self.phones_left(&leaving)? {
                records.push(record);
                phones.push(device);
            }
        }
        let mut issued = None;
        if let Some(newcomer) = self.newcomer(by, asked)? {
            let (code, more) = self.code_records(by, &newcomer, &unit, Good::phone(asked.approved_later))?;
            records.extend(more);
            issued = Some(code);
        } else if asked.from.is_none() {
            return Err(IntakeError::BadField("to".to_owned()));
        }
        self.commit(&records).await?;
        phones.iter().for_each(|device| self.stop_listening(&device.id));
        let ended = phones.iter().filter(|device| device.ends).map(|device| short_device(&device.id)).collect();
        Ok((issued, ended))
    }

    /// Somebody new by name, or somebody who serves elsewhere by id.
    fn newcomer(&self, by: &Person, asked: &Handover) -> Result<Option<Person>, IntakeError> {
        match (&asked.to, &asked.to_person) {
            (None, None) => Ok(None),
            (Some(name), None) => new_person(name, Role::Worker).map(Some),
            (None, Some(id)) if asked.from.as_ref() != Some(id) => {
                self.who_serves_below(by.unit.as_deref().unwrap_or_default(), id).map(Some)
            }
            _ => Err(IntakeError::BadField("to_person".to_owned())),
        }
    }

    /// Codes of the leaver that nobody has spent, or that somebody would still have to approve, for what they leave.
    fn codes_ended(&self, leaving: &Leaving<'_>) -> Result<Vec<JournalRecord>, StoreError> {
        let codes: Vec<Code> = self.store.values(&keys::code(""))?;
        let waiting: Vec<String> =
            posts::waiting(&*self.store, now_ms())?.into_iter().map(|(_, code)| code.digest).collect();
        let is_open = |code: &Code| code.spent_by.is_none() || waiting.contains(&code.digest);
        let mut ended = Vec::new();
        for code in codes.into_iter().filter(|code| code.person_id == leaving.person && is_open(code)) {
            let mut is_left = false;
            for grant in code.grants.iter().filter(|grant| leaving.is_about(grant)) {
                is_left |= !self.serves_after(leaving, leaving.person, grant)?;
            }
            if is_left {
                ended.push(AccessRecord::CodeEnded { digest: code.digest }.to_journal());
            }
        }
        Ok(ended)
    }

    /// The leaver's phones lose what nobody serves any more who uses them, and the leaver.
    fn phones_left(&self, leaving: &Leaving<'_>) -> Result<Vec<(LeftPhone, JournalRecord)>, StoreError> {
        let devices: Vec<Device> = self.store.values(&keys::device(""))?;
        let is_theirs = |device: &Device| device.withdrawn_ms.is_none() && is_used_by(device, leaving.person);
        let mut left = Vec::new();
        for device in devices.into_iter().filter(is_theirs) {
            if !device.grants.grants.iter().any(|grant| leaving.is_about(grant)) {
                continue;
            }
            let (mut kept, mut stays) = (Vec::new(), false);
            for grant in &device.grants.grants {
                let mut is_served = !leaving.is_about(grant);
                for user in device.users() {
                    is_served |= self.serves_after(leaving, user, grant)?;
                }
                if is_served {
                    stays |= self.serves_after(leaving, leaving.person, grant)?;
                    kept.push(grant.clone());
                }
            }
            let ends = kept.len() < device.grants.grants.len();
            left.push((LeftPhone { id: device.id.clone(), ends }, granted_after(&device, leaving, kept, stays)));
        }
        Ok(left)
    }

    /// Whether somebody serves the unit of a grant, or its township, once the leaver has left.
    fn serves_after(&self, leaving: &Leaving<'_>, person: &str, grant: &Grant) -> Result<bool, StoreError> {
        let unit = Unit::parse(&grant.unit).ok();
        let township = unit.as_ref().and_then(Unit::township);
        for unit in unit.iter().chain(&township) {
            let is_left = person == leaving.person && unit == leaving.unit;
            if !is_left && self.store.get(&keys::post(unit.as_str(), person))?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whoever listens for that phone hears nothing more; an honest one opens its line again.
    pub(super) fn stop_listening(&self, device: &str) {
        // Nobody may be listening at all.
        let _ = self.progress.moved.send(format!("{LINE_ENDS}{device}").into());
    }
}

/// Goes before a device's id where feeds are named: its line for events ends.
pub const LINE_ENDS: &str = "device/";

/// A phone of somebody who left.
struct LeftPhone {
    id: String,
    /// It may not write the unit any more.
    ends: bool,
}

/// Somebody leaves a station.
struct Leaving<'l> {
    person: &'l str,
    unit: &'l Unit,
}

impl Leaving<'_> {
    /// Whether a grant lies in the station that is left: a township's people enter for its villages too.
    fn is_about(&self, grant: &Grant) -> bool {
        Unit::parse(&grant.unit).is_ok_and(|unit| self.unit.contains(&unit))
    }
}

/// What is written down for a phone: without the leaver, whom it may be bound to, where somebody else keeps it.
fn granted_after(device: &Device, leaving: &Leaving<'_>, grants: Vec<Grant>, stays: bool) -> JournalRecord {
    let mut others = device.others.clone();
    others.retain(|other| stays || other != leaving.person);
    let is_bound = !stays && device.person_id == leaving.person && !others.is_empty();
    let person = is_bound.then(|| others.remove(0));
    let (device, code, time_ms) = (device.id.clone(), String::new(), now_ms());
    AccessRecord::DeviceGranted { device, grants, others, person, code, time_ms }.to_journal()
}

fn is_used_by(device: &Device, person: &str) -> bool {
    device.users().any(|user| user == person)
}
