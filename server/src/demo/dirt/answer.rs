//! The right answer to one kind of dirt, as it is written down for machines.
//!
//! Always true: `figures` says what the records of this kind add to the clean year; what is not named there does not move.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// All answers: `dirt.json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// One for each kind of dirt.
    pub kinds: Vec<Answer>,
}

/// What is right for one kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// A stable word.
    pub kind: String,
    /// Records concerned.
    pub records: Vec<String>,
    /// Persons concerned, by the roster.
    #[serde(default)]
    pub persons: Vec<String>,
    /// What they add to figures of the annual report.
    #[serde(default)]
    pub figures: BTreeMap<String, i64>,
    /// Kind of the matter that must be open about these records.
    #[serde(default)]
    pub matter: Option<String>,
    /// Field and code of the warning that must be given before it is saved.
    #[serde(default)]
    pub warning: Option<Warning>,
    /// What else is right, by kind.
    #[serde(default)]
    pub right: Value,
}

/// A warning that a form gives, and that the county sees on the record all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Path of the field in its register.
    pub field: String,
    /// `above`, `below`, `unit`, `identity`, `card`.
    pub code: String,
}

impl Answer {
    /// An answer about records.
    pub fn about(kind: &str, records: impl IntoIterator<Item = String>) -> Self {
        Self { kind: kind.to_owned(), records: records.into_iter().collect(), ..Self::default() }
    }

    /// With the persons it is about.
    pub fn of(mut self, persons: impl IntoIterator<Item = String>) -> Self {
        self.persons = persons.into_iter().collect();
        self
    }

    /// Adds to a figure.
    pub fn adding(mut self, figure: &str, by: i64) -> Self {
        *self.figures.entry(figure.to_owned()).or_default() += by;
        self
    }

    /// Adds delivered visits of a festival: person-times, persons that had none before, and money.
    pub fn adding_visits(self, person_times: i64, persons: i64, money_fen: i64) -> Self {
        self.adding("T01.person_times", person_times)
            .adding("T01.persons", persons)
            .adding("T01.households", persons)
            .adding("visit.persons", persons)
            .adding("T01.money_records_fen", money_fen)
    }

    /// With a matter that must be open.
    pub fn with_matter(mut self, kind: &str) -> Self {
        self.matter = Some(kind.to_owned());
        self
    }

    /// With a warning that must be given.
    pub fn with_warning(mut self, field: &str, code: &str) -> Self {
        self.warning = Some(Warning { field: field.to_owned(), code: code.to_owned() });
        self
    }

    /// With what else is right.
    pub fn right(mut self, right: Value) -> Self {
        self.right = right;
        self
    }
}
