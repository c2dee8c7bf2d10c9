//! Enrolment of phones and sign-in of staff: a code is spent, and what it gives is written down.

use super::{Intake, IntakeError, now_ms};
use crate::access::{self, AccessError, AccessRecord, Device, Person, enrol, session};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::TableRecord;
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolGrants, EnrolRequest};
use zoufang_sync_protocol::roster::{StaffMember, VillageTable};
use zoufang_sync_protocol::signature::device_id;

impl Intake {
    /// Enrols a phone. The same code with the same key gets the same answer (with a fresh nonce).
    pub async fn enrol(&self, request: &EnrolRequest) -> Result<EnrolAnswer, IntakeError> {
        let now_ms = now_ms();
        let device = enrol::device(&*self.store, &self.keys, &self.founded, request, now_ms)?;
        if access::device(&*self.store, &device.id)?.is_none() {
            self.commit(&[AccessRecord::DeviceEnrolled(device.clone()).to_journal()]).await?;
        }
        let device = access::device(&*self.store, &device.id)?.ok_or(AccessError::CodeUsed)?;
        let person = access::person(&*self.store, &device.person_id)?;
        if let Some(person) = &person {
            self.name_in_villages(person, &device).await?;
        }
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
            grants: EnrolGrants { version: device.grants.version, grants: device.grants.grants, others: Vec::new() },
        })
    }

    /// Puts a newcomer into the staff of each village of the device, so that colleagues' phones know the name.
    async fn name_in_villages(&self, person: &Person, device: &Device) -> Result<(), IntakeError> {
        let _alone = self.tables.lock().await;
        for grant in &device.grants.grants {
            let Some(mut table) = self.store.value::<VillageTable>(&keys::village(&grant.unit))? else { continue };
            // A grant of a whole township names no village of its own.
            if table.unit != grant.unit || table.staff.iter().any(|member| member.id == person.id) {
                continue;
            }
            let (id, name) = (person.id.clone(), person.name.clone());
            table.staff.push(StaffMember { id, name, rank: "village_cadre".to_owned() });
            self.commit(&[TableRecord::Village { table, roster: Vec::new() }.to_journal()]).await?;
        }
        Ok(())
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
