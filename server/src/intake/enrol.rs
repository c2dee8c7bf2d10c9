//! Enrolment of phones and sign-in of staff: a code is spent, and what it gives is written down.

use super::{Intake, IntakeError, now_ms};
use crate::access::enrol::{self, Effect};
use crate::access::posts::WaitingDevice;
use crate::access::{self, AccessError, AccessRecord, Code, Device, Person, session};
use crate::rows::index::ReadIndex;
use crate::rows::{keys, table};
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolGrants, EnrolRequest, EnrolWaiting};
use zoufang_sync_protocol::signature::device_id;
use zoufang_sync_protocol::unit::Unit;

/// What a phone has for its code.
pub enum Enrolled {
    /// It takes part.
    Done(Box<EnrolAnswer>),
    /// Somebody has to compare four digits first.
    Waiting(EnrolWaiting),
}

impl Enrolled {
    /// The answer for a code that nobody has to approve.
    pub fn done(self) -> Result<EnrolAnswer, IntakeError> {
        match self {
            Self::Done(answer) => Ok(*answer),
            Self::Waiting(_) => Err(AccessError::CodeWaits.into()),
        }
    }
}

impl Intake {
    /// Spends a phone's code. The same code with the same key gets the same answer (with a fresh nonce).
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<Enrolled, IntakeError> {
        let now_ms = now_ms();
        let _alone = self.people.lock().await;
        let spending = enrol::spending(&*self.store, request, now_ms)?;
        match enrol::effect(&*self.store, &self.keys, &self.founded, &spending, false, now_ms)? {
            Effect::Done => {}
            Effect::Record(record) => drop(self.commit(&[record.to_journal()]).await?),
            Effect::Waits(waiting) => {
                let known: Option<WaitingDevice> = self.store.value(&keys::waiting_device(&waiting.device))?;
                if known.is_none_or(|known| known.code != waiting.code) {
                    self.commit(&[AccessRecord::EnrolmentWaits(waiting).to_journal()]).await?;
                }
                return self.told_to_wait(&spending.code).map(Enrolled::Waiting);
            }
        }
        let device = access::device(&*self.store, &spending.id)?.ok_or(AccessError::CodeUsed)?;
        Ok(Enrolled::Done(Box::new(self.enrol_answer(device, now_ms)?)))
    }

    fn told_to_wait(&self, code: &Code) -> Result<EnrolWaiting, IntakeError> {
        let person = access::person(&*self.store, &code.person_id)?.map(|person| person.name).unwrap_or_default();
        let township = code.grants.first().and_then(|grant| Unit::parse(&grant.unit).ok()?.township());
        let units: Vec<table::Unit> = self.store.value(keys::UNITS)?.unwrap_or_default();
        let row = township.and_then(|township| units.into_iter().find(|row| row.unit == township.as_str()));
        let township_name = row.map_or_else(|| self.founded.county.name.clone(), |row| row.name);
        Ok(EnrolWaiting { waiting: true, person, township_name })
    }

    fn enrol_answer(&self, device: Device, now_ms: u64) -> Result<EnrolAnswer, IntakeError> {
        if device.withdrawn_ms.is_some() {
            return Err(AccessError::DeviceWithdrawn.into());
        }
        let person = access::person(&*self.store, &device.person_id)?;
        let known = self.grants_of(&device, now_ms)?;
        let id = device_id(&device.key());
        Ok(EnrolAnswer {
            device: access::base64(&id),
            county: self.founded.county.code.clone(),
            county_name: self.founded.county.name.clone(),
            county_key: access::base64(self.keys.signing.public_key()),
            certificate: device.certificate,
            person: person.map(|person| person.name).unwrap_or_default(),
            person_id: device.person_id,
            epoch: access::base64(&self.founded.epoch),
            nonce: access::base64(&self.nonces.next(&self.keys, id, now_ms)),
            time_ms: now_ms,
            grants: EnrolGrants {
                version: known.version,
                grants: known.grants,
                others: known.others.unwrap_or_default(),
                name: known.name,
            },
        })
    }

    /// Spends a sign-in code; returns the person and the session's token.
    pub async fn sign_in(&self, code: &str) -> Result<(Person, String), IntakeError> {
        let (session, token) = session::sign_in(&*self.store, code, now_ms())?;
        self.commit(&[AccessRecord::SessionOpened(session).to_journal()]).await?;
        let found = session::person(&*self.store, &token, now_ms())?;
        Ok((found.ok_or(AccessError::CodeUsed)?.0, token))
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &str) -> Result<(), IntakeError> {
        let record = AccessRecord::SessionClosed { digest: session::digest_of(token) };
        self.commit(&[record.to_journal()]).await?;
        Ok(())
    }
}
