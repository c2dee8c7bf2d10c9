//! What a person at the county has to look at, and how it is settled.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why something is in the county's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MatterKind {
    /// Concurrent, differing writes to one field or group.
    Conflict,
    /// A void concurrent with an edit.
    VoidAgainstEdit,
    /// A later ordinary write covered concurrent values nobody compared.
    OverwrittenUnseen,
    /// Two records of one person in one campaign.
    Double,
    /// A record that breaks the schema.
    Invalid,
    /// Work outside the device's grant, kept for the county.
    Held,
    /// A chunk that could not be admitted; its bytes are kept.
    Quarantined,
}

/// One thing a person at the county has to look at: `GET /api/county/matters?open=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Matter {
    /// Stable id.
    pub id: String,
    /// What it is.
    pub kind: MatterKind,
    /// Where.
    pub unit: String,
    /// Whom it concerns; empty for held and quarantined.
    pub person_name: String,
    /// Records concerned: one, or the two or more of a double.
    pub record_ids: Vec<String>,
    /// The field or group, for conflicts.
    pub field: Option<String>,
    /// The values side by side.
    pub values: Vec<MatterValue>,
    /// Heads of the document as shown, hexadecimal: sent back with a settlement.
    pub heads: Vec<String>,
    /// What the campaign's standard says, for conflicts over the gift: fen.
    #[ts(type = "number | null")]
    pub standard_fen: Option<i64>,
    /// A stable code for invalid, held and quarantined.
    pub code: Option<String>,
    /// The settlement, once there is one.
    pub settled: Option<SettledMatter>,
}

/// One of the values that clash, or one of the records of a double.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MatterValue {
    /// Change hash; for a double the record id.
    pub id: String,
    /// The value; for a double the main fields of the record (date, outcome, value_fen, lead_rank).
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// Who.
    pub author: String,
    /// From which device.
    pub device: String,
    /// The writer's clock, ms.
    #[ts(type = "number")]
    pub written_ms: u64,
    /// This is what every replica shows now.
    pub shown: bool,
}

/// How a matter was settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SettledMatter {
    /// Id of the chosen value; none where both records of a double are real.
    pub chosen: Option<String>,
    /// Why.
    pub note: String,
    /// Who.
    pub by: String,
    /// When, ms.
    #[ts(type = "number")]
    pub at_ms: u64,
}

/// `POST /api/county/matters/{id}/settle`. Answer: the matter as it then stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settlement {
    /// Id of a [`MatterValue`]; none: both records of a double are real.
    pub chosen: Option<String>,
    /// Why; at most 200 characters.
    pub note: String,
    /// The heads that the clerk was shown.
    pub heads: Vec<String>,
}
