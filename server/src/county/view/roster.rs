//! Roster and batch lists as they are brought in from spreadsheets: first looked at, then taken, then perhaps undone.

use super::LineFault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a list is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Recipients and veterans (花名册).
    #[default]
    Roster,
    /// A batch of recruits.
    Recruits,
    /// A batch of returnees.
    Returnees,
    /// Merit notices (立功喜报) that came in a half-year: one line a notice.
    Merits,
}

impl ImportKind {
    /// As it stands in addresses and keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Recruits => "recruits",
            Self::Returnees => "returnees",
            Self::Merits => "merits",
        }
    }
}

/// A column's meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ColumnMeaning {
    /// As written on the ID.
    Name,
    /// Citizen number (GB 11643): kept at the county alone, encrypted.
    IdentityNumber,
    /// Division code of the village, 12 digits.
    VillageCode,
    /// Name of the village.
    VillageName,
    /// Name of the township.
    TownshipName,
    /// Group of villagers (组).
    Group,
    /// Household number (户号): equal in one household.
    Household,
    /// Categories, by code or by name.
    Category,
    /// A relative, to tell namesakes apart; of a batch list the family's contact.
    Relative,
    /// How the relative is related.
    Relation,
    /// Batch: `2024H1`, 2024年春季.
    Batch,
    /// Date of death: the person is no target any more.
    DiedOn,
    /// Of a merit notice: the honour, by code or by name.
    Honour,
    /// Of a merit notice: the year of the award.
    AwardYear,
    /// Of a merit notice: the county's own running number.
    NoticeSerial,
    /// Of a merit notice: the day on which the county received it.
    ReceivedOn,
    /// Nothing that is read, though its title says otherwise: somebody said so.
    NotRead,
}

/// `POST /api/county/imports?kind=…&name=…` with the file as body; `GET /api/county/imports/{id}` later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportShown {
    /// Stable id.
    pub id: String,
    /// What it is a list of.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// Who brought it.
    pub by: String,
    /// When, ms.
    #[ts(type = "number")]
    pub at_ms: u64,
    /// `read`, `working`, `checked`, `applied`, `undone`, `failed`.
    pub state: String,
    /// Lines done of the work that goes on.
    pub done: u32,
    /// Lines of the file below its heading.
    pub lines: u32,
    /// The headings, in the order of the file.
    pub headings: Vec<String>,
    /// The first lines, each as long as `headings`; identity numbers are masked.
    pub sample: Vec<Vec<String>>,
    /// Meaning by heading: what was used last for such headings, or guessed.
    pub mapping: BTreeMap<String, ColumnMeaning>,
    /// What taking it would change; once it was checked.
    pub check: Option<ImportCheck>,
    /// Why it failed.
    pub failure: Option<LineFault>,
}

/// What taking a list would change, or has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportCheck {
    /// People who are new.
    pub added: u32,
    /// People in whom the file changes something.
    pub changed: u32,
    /// People of the last import who are not in this file.
    pub removed: u32,
    /// People as they were.
    pub unchanged: u32,
    /// Later corrections that the file does not contradict: kept.
    pub corrections_kept: u32,
    /// Values that were corrected here and are different again in the file: a person decides.
    pub clashes: u32,
    /// Lines that cannot be taken.
    pub refused: u32,
    /// Lines taken with a warning.
    pub warned: u32,
    /// Faults and warnings there are in all; a line may have several.
    #[serde(default)]
    pub said: u32,
    /// The first of the differences, clashes first, then removals.
    pub differences: Vec<ImportDifference>,
    /// The first of the faults, and the first of the warnings.
    pub faults: Vec<LineFault>,
}

/// One person that an import changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportDifference {
    /// Internal id; of somebody new the id that they will have.
    pub person_ref: String,
    /// Name as it will be.
    pub name: String,
    /// Village.
    pub unit: String,
    /// Sheet of the workbook; empty where only one was read.
    pub sheet: String,
    /// Line of the sheet; none for a removal.
    pub line: Option<u32>,
    /// `added`, `changed`, `removed`, `clash`.
    pub kind: String,
    /// By field: `name`, `unit`, `household`, `group`, `categories`, `relative`, `identity` (masked), `died_on`; of merit notices
    /// `honour`, `award_year`, `notice_serial`, `received_on`.
    pub fields: Vec<ImportField>,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportField {
    /// Which.
    pub field: String,
    /// In the last import; none if there was none.
    pub last: Option<String>,
    /// As it stands here now.
    pub now: String,
    /// In the file.
    pub file: String,
}

/// `POST /api/county/imports/{id}/check` and `…/apply`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ImportChoice {
    /// Meaning by heading.
    #[serde(default)]
    pub mapping: BTreeMap<String, ColumnMeaning>,
    /// The batch of all lines where no column says it: `2024H1`.
    pub batch: Option<String>,
    /// Whose value wins, by `person_ref`: `file` or `here`. Without an entry a clash keeps what is here.
    #[serde(default)]
    pub clashes: BTreeMap<String, String>,
    /// The file wins wherever both changed something.
    #[serde(default)]
    pub file_wins: bool,
    /// People of the last import who are not in this file leave the roster.
    #[serde(default)]
    pub remove_missing: bool,
}

/// A person of the roster: one of [`PeopleFound`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterShown {
    /// Internal id.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// Village.
    pub unit: String,
    /// Household id.
    pub household: String,
    /// Group of villagers.
    pub group: String,
    /// Category codes; empty unless they were asked for (sensitive).
    pub categories: Vec<String>,
    /// A relative.
    pub relative: String,
    /// `990101********0017`; empty if none is known.
    pub identity_masked: String,
    /// `YYYY-MM-DD`; none for the living.
    pub died_on: Option<String>,
    /// Errors that villages reported and nobody has dealt with.
    pub reported: u32,
}

/// Whom to look for: `POST /api/county/people`. An empty text means any.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PeopleQuery {
    /// Within this unit.
    pub unit: String,
    /// Part of a name.
    pub search: String,
    /// Which list.
    pub kind: ImportKind,
    /// Categories, too: each such question is written down.
    pub sensitive: bool,
}

/// The first of them, by village and name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PeopleFound {
    /// At most 200.
    pub people: Vec<RosterShown>,
    /// How many there are.
    pub total: u32,
}

/// Who of a list somebody may be that was entered by hand: `POST /api/county/people/candidates`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CandidateQuery {
    /// Within this unit.
    pub unit: String,
    /// Part of a name or of a family's contact; empty: all.
    pub search: String,
    /// Which list.
    pub kind: ImportKind,
}

/// Somebody of a list to match with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Candidate {
    /// Internal id.
    pub person_ref: String,
    /// Village.
    pub unit: String,
    /// As written on the ID; of a batch list empty for a township, which knows the family alone.
    pub name: String,
    /// The family's contact or a relative.
    pub relative: String,
    /// `2024H1`; empty on the roster.
    pub batch: String,
    /// Code of the honour; of a list of merit notices alone.
    pub honour: String,
}

/// `PUT /api/county/people/{person_ref}`: a correction at the county. What is none stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct RosterCorrection {
    /// As written on the ID.
    pub name: Option<String>,
    /// Village.
    pub unit: Option<String>,
    /// Group of villagers.
    pub group: Option<String>,
    /// A relative.
    pub relative: Option<String>,
    /// Category codes.
    pub categories: Option<Vec<String>>,
    /// Citizen number (GB 11643) that was checked on the card; shown masked afterwards.
    #[serde(default)]
    pub identity_number: Option<String>,
    /// `YYYY-MM-DD`; empty: lives.
    pub died_on: Option<String>,
    /// Off the list: entered twice, or never entitled. `false` brings them back.
    #[serde(default)]
    pub struck: Option<bool>,
}
