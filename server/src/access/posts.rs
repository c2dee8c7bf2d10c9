//! Who serves which station, and which phones wait to be let in.
//!
//! Always true: a post is a fact that the county states; whether its holder ever uses a phone is not known here.
//! Deliberately not here: what a phone may write (`grants`).

use super::{AccessError, Code, Person, unbase64, unhex};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::StoreError;
use serde::{Deserialize, Serialize};
use zoufang_sync_protocol::enrol::match_digits;

/// Wrong digits after which a code is dead.
pub const CODE_TRIES_MAX: u32 = 5;

/// Somebody serves a station: `post/<unit>/<person>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Village or township.
    pub unit: String,
    /// Person id.
    pub person: String,
    /// First day, or in the record of a leaving the last; `YYYY-MM-DD`.
    pub day: String,
}

/// A phone that spent a code of fourteen days: `waiting/<device>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingDevice {
    /// Device id, hexadecimal.
    pub device: String,
    /// base64url.
    pub public_key: String,
    /// Digest of the code it spent.
    pub code: String,
    /// Server's time.
    pub time_ms: u64,
}

/// What a phone said it could not send yet: `unsent/<device>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentWork {
    /// Records.
    pub records: u64,
    /// When the oldest was saved, by the phone's clock, ms.
    pub since_ms: u64,
}

impl WaitingDevice {
    /// The four digits that the phone shows too.
    pub fn digits(&self) -> Result<String, AccessError> {
        let code = unhex(&self.code).ok_or(AccessError::CodeUnknown)?;
        let public_key = unbase64(&self.public_key).ok_or(AccessError::NotAKey)?;
        Ok(match_digits(&code, &public_key))
    }
}

/// The people who serve `unit` itself, by id.
pub fn serving(index: &(impl ReadIndex + ?Sized), unit: &str) -> Result<Vec<(Post, Person)>, StoreError> {
    let posts: Vec<Post> = index.values(&keys::post(unit, ""))?;
    let mut serving = Vec::new();
    for post in posts {
        if let Some(person) = super::person(index, &post.person)? {
            serving.push((post, person));
        }
    }
    Ok(serving)
}

/// Phones that wait and whose code can still be approved at `now_ms`, with that code.
pub fn waiting(index: &(impl ReadIndex + ?Sized), now_ms: u64) -> Result<Vec<(WaitingDevice, Code)>, StoreError> {
    let all: Vec<WaitingDevice> = index.values(&keys::waiting_device(""))?;
    let mut waiting = Vec::new();
    for device in all {
        let code: Option<Code> = index.value(&keys::code(&device.code))?;
        if let Some(code) = code.filter(|code| code.expires_ms >= now_ms && code.tries < CODE_TRIES_MAX) {
            waiting.push((device, code));
        }
    }
    Ok(waiting)
}
