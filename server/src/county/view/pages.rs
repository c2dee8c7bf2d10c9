//! Records of any register: questions, pages, one record, its correction, and the export.

use super::{HistoryEvent, Matter, RecordRow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// `GET|POST /api/county/records`; an empty text asks for everything. `text` is taken by POST alone, since names stand
/// in no address.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RecordQuery {
    /// Name of the register.
    pub register: String,
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// A value of `x-state`; or `counted`, `void`, `invalid`, `matter`.
    pub state: String,
    /// Id of the step that waits.
    pub step: String,
    /// A value of the field that `x-start` names.
    pub kind: String,
    /// Part of a title or of somebody's name.
    pub text: String,
    /// Shows sensitive columns as well; that is written down.
    pub sensitive: bool,
    /// `received`: what the county had last comes first; else the newest day.
    pub order: String,
    /// Rows to skip.
    #[ts(type = "number")]
    pub offset: usize,
    /// Rows to show; 50 by default, at most 500.
    #[ts(type = "number")]
    pub limit: usize,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordPage {
    /// The rows of this page.
    pub rows: Vec<RecordRow>,
    /// Rows that match in all.
    pub matching: u32,
    /// The register's measures over all that match, by their names.
    #[ts(type = "Record<string, number>")]
    pub figures: BTreeMap<String, i64>,
    /// Server's time of this answer.
    #[ts(type = "number")]
    pub as_of_ms: u64,
}

/// `GET /api/county/records/{record_id}`: one record with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordDetail {
    /// The row.
    pub row: RecordRow,
    /// All fields as they stand, by name.
    #[ts(type = "Record<string, unknown>")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// Oldest first.
    pub history: Vec<HistoryEvent>,
    /// Matters that concern it, open and settled.
    pub matters: Vec<Matter>,
    /// Heads of the document as shown, hexadecimal: sent back with an edit.
    pub heads: Vec<String>,
}

/// `POST /api/county/records/{record_id}`: a correction, a void (`void_reason`), a step, an answer. Answer: the record as
/// it then stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordEdit {
    /// Fields to write, each whole; null empties one.
    #[ts(type = "Record<string, unknown>")]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// The heads that the clerk was shown.
    pub heads: Vec<String>,
    /// Why; 1 to 200 characters.
    pub note: String,
}

/// `POST /api/county/export`: a table as CSV, names masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ExportRequest {
    /// Name of the register.
    pub register: String,
    /// 6, 9 or 12 digits; empty for the whole county.
    pub unit: String,
    /// First day; empty for none.
    pub from: String,
    /// Last day; empty for none.
    pub to: String,
    /// What it is needed for; 2 to 200 characters. It is written down.
    pub reason: String,
}
