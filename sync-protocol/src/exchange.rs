//! The exchange: what a phone asks and what the server answers, as CBOR arrays.
//!
//! Always true: bytes are measured before they are decoded, and a reader ignores items that it does not know at the
//! end of an array. `PROTOCOL.md` is the authority. Deliberately not here: HTTP, and deciding what to answer.

use crate::ProtocolError;
use crate::limits::{CURSORS_PER_REQUEST_MAX, ENVELOPES_PER_REQUEST_MAX, REQUEST_BYTES_MAX, WANTS_PER_REQUEST_MAX};
use crate::signature::{Purpose, SigningKey, digest, verify};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use ring::rand::SecureRandom;
use ts_rs::TS;

pub use crate::entry::Entry;

/// Version of the exchange that this build speaks.
pub const VERSION: u8 = 1;

/// Encodes a structure of this crate.
pub fn encode<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing to memory cannot fail")
}

/// Decodes exactly one structure from `bytes`; `what` names it in the error.
pub fn decode<'b, T: Decode<'b, ()>>(what: &'static str, bytes: &'b [u8]) -> Result<T, ProtocolError> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let value = decoder.decode().map_err(|error| ProtocolError::NotCbor { what, reason: error.to_string() })?;
    if decoder.position() != bytes.len() {
        return Err(ProtocolError::NotCbor { what, reason: "bytes left over".to_owned() });
    }
    Ok(value)
}

/// Where a phone stands in one feed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Cursor {
    /// `register/unit`.
    #[n(0)]
    pub feed: String,
    /// Newest entry the phone holds.
    #[n(1)]
    pub seq: u64,
    /// Chain digest at that entry.
    #[n(2)]
    #[ts(type = "Uint8Array")]
    pub digest: ByteArray<8>,
}

/// What a phone asks.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct RequestBody {
    /// [`VERSION`].
    #[n(0)]
    pub version: u8,
    /// Six digits.
    #[n(1)]
    pub county: String,
    /// The asking device.
    #[n(2)]
    #[ts(type = "Uint8Array")]
    pub device: ByteArray<16>,
    /// From the last answer.
    #[n(3)]
    #[ts(type = "Uint8Array")]
    pub nonce: ByteArray<16>,
    /// From the last answer; zeros at first.
    #[n(4)]
    #[ts(type = "Uint8Array")]
    pub epoch: ByteArray<8>,
    /// Newest grants the phone knows.
    #[n(5)]
    pub grants_version: u64,
    /// One per feed the phone holds.
    #[n(6)]
    pub cursors: Vec<Cursor>,
    /// Envelopes without a receipt.
    #[n(7)]
    #[ts(type = "Uint8Array[]")]
    pub envelopes: Vec<ByteVec>,
    /// What the phone still holds back after this request; none if nothing.
    #[n(8)]
    #[ts(optional)]
    pub left: Option<Left>,
    /// Documents to be sent whole, whatever the cursors say: at most [`WANTS_PER_REQUEST_MAX`].
    #[n(9)]
    #[ts(optional)]
    pub wants: Option<Vec<String>>,
}

/// Work that a phone has and that no request has carried yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Left {
    /// Records.
    #[n(0)]
    pub records: u64,
    /// When the oldest was saved, by the phone's clock.
    #[n(1)]
    pub since_ms: u64,
}

/// Bytes with a signature: a request or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Signed {
    /// An encoded [`RequestBody`] or [`AnswerBody`].
    #[n(0)]
    #[ts(type = "Uint8Array")]
    pub body: ByteVec,
    /// 64 bytes.
    #[n(1)]
    #[ts(type = "Uint8Array")]
    pub signature: ByteVec,
}

/// Nothing more to say: the exchange is complete.
pub const STATUS_COMPLETE: u8 = 0;
/// The nonce was stale; receipts stand, reads need one more turn.
pub const STATUS_STALE_NONCE: u8 = 1;
/// The device was withdrawn: receipts stand, nothing is read. A phone that has nothing without a receipt wipes itself.
pub const STATUS_RETIRED: u8 = 2;
/// The device was withdrawn as stolen: it wipes itself at once.
pub const STATUS_STOLEN: u8 = 3;

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct AnswerBody {
    /// [`VERSION`].
    #[n(0)]
    pub version: u8,
    /// [`STATUS_COMPLETE`], [`STATUS_STALE_NONCE`], [`STATUS_RETIRED`] or [`STATUS_STOLEN`].
    #[n(1)]
    pub status: u8,
    /// The journal's epoch.
    #[n(2)]
    #[ts(type = "Uint8Array")]
    pub epoch: ByteArray<8>,
    /// The server's time.
    #[n(3)]
    pub time_ms: u64,
    /// For the next request.
    #[n(4)]
    #[ts(type = "Uint8Array")]
    pub nonce: ByteArray<16>,
    /// Hashes of envelopes that are on disk.
    #[n(5)]
    #[ts(type = "Uint8Array[]")]
    pub receipts: Vec<ByteArray<32>>,
    /// Envelopes that went to quarantine whole.
    #[n(6)]
    pub refusals: Vec<Refusal>,
    /// What is new, per feed.
    #[n(7)]
    pub feeds: Vec<FeedAnswer>,
    /// What the device may do, if the phone's version is another.
    #[n(8)]
    pub grants: Option<Grants>,
    /// What a person should know.
    #[n(9)]
    pub notices: Vec<Notice>,
}

/// An envelope that is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Refusal {
    /// Its hash; of the bytes themselves where they could not be decoded.
    #[n(0)]
    #[ts(type = "Uint8Array")]
    pub envelope: ByteArray<32>,
    /// Stable code.
    #[n(1)]
    pub code: String,
}

/// A sentence for a person, as a code.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Notice {
    /// Stable code.
    #[n(0)]
    pub code: String,
    /// What it is about: a unit, a feed.
    #[n(1)]
    pub about: String,
}

/// What is new in one feed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct FeedAnswer {
    /// `register/unit`.
    #[n(0)]
    pub feed: String,
    /// The phone's cursor was not known: entries begin anew.
    #[n(1)]
    pub reset: bool,
    /// The phone's next cursor.
    #[n(2)]
    pub seq: u64,
    /// Chain digest at `seq`.
    #[n(3)]
    #[ts(type = "Uint8Array")]
    pub digest: ByteArray<8>,
    /// The answer's limit cut this feed.
    #[n(4)]
    pub more: bool,
    /// In order of seq.
    #[n(5)]
    pub entries: Vec<Entry>,
}

/// What a device may read and write.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, TS)]
#[cbor(array)]
pub struct Grants {
    /// Rises with each change.
    #[n(0)]
    pub version: u64,
    /// Person id of who the device is bound to.
    #[n(1)]
    pub person: String,
    /// One per unit.
    #[n(2)]
    pub grants: Vec<Grant>,
    /// Others who share the phone; none where nobody does.
    #[n(3)]
    #[ts(optional)]
    pub others: Option<Vec<DevicePerson>>,
    /// Name of `person`; none where it is the one that the enrolment named.
    #[n(4)]
    #[ts(optional)]
    pub name: Option<String>,
}

/// Somebody who shares a phone.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize, TS)]
#[cbor(array)]
pub struct DevicePerson {
    /// Person id.
    #[n(0)]
    pub id: String,
    /// As written on the ID.
    #[n(1)]
    pub name: String,
}

/// A dated grant.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, serde::Serialize, serde::Deserialize, TS)]
#[cbor(array)]
pub struct Grant {
    /// The unit and all it contains.
    #[n(0)]
    pub unit: String,
    /// First day, `YYYY-MM-DD`.
    #[n(1)]
    pub from: String,
    /// Last day, or open.
    #[n(2)]
    pub until: Option<String>,
}

impl Signed {
    /// Measures and decodes a request; the signature is checked by [`Signed::verify_request`].
    pub fn open_request(bytes: &[u8]) -> Result<(Self, RequestBody), ProtocolError> {
        check("request", bytes.len(), REQUEST_BYTES_MAX)?;
        let signed: Self = decode("request", bytes)?;
        let body: RequestBody = decode("request", &signed.body)?;
        if body.version != VERSION {
            return Err(ProtocolError::UnsupportedVersion(body.version.into()));
        }
        check("cursors", body.cursors.len(), CURSORS_PER_REQUEST_MAX)?;
        check("envelopes", body.envelopes.len(), ENVELOPES_PER_REQUEST_MAX)?;
        check("wants", body.wants.as_ref().map_or(0, Vec::len), WANTS_PER_REQUEST_MAX)?;
        Ok((signed, body))
    }

    /// Checks the device's signature of a request.
    pub fn verify_request(&self, public_key: &[u8]) -> Result<(), ProtocolError> {
        verify(public_key, Purpose::Request, &[&self.body], &self.signature)
    }

    /// Signs a request; returns its bytes.
    pub fn seal_request<R: SecureRandom>(key: &SigningKey<R>, body: &RequestBody) -> Result<Vec<u8>, ProtocolError> {
        let body = encode(body);
        let signature = key.sign(Purpose::Request, &[&body])?;
        Ok(encode(&Self { body: body.into(), signature: signature.into() }))
    }

    /// Signs the answer to `request` (its bytes); returns the answer's bytes.
    pub fn seal_answer<R: SecureRandom>(
        key: &SigningKey<R>,
        request: &[u8],
        body: &AnswerBody,
    ) -> Result<Vec<u8>, ProtocolError> {
        let body = encode(body);
        let signature = key.sign(Purpose::Answer, &[&digest(request), &body])?;
        Ok(encode(&Self { body: body.into(), signature: signature.into() }))
    }

    /// Decodes the answer to `request`, if the county's key signed it for just that request.
    pub fn open_answer(county_key: &[u8], request: &[u8], answer: &[u8]) -> Result<AnswerBody, ProtocolError> {
        let signed: Self = decode("answer", answer)?;
        verify(county_key, Purpose::Answer, &[&digest(request), &signed.body], &signed.signature)?;
        decode("answer", &signed.body)
    }
}

fn check(what: &'static str, actual: usize, limit: usize) -> Result<(), ProtocolError> {
    if actual > limit { Err(ProtocolError::TooLarge { what, actual, limit }) } else { Ok(()) }
}
