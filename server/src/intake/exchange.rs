//! One exchange: check the signature, write down what is new, give receipts, say what the phone lacks.
//!
//! Always true: a receipt is given after the journal is durable; a phone reads only with a fresh nonce and within its
//! grant; the same request sent again changes nothing. A withdrawn phone still hands in its work, and reads nothing.
//! Deliberately not here: HTTP, and what is inside chunks.

use super::{Intake, IntakeError, feeds, now_ms};
use crate::access::posts::UnsentWork;
use crate::access::{self, AccessRecord, Device, WithdrawReason, grants, hex};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::record::JournalRecord;
use std::collections::{BTreeSet, HashSet};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::exchange::{
    AnswerBody, DevicePerson, Grants, Notice, Refusal, RequestBody, STATUS_COMPLETE, STATUS_RETIRED,
    STATUS_STALE_NONCE, STATUS_STOLEN, Signed, VERSION,
};
use zoufang_sync_protocol::signature::digest;
use zoufang_sync_protocol::unit::Unit;

/// An answer, with what the door needs to know.
pub struct Answered {
    /// The signed answer.
    pub bytes: Vec<u8>,
    /// The device that asked.
    pub device: [u8; 16],
    /// It may hear of feeds that move; a withdrawn one may not.
    pub may_listen: bool,
}

/// What became of the envelopes of one request.
#[derive(Default)]
struct Taken {
    receipts: Vec<[u8; 32]>,
    refusals: Vec<Refusal>,
    records: Vec<JournalRecord>,
    seen: BTreeSet<[u8; 32]>,
    held_units: BTreeSet<Unit>,
}

impl Intake {
    /// Answers the exchange in `bytes`.
    pub async fn exchange(&self, bytes: &[u8]) -> Result<Answered, IntakeError> {
        let now_ms = now_ms();
        let (signed, request) = Signed::open_request(bytes)?;
        let device = self.asking_device(&signed, &request)?;
        let mut taken = Taken::default();
        for envelope in &request.envelopes {
            self.take(&mut taken, &device, envelope, now_ms)?;
        }
        taken.records.extend(self.told_unsent(&request, &device)?);
        if !taken.records.is_empty() {
            self.append(&taken.records).await?;
        }
        let answer = self.answer(&request, &device, taken, now_ms)?;
        let bytes = Signed::seal_answer(&self.keys.signing, bytes, &answer)?;
        self.metrics.exchanges.add(1);
        Ok(Answered { bytes, device: *request.device, may_listen: device.withdrawn_ms.is_none() })
    }

    fn asking_device(&self, signed: &Signed, request: &RequestBody) -> Result<Device, IntakeError> {
        if request.county != self.founded.county.code {
            return Err(IntakeError::WrongCounty(request.county.chars().take(12).collect()));
        }
        let device = access::device(&*self.store, &hex(&*request.device))?.ok_or(IntakeError::UnknownDevice)?;
        signed.verify_request(&device.key())?;
        Ok(device)
    }

    /// What the phone holds back, if that is something else than what is known: when a phone was used is not kept.
    fn told_unsent(&self, request: &RequestBody, device: &Device) -> Result<Option<JournalRecord>, IntakeError> {
        let unsent = request.left.map(|left| UnsentWork { records: left.records, since_ms: left.since_ms });
        let unsent = unsent.filter(|unsent| unsent.records > 0);
        let known: Option<UnsentWork> = self.store.value(&keys::unsent(&device.id))?;
        let told = AccessRecord::UnsentTold { device: device.id.clone(), unsent };
        Ok((known != unsent).then(|| told.to_journal()))
    }

    fn take(&self, taken: &mut Taken, asking: &Device, bytes: &[u8], now_ms: u64) -> Result<(), IntakeError> {
        let refuse = |taken: &mut Taken, hash: [u8; 32], code: &'static str| {
            let device = asking_id(asking).into();
            let bytes = bytes.to_vec().into();
            taken.refusals.push(Refusal { envelope: hash.into(), code: code.to_owned() });
            taken.records.push(JournalRecord::Quarantined { bytes, code: code.to_owned(), device, time_ms: now_ms });
            self.metrics.refuse(code);
        };
        let envelope = match Envelope::open(bytes) {
            Ok(envelope) => envelope,
            Err(error) => {
                refuse(taken, digest(bytes), error.code());
                return Ok(());
            }
        };
        let hash = envelope.hash;
        match self.held_units(&envelope, now_ms)? {
            Ok(held) => taken.held_units.extend(held),
            Err(code) => {
                refuse(taken, hash, code);
                return Ok(());
            }
        }
        taken.receipts.push(hash);
        self.metrics.receipts.add(1);
        let known = !taken.seen.insert(hash) || self.store.get(&keys::envelope(&hex(&hash)))?.is_some();
        if !known {
            self.metrics.envelopes_stored.add(1);
            let envelope = bytes.to_vec().into();
            taken.records.push(JournalRecord::Envelope { envelope, received_ms: now_ms, by: String::new() });
        }
        Ok(())
    }

    /// The units of an envelope that lie outside its writer's grant, or why it goes to quarantine.
    fn held_units(
        &self,
        envelope: &Envelope,
        now_ms: u64,
    ) -> Result<Result<BTreeSet<Unit>, &'static str>, IntakeError> {
        let Some(writer) = access::device(&*self.store, &hex(&*envelope.body.device))? else {
            return Ok(Err("envelope_unknown_device"));
        };
        if envelope.verify(&writer.key()).is_err() {
            return Ok(Err("envelope_bad_signature"));
        }
        let Ok(chunks) = envelope.chunks() else { return Ok(Err("envelope_malformed")) };
        let addresses = chunks.iter().map(|chunk| Address::parse(&chunk.address));
        let Ok(addresses) = addresses.collect::<Result<Vec<_>, _>>() else { return Ok(Err("address_malformed")) };
        let units = addresses.into_iter().map(|address| address.unit);
        let granted = grants::granted(&*self.store, &writer, now_ms)?;
        Ok(Ok(units.filter(|unit| !grants::holds(&granted, unit)).collect()))
    }

    fn answer(
        &self,
        request: &RequestBody,
        device: &Device,
        taken: Taken,
        now_ms: u64,
    ) -> Result<AnswerBody, IntakeError> {
        let fresh = self.nonces.spend(&self.keys, *request.device, *request.nonce);
        let mut notices: Vec<Notice> = taken
            .held_units
            .iter()
            .map(|unit| Notice { code: "held_outside_grant".to_owned(), about: unit.to_string() })
            .collect();
        let mut feeds = Vec::new();
        let mut grants = None;
        if fresh && device.withdrawn_ms.is_none() {
            let same_epoch = *request.epoch == self.founded.epoch;
            let readable = grants::feeds(&*self.store, &request.county, device, now_ms)?;
            let known: HashSet<&str> = readable.iter().map(String::as_str).collect();
            let outside = request.cursors.iter().filter(|cursor| !known.contains(cursor.feed.as_str()));
            notices.extend(outside.map(|cursor| Notice {
                code: "feed_outside_grant".to_owned(),
                about: cursor.feed.chars().take(80).collect(),
            }));
            let cursors = if same_epoch { request.cursors.as_slice() } else { &[] };
            feeds = feeds::news(&*self.store, &readable, cursors, &device.id)?;
            feeds::add_wanted(&*self.store, &readable, request.wants.as_deref().unwrap_or_default(), &mut feeds)?;
            let known = self.grants_of(device, now_ms)?;
            grants = (request.grants_version != known.version).then_some(known);
        }
        Ok(AnswerBody {
            version: VERSION,
            status: match device.withdrawn.filter(|_| device.withdrawn_ms.is_some()) {
                Some(WithdrawReason::Stolen) => STATUS_STOLEN,
                _ if device.withdrawn_ms.is_some() => STATUS_RETIRED,
                _ if fresh => STATUS_COMPLETE,
                _ => STATUS_STALE_NONCE,
            },
            epoch: self.founded.epoch.into(),
            time_ms: now_ms,
            nonce: self.nonces.next(&self.keys, *request.device, now_ms).into(),
            receipts: taken.receipts.into_iter().map(Into::into).collect(),
            refusals: taken.refusals,
            feeds,
            grants,
            notices,
        })
    }
}

impl Intake {
    /// What a device may do, as it is told.
    pub(super) fn grants_of(&self, device: &Device, now_ms: u64) -> Result<Grants, IntakeError> {
        let grants = grants::with_merged(&*self.store, &device.grants.grants, now_ms)?;
        let mut others = Vec::new();
        for id in &device.others {
            let person = access::person(&*self.store, id)?;
            others.extend(person.map(|person| DevicePerson { id: person.id, name: person.name }));
        }
        let is_bound_anew = access::enrolled_for(&*self.store, device)? != device.person_id;
        let bound = if is_bound_anew { access::person(&*self.store, &device.person_id)? } else { None };
        Ok(Grants {
            version: grants::version(device, &grants),
            person: device.person_id.clone(),
            grants,
            others: (!others.is_empty()).then_some(others),
            name: bound.map(|person| person.name),
        })
    }
}

fn asking_id(device: &Device) -> [u8; 16] {
    zoufang_sync_protocol::signature::device_id(&device.key())
}
