//! Citizen numbers under the county's keys (L-50: the algorithm stands beside what it made).
//!
//! Always true: a sealed number opens beside its person alone; a digest is keyed, so that nobody without the keys can try
//! numbers out. Deliberately not here: where they are kept.

use crate::access::keys::CountyKeys;
use crate::access::{base64, hex, unbase64};
use crate::county::roster::identity::{self, Verdict};
use crate::intake::Intake;
use crate::rows::roster::SealedIdentity;

/// What numbers are sealed for.
const IDENTITY: &str = "roster-identity";
/// AES-256-GCM.
const ALGORITHM: &str = "aes-256-gcm-1";

impl Intake {
    /// A citizen number as it is shown.
    pub fn masked(&self, person: &str, identity: Option<&SealedIdentity>) -> String {
        let plain = identity.and_then(|identity| self.opened(person, identity));
        plain.map(|number| identity::masked(&number)).unwrap_or_default()
    }

    /// Whether the number that is kept has a wrong check digit, while this one has the right one.
    pub(super) fn is_put_right(&self, person: &str, kept: &SealedIdentity, number: &str) -> bool {
        let verdict = |number: &str| identity::identity(number, |_| true).verdict;
        let kept = self.opened(person, kept);
        kept.is_some_and(|kept| verdict(&kept) == Verdict::WrongCheckDigit) && verdict(number) == Verdict::Valid
    }

    fn opened(&self, person: &str, identity: &SealedIdentity) -> Option<String> {
        let locked = unbase64(&identity.sealed)?;
        String::from_utf8(self.keys.unlock(IDENTITY, person, &locked).ok()?).ok()
    }
}

pub(super) fn digest(keys: &CountyKeys, key: &str) -> String {
    hex(&keys.seal("roster-identity-digest", key.as_bytes()))
}

/// A person's number, to be found by `digest`.
pub(super) fn sealed(keys: &CountyKeys, person: &str, number: &str, digest: &str) -> Option<SealedIdentity> {
    let locked = keys.lock(IDENTITY, person, number.as_bytes()).ok()?;
    let (algorithm, digest) = (ALGORITHM.to_owned(), digest.to_owned());
    Some(SealedIdentity { algorithm, sealed: base64(&locked), digest, last: None })
}
