//! Merged visits, and one of them with its history.

use super::Matter;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use zoufang_sync_protocol::register::odd::OddField;

/// `GET /api/county/visits?unit=&campaign=&kind=&outcome=&from=&to=&state=&order=&offset=&limit=`; all optional. The
/// same as JSON by POST, there with `person` too: part of a name, which stands in no address. `state` is `counted`,
/// `void`, `invalid`, `odd`, `unmatched` or `matter`; `limit` at most 500, 50 by default; newest visit date first, with `order=received`
/// what the county had last.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitPage {
    /// The rows of this page.
    pub rows: Vec<VisitRow>,
    /// Rows that match in all.
    pub matching: u32,
    /// Totals over all that match and count (void, invalid and settled doubles do not).
    pub totals: Totals,
    /// Server's time of this answer.
    #[ts(type = "number")]
    pub as_of_ms: u64,
}

/// Totals by `domain` counting words: person-times (人次), persons (人), money.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Totals {
    /// An open double counts once here …
    #[ts(type = "number")]
    pub person_times: i64,
    /// Distinct persons.
    #[ts(type = "number")]
    pub persons: i64,
    /// … and both times here.
    #[ts(type = "number")]
    pub value_fen: i64,
    /// How many doubles are open.
    pub open_doubles: u32,
}

/// One visit as the county sees it: the merged record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VisitRow {
    /// UUIDv7.
    pub record_id: String,
    /// `visit/990101103200/2024`.
    pub address: String,
    /// Village, 12 digits.
    pub unit: String,
    /// From the roster at the time of folding; else as entered.
    pub person_name: String,
    /// Roster id; empty if the person is on no list.
    pub person_ref: String,
    /// Category codes from the roster at the time of folding (sensitive: hidden until asked for, L-02).
    pub categories: Vec<String>,
    /// Campaign id; empty for none.
    pub campaign_id: String,
    /// `visit_kind`.
    pub kind: String,
    /// `delivered`, `not_met`, `deceased`.
    pub outcome: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// What this record counts.
    #[ts(type = "number")]
    pub person_times: i64,
    /// Money plus goods at the campaign's prices, fen.
    #[ts(type = "number")]
    pub value_fen: i64,
    /// `handover_place`.
    pub place: String,
    /// `receiver`.
    pub receiver: String,
    /// `lead_rank`.
    pub lead_rank: String,
    /// Who logged it first.
    pub author: String,
    /// When the server had it, ms.
    #[ts(type = "number")]
    pub received_ms: u64,
    /// Reason, if void.
    pub void_reason: Option<String>,
    /// Fields that break the schema.
    pub invalid_fields: Vec<String>,
    /// Values worth a second look.
    #[serde(default)]
    pub odd_fields: Vec<OddField>,
    /// The step that waits: `need`; empty for none.
    #[serde(default)]
    pub step: String,
    /// Record that counts instead, once a double is settled.
    pub double_of: Option<String>,
    /// Open matters that concern this record.
    pub open_matters: u32,
}

/// One record of any register as the county sees it: what is stored, and what tables and measures are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordRow {
    /// `ceremony`.
    pub register: String,
    /// UUIDv7.
    pub record_id: String,
    /// `ceremony/990101103/2024`.
    pub address: String,
    /// Unit of the document: 6, 9 or 12 digits.
    pub unit: String,
    /// The register's date (`x-bucket-date`); empty if it has none.
    pub date: String,
    /// What names it (`x-title`): a text, the code of a choice, or names of people by the roster.
    pub title: String,
    /// Value of `x-state`; without one, in a register with steps, the step that waits.
    pub state: String,
    /// The step that waits; empty where all is done or nobody acts in turn.
    pub step: String,
    /// Fields that stand in rows, and under `county` what only the county knows.
    #[ts(type = "Record<string, unknown>")]
    pub columns: BTreeMap<String, serde_json::Value>,
    /// Who logged it first.
    pub author: String,
    /// When the server had it, ms.
    #[ts(type = "number")]
    pub received_ms: u64,
    /// Reason, if void.
    pub void_reason: Option<String>,
    /// Fields that break the schema, or that somebody wrote who may not.
    pub invalid_fields: Vec<String>,
    /// Values worth a second look: amounts far beyond the usual, text with a unit of the forces or a number of papers.
    #[serde(default)]
    pub odd_fields: Vec<OddField>,
    /// Record that counts instead, once a double is settled.
    pub double_of: Option<String>,
    /// Open matters that concern this record.
    pub open_matters: u32,
}

/// `GET /api/county/visits/{record_id}`: the record with everything that happened to it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VisitDetail {
    /// The row.
    pub row: VisitRow,
    /// All fields as they stand, by name.
    #[ts(type = "Record<string, unknown>")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// Oldest first.
    pub history: Vec<HistoryEvent>,
    /// Matters that concern it, open and settled.
    pub matters: Vec<Matter>,
}

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HistoryEvent {
    /// Change hash, hexadecimal.
    pub change: String,
    /// Who.
    pub author: String,
    /// From which device: a short name; `county` for the workbench.
    pub device: String,
    /// The writer's clock, ms.
    #[ts(type = "number")]
    pub written_ms: u64,
    /// When the server had it, ms.
    #[ts(type = "number")]
    pub received_ms: u64,
    /// Why, where the county wrote it; else empty.
    #[serde(default)]
    pub note: String,
    /// What was written.
    pub changes: Vec<FieldChange>,
}

/// A field's old and new value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// Field name.
    pub field: String,
    /// Values that this change replaced: none for a first write, several where it covered concurrent ones.
    #[ts(type = "unknown[]")]
    pub old: Vec<serde_json::Value>,
    /// The new value.
    #[ts(type = "unknown")]
    pub new: serde_json::Value,
}
