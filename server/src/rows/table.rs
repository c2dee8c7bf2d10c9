//! County tables as they stand in the journal: what the county brings in (units, campaigns, roster).
//!
//! Always true: a table is replaced whole, and the version before stays in the journal. Deliberately not here: the
//! import from spreadsheets.

use super::roster::{BatchListing, ImportTaken, RosterChange};
use crate::county::view::{CampaignPlan, UnitName};
use crate::store::record::JournalRecord;
use serde::{Deserialize, Serialize};
use zoufang_sync_protocol::roster::{Campaign, CountyList, CountyTable, VillageTable};

/// A new version of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TableRecord {
    /// Names of units.
    Units {
        /// The whole tree.
        units: Vec<Unit>,
    },
    /// What the county calls itself, and its filing number.
    County {
        /// Of the same code as at the founding.
        county: CountyTable,
    },
    /// Campaigns.
    Campaigns {
        /// All of them.
        campaigns: Vec<Campaign>,
    },
    /// A register of the county's own, or one with further fields.
    Register {
        /// The file as it was uploaded, which was read without fault.
        source: String,
    },
    /// A list that the county edits.
    List {
        /// With all its versions.
        list: CountyList,
    },
    /// A campaign as the county plans it; it takes the place of the one of the same id.
    Plan {
        /// All of it.
        plan: CampaignPlan,
    },
    /// A campaign that nobody had visited anybody for was taken back.
    PlanWithdrawn {
        /// Of the campaign.
        id: String,
    },
    /// The people of one village or township: what its phones may know, and what only the county knows.
    Village {
        /// Goes to phones.
        table: VillageTable,
        /// Stays at the county.
        roster: Vec<RosterEntry>,
    },
    /// Some of an import's changes: nothing happens until all are there.
    ImportPart {
        /// Id of the import.
        import: String,
        /// From 0.
        part: u32,
        /// At most [`CHANGES_TOGETHER`](super::roster::CHANGES_TOGETHER).
        changes: Vec<RosterChange>,
    },
    /// An import is in force from here on, with all its parts.
    Imported {
        /// The import.
        import: Box<ImportTaken>,
    },
    /// The county corrected a person.
    Corrected {
        /// Before and after.
        change: Box<RosterChange>,
    },
}

impl TableRecord {
    /// As it stands in the journal.
    pub fn to_journal(&self) -> JournalRecord {
        let json = serde_json::to_vec(self).expect("plain data has string keys and serializes");
        JournalRecord::Table { json: json.into() }
    }
}

/// A unit's name. Codes change: a merged village stays in the tree, with its records under the code of their day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// Its first day, `YYYY-MM-DD`; none for one that was always there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Its last day, `YYYY-MM-DD`; none for one that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// Which unit it was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

impl From<Unit> for UnitName {
    fn from(unit: Unit) -> Self {
        Self { unit: unit.unit, name: unit.name }
    }
}

/// A person of the county's roster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Internal id.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// Village, twelve digits.
    pub unit: String,
    /// Household id.
    pub household: String,
    /// Group of villagers.
    pub group: String,
    /// Category codes of the county's list, the one that was named first in front: sensitive.
    pub categories: Vec<String>,
    /// A relative, to tell namesakes apart. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub relative: String,
    /// Day of death, `YYYY-MM-DD`: the person is no target any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub died_on: Option<String>,
    /// Not on the roster any more; the name stays for the records of their day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// Taken off by the county, as somebody who was entered twice: a file that still has them does not bring them back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
    /// Of a batch list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Box<BatchListing>>,
}
