//! Sessions of the workbench, API tokens, and the short-lived pass that lets an enrolled phone listen to events.
//!
//! Always true: tokens are 256 random bits and kept as digests; a phone's pass is sealed by the server and expires.

use super::{AccessError, Person, Session, base64, code, hex, keys::CountyKeys, unbase64};
use crate::rows::index::ReadIndex;
use crate::rows::keys as row_keys;
use crate::store::contract::{Store, StoreError};
use ring::rand::{SecureRandom, SystemRandom};
use zoufang_sync_protocol::signature::digest;

/// A clerk stays signed in for a working day.
pub const SESSION_MS: u64 = 12 * 60 * 60 * 1000;
/// An API token is good for a year.
pub const TOKEN_MS: u64 = 365 * 24 * 60 * 60 * 1000;
/// A phone's pass is good for an hour, and renewed by each exchange in its second half.
pub const PASS_MS: u64 = 60 * 60 * 1000;

/// A fresh token: its text, and its digest.
pub fn token() -> Result<(String, String), AccessError> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| AccessError::Cryptography)?;
    let text = base64(&bytes);
    let digest = digest_of(&text);
    Ok((text, digest))
}

/// The digest under which a token is kept.
pub fn digest_of(text: &str) -> String {
    hex(&digest(text.as_bytes()))
}

/// Spends a sign-in code: the session to be written down, and its token.
pub fn sign_in(store: &dyn Store, text: &str, now_ms: u64) -> Result<(Session, String), AccessError> {
    let (token, digest) = token()?;
    let code = code::usable(store, text, &digest, now_ms)?;
    if !code.grants.is_empty() {
        return Err(AccessError::CodeUnknown);
    }
    Ok((Session { digest, person_id: code.person_id, expires_ms: now_ms + SESSION_MS, code: code.digest }, token))
}

/// The person behind a token, and the session's digest.
pub fn person(store: &dyn Store, token: &str, now_ms: u64) -> Result<Option<(Person, String)>, StoreError> {
    let digest = digest_of(token);
    let session: Option<Session> = store.value(&row_keys::session(&digest))?;
    let Some(session) = session.filter(|session| session.expires_ms >= now_ms) else { return Ok(None) };
    Ok(super::person(store, &session.person_id)?.map(|person| (person, digest)))
}

/// A phone's pass: device, end, seal.
pub fn pass(keys: &CountyKeys, device: [u8; 16], now_ms: u64) -> String {
    let mut bytes = device.to_vec();
    bytes.extend_from_slice(&(now_ms + PASS_MS).to_be_bytes());
    let seal = keys.seal("pass", &bytes);
    bytes.extend_from_slice(&seal[..16]);
    base64(&bytes)
}

/// The device behind a pass, and when it ends.
pub fn device_of_pass(keys: &CountyKeys, pass: &str, now_ms: u64) -> Option<([u8; 16], u64)> {
    let bytes: [u8; 40] = unbase64(pass)?.try_into().ok()?;
    let ends_ms = u64::from_be_bytes(bytes[16..24].try_into().ok()?);
    let genuine = keys.seal("pass", &bytes[..24])[..16] == bytes[24..];
    (genuine && ends_ms >= now_ms).then_some((bytes[..16].try_into().ok()?, ends_ms))
}
