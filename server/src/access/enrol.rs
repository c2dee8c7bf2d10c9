//! Enrolment: a code and a public key become a device with a certificate.
//!
//! Always true: the device id follows from the key, so that the same code with the same key enrols the same device and
//! gets the same answer. A further code on an enrolled phone widens what it may do. Deliberately not here: writing it down (`intake`).

use super::posts::WaitingDevice;
use super::{AccessError, AccessRecord, Code, Device, DeviceGrants, base64, code, hex, keys::CountyKeys, unbase64};
use crate::rows;
use crate::rows::index::ReadIndex;
use crate::rows::stored::Founded;
use crate::store::contract::Store;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use zoufang_sync_protocol::enrol::EnrolRequest;
use zoufang_sync_protocol::exchange::{Signed, encode};
use zoufang_sync_protocol::signature::{Purpose, device_id, is_public_key};

/// What the county's key certifies.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct CertificateBody {
    /// 1.
    #[n(0)]
    pub version: u8,
    /// Device id.
    #[n(1)]
    pub device: ByteVec,
    /// 65 bytes.
    #[n(2)]
    pub public_key: ByteVec,
    /// Six digits.
    #[n(3)]
    pub county: String,
    /// Who it is bound to.
    #[n(4)]
    pub person: String,
    /// Server's time of enrolment.
    #[n(5)]
    pub time_ms: u64,
}

/// A code that a phone shows, with the phone's key and the device that follows from it.
pub struct Spending {
    /// The code, which can be spent by this device or was.
    pub code: Code,
    /// Device id, hexadecimal.
    pub id: String,
    /// base64url.
    pub public_key: String,
}

/// What is to be written down so that a spent code has its effect.
pub enum Effect {
    /// It had it before.
    Done,
    /// Somebody has to compare four digits first.
    Waits(WaitingDevice),
    /// The device's new state.
    Record(AccessRecord),
}

/// Looks at `request`: whether its code is good for its key.
pub fn spending(store: &dyn Store, request: &EnrolRequest, now_ms: u64) -> Result<Spending, AccessError> {
    let public_key = unbase64(&request.public_key).filter(|key| is_public_key(key)).ok_or(AccessError::NotAKey)?;
    let id = hex(&device_id(&public_key));
    let code = code::usable(store, &request.code, &id, now_ms)?;
    if code.grants.is_empty() {
        return Err(AccessError::CodeUnknown);
    }
    Ok(Spending { code, id, public_key: request.public_key.clone() })
}

/// What spending does; `approved` once somebody compared the digits.
pub fn effect(
    store: &dyn Store,
    keys: &CountyKeys,
    founded: &Founded,
    spending: &Spending,
    approved: bool,
    now_ms: u64,
) -> Result<Effect, AccessError> {
    let Spending { code, id, public_key } = spending;
    let waiting: Option<WaitingDevice> = store.value(&rows::keys::waiting_device(id))?;
    let waits = waiting.as_ref().is_some_and(|waiting| waiting.code == code.digest);
    if code.spent_by.as_ref() == Some(id) && !waits {
        return Ok(Effect::Done);
    }
    if code.expires_ms < now_ms {
        return Err(AccessError::CodeExpired);
    }
    let known = super::device(store, id)?;
    if known.as_ref().is_some_and(|device| device.withdrawn_ms.is_some()) {
        return Err(AccessError::DeviceWithdrawn);
    }
    if code.approved_later && !approved {
        let (device, public_key, code) = (id.clone(), public_key.clone(), code.digest.clone());
        return Ok(Effect::Waits(WaitingDevice { device, public_key, code, time_ms: now_ms }));
    }
    Ok(Effect::Record(match known {
        Some(device) => widened(&device, code, now_ms),
        None => AccessRecord::DeviceEnrolled(enrolled(keys, founded, spending, now_ms)?),
    }))
}

/// A second code on an enrolled phone: another unit, another person, or both.
fn widened(device: &Device, code: &Code, now_ms: u64) -> AccessRecord {
    let mut grants = device.grants.grants.clone();
    for grant in &code.grants {
        if !grants.iter().any(|held| held.unit == grant.unit && held.until.is_none()) {
            grants.push(grant.clone());
        }
    }
    let mut others = device.others.clone();
    if code.person_id != device.person_id && !others.contains(&code.person_id) {
        others.push(code.person_id.clone());
    }
    AccessRecord::DeviceGranted {
        device: device.id.clone(),
        grants,
        others,
        person: None,
        code: code.digest.clone(),
        time_ms: now_ms,
    }
}

fn enrolled(keys: &CountyKeys, founded: &Founded, spending: &Spending, now_ms: u64) -> Result<Device, AccessError> {
    let Spending { code, id, public_key } = spending;
    let key = unbase64(public_key).ok_or(AccessError::NotAKey)?;
    let certificate = encode(&CertificateBody {
        version: 1,
        device: device_id(&key).to_vec().into(),
        public_key: key.into(),
        county: founded.county.code.clone(),
        person: code.person_id.clone(),
        time_ms: now_ms,
    });
    let signature = keys.signing.sign(Purpose::Device, &[&certificate]).map_err(|_| AccessError::Cryptography)?;
    let certificate = encode(&Signed { body: certificate.into(), signature: signature.into() });
    Ok(Device {
        id: id.clone(),
        public_key: public_key.clone(),
        person_id: code.person_id.clone(),
        grants: DeviceGrants { version: 1, grants: code.grants.clone() },
        code: code.digest.clone(),
        certificate: base64(&certificate),
        enrolled_ms: now_ms,
        withdrawn_ms: None,
        withdrawn: None,
        others: Vec::new(),
        former: Vec::new(),
    })
}
