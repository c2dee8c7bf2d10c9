//! Who may come in: people, devices, codes, sessions, grants, nonces, and the county's own key.
//!
//! Always true: what is decided here rests on journal records ([`AccessRecord`]) and can be rebuilt; secrets (codes,
//! tokens) stand in journal and index as digests only. Deliberately not here: HTTP, and what is behind the door.

pub mod code;
pub mod enrol;
pub mod grants;
pub mod held;
pub mod keys;
pub mod nonce;
pub mod posts;
pub mod project;
mod record;
pub mod session;

pub use record::AccessRecord;

use crate::rows;
use crate::rows::index::ReadIndex;
use crate::store::contract::StoreError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zoufang_sync_protocol::exchange::Grant;

/// Somebody who uses the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Stable id.
    pub id: String,
    /// As written on the ID.
    pub name: String,
    /// What the person does here.
    pub role: Role,
    /// Of the workbench's people: the township that they look after; none for the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Why a device was withdrawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawReason {
    /// It hands over what it has and then wipes itself.
    #[default]
    Retired,
    /// It wipes itself at once.
    Stolen,
}

/// What a person does here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Installs, enrols, withdraws; also a clerk, while there is only one.
    Administrator,
    /// Looks after the county's records.
    CountyClerk,
    /// Uses a phone.
    Worker,
}

/// A one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// SHA-256 of the code, hexadecimal.
    pub digest: String,
    /// Who it is for.
    pub person_id: String,
    /// For a phone: what it may write. Empty: a sign-in of the workbench.
    pub grants: Vec<Grant>,
    /// Good until, ms.
    pub expires_ms: u64,
    /// Device id or session digest that spent it.
    pub spent_by: Option<String>,
    /// Good for fourteen days: a phone that spends it waits until somebody compared the four digits.
    #[serde(default)]
    pub approved_later: bool,
    /// How often wrong digits were typed.
    #[serde(default)]
    pub tries: u32,
}

/// An enrolled device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Hexadecimal.
    pub id: String,
    /// base64url.
    pub public_key: String,
    /// Who it is bound to.
    pub person_id: String,
    /// What it may write.
    pub grants: DeviceGrants,
    /// Digest of the code it spent.
    pub code: String,
    /// Signed by the county's key, base64url.
    pub certificate: String,
    /// Server's time.
    pub enrolled_ms: u64,
    /// Server's time of withdrawal.
    pub withdrawn_ms: Option<u64>,
    /// Why it was withdrawn, if it was.
    #[serde(default)]
    pub withdrawn: Option<WithdrawReason>,
    /// Person ids of others who use it.
    #[serde(default)]
    pub others: Vec<String>,
    /// Person ids of who used it once: work of theirs may still come.
    #[serde(default)]
    pub former: Vec<String>,
}

/// A device's grants with their version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceGrants {
    /// Rises with each change.
    pub version: u64,
    /// One per unit.
    pub grants: Vec<Grant>,
}

/// A session of the workbench, or an API token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// SHA-256 of the token, hexadecimal.
    pub digest: String,
    /// Who.
    pub person_id: String,
    /// Good until, ms.
    pub expires_ms: u64,
    /// Digest of the code that was spent; empty for an API token.
    pub code: String,
}

impl Device {
    /// The public key's bytes; empty (which verifies nothing) if the index is damaged.
    pub fn key(&self) -> Vec<u8> {
        unbase64(&self.public_key).unwrap_or_default()
    }

    /// Person ids of who uses it: the one it is bound to first.
    pub fn users(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person_id.as_str()).chain(self.others.iter().map(String::as_str))
    }

    /// What it may write: nothing once it was withdrawn.
    pub fn granted(&self) -> &[Grant] {
        if self.withdrawn_ms.is_some() { &[] } else { &self.grants.grants }
    }
}

/// Why access was not given. Codes are those of `PROTOCOL.md`.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such code.
    #[error("code unknown")]
    CodeUnknown,
    /// Spent before.
    #[error("code used")]
    CodeUsed,
    /// Too late.
    #[error("code expired")]
    CodeExpired,
    /// Wrong digits were typed too often: the code is dead.
    #[error("code tried too often")]
    CodeTries,
    /// Somebody has to compare four digits first.
    #[error("code waits to be approved")]
    CodeWaits,
    /// The digits are not those that the phone shows.
    #[error("digits do not match")]
    DigitsDiffer,
    /// The device was withdrawn: it enrols with a new key.
    #[error("device withdrawn")]
    DeviceWithdrawn,
    /// Not a public key.
    #[error("not a public key")]
    NotAKey,
    /// No county yet.
    #[error("no county is set up")]
    NotFounded,
    /// The machine's randomness or key failed.
    #[error("cryptography failed")]
    Cryptography,
}

/// An enrolled device by its id in hexadecimal.
pub fn device(index: &(impl ReadIndex + ?Sized), id: &str) -> Result<Option<Device>, StoreError> {
    index.value(&rows::keys::device(id))
}

/// Person id of whom a device was enrolled for: whose changes are that say nobody's name.
pub fn enrolled_for(index: &(impl ReadIndex + ?Sized), device: &Device) -> Result<String, StoreError> {
    let code: Option<Code> = index.value(&rows::keys::code(&device.code))?;
    Ok(code.map_or_else(|| device.person_id.clone(), |code| code.person_id))
}

/// A person by id.
pub fn person(index: &(impl ReadIndex + ?Sized), id: &str) -> Result<Option<Person>, StoreError> {
    index.value(&rows::keys::person(id))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads 32 bytes that [`hex`] wrote.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() || !text.is_ascii() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}

/// base64url without padding.
pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads base64url without padding.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
