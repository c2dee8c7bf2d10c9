//! What the county workbench is shown: the JSON of `/api/county/…` and `/api/report/…`, with TypeScript generated from it.
//!
//! Always true: money is integer fen, dates are `YYYY-MM-DD`, times are milliseconds since 1970, units are 6, 9 or 12
//! digits. Deliberately not here: how any of it is computed.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// `POST /api/session`: spend a sign-in code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// From the link's fragment.
    pub code: String,
}

/// `GET /api/session` (and the answer to a sign-in): who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Session {
    /// 刘敏.
    pub person: String,
    /// `administrator` or `county_clerk`.
    pub role: String,
    /// Six digits.
    pub county: String,
    /// 示例县.
    pub county_name: String,
    /// Filing number of the app (备案编号).
    pub filing_no: String,
}

/// `GET /api/county/units`: the tree, sorted by code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnitName {
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// 石门村.
    pub name: String,
}

/// `GET /api/county/visits?unit=&campaign=&kind=&outcome=&from=&to=&state=&offset=&limit=`; all optional.
/// `state` is `counted`, `void`, `invalid` or `matter`; `limit` at most 500, 50 by default; newest visit date first.
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

/// `GET /api/county/overview?campaign=`: coverage, townships sorted by code (never by rate, L-33).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Overview {
    /// All campaigns, newest first; the first open one is shown by default.
    pub campaigns: Vec<CampaignState>,
    /// The campaign that the rest is about.
    pub campaign_id: String,
    /// Per township.
    pub townships: Vec<Coverage>,
    /// The whole county.
    pub county: Coverage,
    /// Totals of the campaign's records.
    pub totals: Totals,
    /// Open matters.
    pub open_matters: u32,
    /// Server's time, ms.
    #[ts(type = "number")]
    pub as_of_ms: u64,
}

/// A campaign and whether it is open today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CampaignState {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Document number.
    pub document_no: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Not closed, and today lies in it.
    pub open: bool,
    /// What the office says it spent, fen.
    #[ts(type = "number")]
    pub spent_fen: i64,
}

/// How many of a unit's targets are visited.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Targets (persons on the list).
    pub targets: u32,
    /// Of these, with a delivered visit.
    pub visited: u32,
}

/// `GET /api/county/pending?campaign=&unit=`: who is not yet visited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Pending {
    /// Village.
    pub unit: String,
    /// 石门村.
    pub unit_name: String,
    /// Name.
    pub person_name: String,
    /// Group of villagers.
    pub group: String,
    /// Last day somebody tried, if so.
    pub tried_on: Option<String>,
}

/// `GET /api/county/phones`: enrolled devices.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Phone {
    /// Short name of the device: 手机 7F3A.
    pub device: String,
    /// Who it is bound to.
    pub person: String,
    /// Units it may write.
    pub units: Vec<String>,
    /// When it was enrolled, ms.
    #[ts(type = "number")]
    pub enrolled_ms: u64,
}

/// `POST /api/county/links`: a fresh link for a phone, or for staff of the county.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkRequest {
    /// A village or township for a phone; none for a sign-in link of the workbench.
    pub unit: Option<String>,
    /// Who it is for, by name.
    pub person: String,
}

/// The fresh link. The code is in the fragment and good once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Link {
    /// `https://…/#enrol=…` or `https://…/county#code=…`.
    pub url: String,
    /// The same as a QR code: SVG text.
    pub qr_svg: String,
    /// Good until, ms.
    #[ts(type = "number")]
    pub expires_ms: u64,
}

/// `GET /api/report/annual?unit=&year=`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnnualReport {
    /// Exact figures by formula id: `T01.person_times`.
    #[ts(type = "Record<string, number>")]
    pub figures: BTreeMap<String, i64>,
    /// Sentences as they would be printed.
    pub sentences: Vec<Sentence>,
    /// What the reader must know: open doubles, differences.
    pub remarks: Vec<Sentence>,
}

/// A sentence of the report.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Sentence {
    /// `T01`.
    pub id: String,
    /// Chinese text.
    pub text: String,
}

/// Any answer that is not a success.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Failure {
    /// See `PROTOCOL.md`, "Errors".
    pub error: FailureText,
}

/// What, where, what to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FailureText {
    /// Stable code.
    pub code: String,
    /// For people, Chinese.
    pub zh: String,
    /// For people, English.
    pub en: String,
    /// The field, unit or id it is about.
    pub about: String,
}
