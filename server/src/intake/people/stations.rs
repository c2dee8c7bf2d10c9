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
            records.extend(self.codes_ended(&leaver.id, &unit)?);
            for (device, record) in self.phones_left(&leaver.id, &unit)? {
                records.push(record);
                phones.push(device);
            }
        }
        let mut issued = None;
        if let Some(name) = &asked.to {
            let newcomer = new_person(name, Role::Worker)?;
            let (code, more) = self.code_records(by, &newcomer, &unit, Good::phone(asked.approved_later))?;
            records.extend(more);
            issued = Some(code);
        }
        if asked.from.is_none() && asked.to.is_none() {
            return Err(IntakeError::BadField("to".to_owned()));
        }
        self.commit(&records).await?;
        phones.iter().for_each(|device| self.stop_listening(&device.id));
        let ended = phones.iter().filter(|device| device.ends).map(|device| short_device(&device.id)).collect();
        Ok((issued, ended))
    }

    /// Codes of the leaver for this unit that nobody has spent, and that somebody would still have to approve.
    fn codes_ended(&self, leaver: &str, unit: &Unit) -> Result<Vec<JournalRecord>, StoreError> {
        let codes: Vec<Code> = self.store.values(&keys::code(""))?;
        let waiting: Vec<String> =
            posts::waiting(&*self.store, now_ms())?.into_iter().map(|(_, code)| code.digest).collect();
        let is_theirs =
            |code: &Code| code.person_id == leaver && code.grants.iter().any(|grant| grant.unit == unit.as_str());
        let is_open = |code: &Code| code.spent_by.is_none() || waiting.contains(&code.digest);
        let ended = codes.into_iter().filter(|code| is_theirs(code) && is_open(code));
        Ok(ended.map(|code| AccessRecord::CodeEnded { digest: code.digest }.to_journal()).collect())
    }

    /// The leaver's phones lose the grant, unless somebody else who serves the unit shares them.
    fn phones_left(&self, leaver: &str, unit: &Unit) -> Result<Vec<(LeftPhone, JournalRecord)>, StoreError> {
        let devices: Vec<Device> = self.store.values(&keys::device(""))?;
        let mut left = Vec::new();
        for device in devices.into_iter().filter(|device| device.withdrawn_ms.is_none() && is_used_by(device, leaver)) {
            if device.grants.grants.iter().all(|grant| grant.unit != unit.as_str()) {
                continue;
            }
            let mut ends = true;
            for user in device.users().filter(|user| *user != leaver) {
                ends &= self.store.get(&keys::post(unit.as_str(), user))?.is_none();
            }
            let mut grants = device.grants.grants.clone();
            grants.retain(|grant| !ends || grant.unit != unit.as_str());
            let mut others = device.others.clone();
            let serves = |unit: &str| self.store.get(&keys::post(unit, leaver)).map(|post| post.is_some());
            let mut stays = false;
            for grant in grants.iter().filter(|grant| grant.unit != unit.as_str()) {
                stays |= serves(&grant.unit)?;
            }
            others.retain(|other| other != leaver || stays);
            let (id, code, time_ms) = (device.id.clone(), String::new(), now_ms());
            let record = AccessRecord::DeviceGranted { device: id.clone(), grants, others, code, time_ms };
            left.push((LeftPhone { id, ends }, record.to_journal()));
        }
        Ok(left)
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

fn is_used_by(device: &Device, person: &str) -> bool {
    device.users().any(|user| user == person)
}
