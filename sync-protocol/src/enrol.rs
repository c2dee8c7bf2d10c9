//! Enrolment: what a phone sends with its one-time code, and what it gets for it, as JSON.
//!
//! Always true: binary values are base64url without padding, and the answer alone lets a phone take part: who it is,
//! which county key to trust, and the first nonce. Deliberately not here: codes and how long they live.

use crate::exchange::{DevicePerson, Grant};
use crate::signature::digest;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `POST /api/enrol`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrolRequest {
    /// From the link's fragment.
    pub code: String,
    /// The phone's new public key: 65 bytes, base64url.
    pub public_key: String,
}

/// The answer to [`EnrolRequest`]. The same code with the same key gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrolAnswer {
    /// Device id: 16 bytes, base64url.
    pub device: String,
    /// Six digits.
    pub county: String,
    /// 示例县.
    pub county_name: String,
    /// The county's public key, which the phone pins: 65 bytes, base64url.
    pub county_key: String,
    /// The certificate of `PROTOCOL.md`: CBOR, base64url.
    pub certificate: String,
    /// Name of who the device is bound to.
    pub person: String,
    /// Person id of the same.
    pub person_id: String,
    /// The journal's epoch: 8 bytes, base64url.
    pub epoch: String,
    /// For the first request: 16 bytes, base64url.
    pub nonce: String,
    /// The server's time.
    #[ts(type = "number")]
    pub time_ms: u64,
    /// What the device may do.
    pub grants: EnrolGrants,
}

/// The grants of a new device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrolGrants {
    /// Rises with each change.
    #[ts(type = "number")]
    pub version: u64,
    /// One per unit.
    pub grants: Vec<Grant>,
    /// Others who share the phone.
    #[serde(default)]
    pub others: Vec<DevicePerson>,
    /// As in the exchange: name of whom the phone is bound to, where that is not whom it was enrolled for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub name: Option<String>,
}

/// The answer (202) while a code of fourteen days waits for somebody who compares four digits: ask again with the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EnrolWaiting {
    /// Always true.
    pub waiting: bool,
    /// Name of who the code is for.
    pub person: String,
    /// 双河镇: who is to compare the digits.
    pub township_name: String,
}

/// The four digits that both ends show: the first four bytes of SHA-256 over the label, the code's digest and the key,
/// modulo 10,000. Each end counts them for itself, so that a key put in between shows others.
pub fn match_digits(code_digest: &[u8; 32], public_key: &[u8]) -> String {
    let all = digest(&[b"zoufang-match-1\0", code_digest.as_slice(), public_key].concat());
    let number = u32::from_be_bytes([all[0], all[1], all[2], all[3]]);
    format!("{:04}", number % 10_000)
}
