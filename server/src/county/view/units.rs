//! The division tree as it is brought in and shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A unit with its days: `GET /api/county/tree`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnitDays {
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// First day; none: always.
    pub valid_from: Option<String>,
    /// Last day; none: still there.
    pub valid_to: Option<String>,
    /// What it was merged into.
    pub replaced_by: Option<String>,
}

/// `POST /api/county/tree?apply=…` with a CSV file as body: what it says and what it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TreeCheck {
    /// Lines read, the heading not counted.
    pub lines: u32,
    /// New units.
    pub added: Vec<UnitDays>,
    /// Units with another name, other days or another successor than before.
    pub changed: Vec<UnitDays>,
    /// What is wrong, by line. With any of them nothing is taken.
    pub faults: Vec<LineFault>,
    /// Whether the tree is in force now.
    pub applied: bool,
}

/// What is wrong with one line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineFault {
    /// Sheet of the workbook; empty where only one was read.
    #[serde(default)]
    pub sheet: String,
    /// As the spreadsheet program counts them, from 1.
    pub line: u32,
    /// Heading of the column; empty for the whole line.
    pub column: String,
    /// What stands there, cut to 40 characters; never an identity number.
    pub value: String,
    /// Stable code.
    pub code: String,
    /// What to do, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The line is taken all the same.
    pub warning: bool,
}
