//! One-time codes: made here, shown once in a link's fragment, kept as digests.
//!
//! A code has 80 bits in groups a person can read aloud, from an alphabet without look-alikes. Limits: 15 minutes for a
//! phone that stands beside the clerk, 14 days where somebody compares four digits later, one day for a sign-in link.

use super::posts::CODE_TRIES_MAX;
use super::{AccessError, Code, hex};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::Store;
use ring::rand::{SecureRandom, SystemRandom};
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::signature::digest;

/// A phone's code is good for 15 minutes.
pub const PHONE_CODE_MS: u64 = 15 * 60 * 1000;
/// A sign-in code is good for a day.
pub const SIGN_IN_CODE_MS: u64 = 24 * 60 * 60 * 1000;
/// A phone's code that is approved later is good for 14 days.
pub const LATER_CODE_MS: u64 = 14 * 24 * 60 * 60 * 1000;
/// Codes of the demo are good for 14 days.
pub const DEMO_CODE_MS: u64 = 14 * 24 * 60 * 60 * 1000;

const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LETTERS: usize = 16;

/// A fresh code: its text, and what the journal keeps.
pub fn issue(
    person_id: &str,
    grants: Vec<Grant>,
    now_ms: u64,
    good_for_ms: u64,
) -> Result<(String, Code), AccessError> {
    let mut bytes = [0; LETTERS];
    SystemRandom::new().fill(&mut bytes).map_err(|_| AccessError::Cryptography)?;
    let letters: Vec<u8> = bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    let text = groups.join("-");
    let digest = digest_of(&text);
    let person_id = person_id.to_owned();
    let expires_ms = now_ms.saturating_add(good_for_ms);
    Ok((text, Code { digest, person_id, grants, expires_ms, spent_by: None, approved_later: false, tries: 0 }))
}

/// The digest under which a code is kept. Case, spaces and dashes do not matter.
pub fn digest_of(text: &str) -> String {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    hex(&digest(plain.as_bytes()))
}

/// A code that can still be spent, or that `by` itself spent before.
pub fn usable(store: &dyn Store, text: &str, by: &str, now_ms: u64) -> Result<Code, AccessError> {
    let code: Code = store.value(&keys::code(&digest_of(text)))?.ok_or(AccessError::CodeUnknown)?;
    if code.tries >= CODE_TRIES_MAX {
        return Err(AccessError::CodeTries);
    }
    match &code.spent_by {
        Some(spent_by) if spent_by == by => Ok(code),
        Some(_) => Err(AccessError::CodeUsed),
        None if code.expires_ms < now_ms => Err(AccessError::CodeExpired),
        None => Ok(code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_read_the_same_without_dashes() {
        let (text, code) = issue("p1", vec![], 0, 1).unwrap();
        let (other, _) = issue("p1", vec![], 0, 1).unwrap();
        assert_ne!(text, other);
        assert_eq!(digest_of(&text.replace('-', " ").to_lowercase()), code.digest);
        assert_eq!(text.len(), 19);
    }
}
