//! The annual report.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

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
