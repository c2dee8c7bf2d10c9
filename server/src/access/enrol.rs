//! Enrolment: a code and a public key become a device with a certificate.
//!
//! Always true: the device id follows from the key, so that the same code with the same key enrols the same device and
//! gets the same answer. Deliberately not here: writing it down (`intake`).

use super::{AccessError, Device, DeviceGrants, base64, code, hex, keys::CountyKeys, unbase64};
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

/// The device that `request` asks for; already enrolled if the same request came before.
pub fn device(
    store: &dyn Store,
    keys: &CountyKeys,
    founded: &Founded,
    request: &EnrolRequest,
    now_ms: u64,
) -> Result<Device, AccessError> {
    let public_key = unbase64(&request.public_key).filter(|key| is_public_key(key)).ok_or(AccessError::NotAKey)?;
    let id = device_id(&public_key);
    let code = code::usable(store, &request.code, &hex(&id), now_ms)?;
    if let Some(device) = super::device(store, &hex(&id))? {
        return Ok(device);
    }
    if code.grants.is_empty() {
        return Err(AccessError::CodeUnknown);
    }
    let certificate = encode(&CertificateBody {
        version: 1,
        device: id.to_vec().into(),
        public_key: public_key.into(),
        county: founded.county.code.clone(),
        person: code.person_id.clone(),
        time_ms: now_ms,
    });
    let signature = keys.signing.sign(Purpose::Device, &[&certificate]).map_err(|_| AccessError::Cryptography)?;
    let certificate = encode(&Signed { body: certificate.into(), signature: signature.into() });
    Ok(Device {
        id: hex(&id),
        public_key: request.public_key.clone(),
        person_id: code.person_id,
        grants: DeviceGrants { version: 1, grants: code.grants },
        code: code.digest,
        certificate: base64(&certificate),
        enrolled_ms: now_ms,
        withdrawn_ms: None,
    })
}
