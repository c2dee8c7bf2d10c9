//! People of the county's roster as imports and corrections change them: what stands in the journal and in the index.
//!
//! Always true: a citizen number stands here encrypted alone, with the name of its algorithm and a keyed digest to find it
//! by; it is in no table that travels. A change says what was before and what is after, so that it can be undone.
//! Deliberately not here: how changes are found (`county/roster`).

use super::index::ReadIndex;
use super::keys;
use super::table::RosterEntry;
use crate::county::view::{ColumnMeaning, ImportCheck, ImportKind};
use crate::store::contract::StoreError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Changes in one record of the journal.
pub const CHANGES_TOGETHER: usize = 500;

/// Being on a batch list: recruits, returnees, merit notices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchListing {
    /// `recruit`, `returnee`, `merit`; `plaque` of families that no list is imported of.
    pub kind: String,
    /// `2024H1`.
    pub batch: String,
    /// Family contact, as phones show it.
    pub contact: String,
    /// How the contact is related.
    pub relation: String,
    /// Of a list of merit notices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

/// A merit notice (立功喜报) as a list says it; what is empty was not said. Never the unit, never the deed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Code of the county's list of honours.
    pub honour_code: String,
    /// Four digits.
    pub award_year: String,
    /// The county's own running number.
    pub serial: String,
    /// `YYYY-MM-DD`.
    pub received_on: String,
}

impl Notice {
    /// What tells one notice of a soldier from another.
    pub fn key(&self) -> String {
        format!("{} {}", self.honour_code, self.award_year)
    }

    /// What a phone copies into the family's participant.
    pub fn details(&self) -> BTreeMap<String, Value> {
        let said =
            [("honour_code", &self.honour_code), ("notice_serial", &self.serial), ("received_on", &self.received_on)];
        let said = said.into_iter().filter(|(_, value)| !value.is_empty());
        let year = self.award_year.parse::<u32>().ok().map(|year| ("award_year".to_owned(), Value::from(year)));
        said.map(|(name, value)| (name.to_owned(), Value::from(value.as_str()))).chain(year).collect()
    }
}

/// By what a line with this name or number is found again: of a list of notices they mean a soldier, and not yet a notice.
pub fn line_key(said: &str, notice: Option<&Notice>) -> String {
    notice.map_or_else(|| said.to_owned(), |notice| format!("{said} {}", notice.key()))
}

impl RosterEntry {
    /// The notice that somebody of a list of merit notices stands for.
    pub fn notice(&self) -> Option<&Notice> {
        self.batch.as_ref()?.notice.as_ref()
    }
}

/// A citizen number that only the county's keys open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedIdentity {
    /// `aes-256-gcm-1`.
    pub algorithm: String,
    /// Nonce and ciphertext, base64url.
    pub sealed: String,
    /// Keyed digest of the number in its form of 18 digits (see [`line_key`]), hexadecimal.
    pub digest: String,
    /// Digest of what the list said, where the county put another number in its place: the list still means this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// All that is known of a person; each part may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// As they stand on the roster now.
    pub entry: Option<RosterEntry>,
    /// As the last import said, and of which kind it was.
    pub imported: Option<RosterEntry>,
    /// Citizen number.
    pub identity: Option<SealedIdentity>,
}

/// A person before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterChange {
    /// Internal id.
    pub person_ref: String,
    /// Of which list.
    pub kind: ImportKind,
    /// Nothing for somebody new.
    pub before: KnownPerson,
    /// Nothing for somebody who was never there.
    pub after: KnownPerson,
}

/// An import that was taken, or the undoing of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTaken {
    /// Stable id.
    pub id: String,
    /// Of which list.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// Who took it.
    pub by: String,
    /// When, ms.
    pub at_ms: u64,
    /// Lines of the file.
    pub lines: u32,
    /// Records of the journal that hold its changes.
    pub parts: u32,
    /// What it changed, in numbers.
    pub check: ImportCheck,
    /// Meaning by heading.
    pub mapping: BTreeMap<String, ColumnMeaning>,
    /// The import that is undone by this; none for an ordinary one.
    pub undoes: Option<String>,
    /// The import of this kind that was in force before.
    pub previous: Option<String>,
}

impl ImportTaken {
    /// Some of what it changed; parts count from 0.
    pub fn part(&self, index: &(impl ReadIndex + ?Sized), part: u32) -> Result<Vec<RosterChange>, StoreError> {
        Ok(index.value(&keys::import_part(&self.id, u64::from(part)))?.unwrap_or_default())
    }
}

/// The list that an entry belongs to; none for households with a plaque, of whom no list is imported.
pub fn kind_of(entry: &RosterEntry) -> Option<ImportKind> {
    match entry.batch.as_ref().map(|batch| batch.kind.as_str()) {
        None => Some(ImportKind::Roster),
        Some("recruit") => Some(ImportKind::Recruits),
        Some("returnee") => Some(ImportKind::Returnees),
        Some("merit") => Some(ImportKind::Merits),
        Some(_) => None,
    }
}
