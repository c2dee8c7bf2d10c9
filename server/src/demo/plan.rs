//! A planned record: what some phone of the fictional county is to log, and when.
//!
//! Always true: two plans of one record id stand in one document, in rounds that follow each other, since the later one
//! goes on with what the earlier one wrote. Deliberately not here: phones and exchanges.

use super::county::DemoCounty;
use super::days::{Entering, entering, visit_time};
use super::people::staff::Station;
use super::seed::Seed;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use uuid::Builder;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::unit::Unit;

/// What is with the county before the next round begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Round {
    /// Villages and townships begin what others go on with.
    Proposed,
    /// Townships go on with it.
    Accepted,
    /// The county ends it.
    Granted,
    /// Everything that one phone does alone, but for campaigns.
    Year,
    /// A campaign, by its number.
    Campaign(usize),
}

/// A record, or what somebody adds to one.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedRecord {
    /// Whose phone: a village's, a township's, the county's.
    pub by: Unit,
    /// The document.
    pub address: Address,
    /// UUIDv7 of the moment of entry.
    pub record_id: String,
    /// The fields that are written.
    pub record: Record,
    /// When it was entered, ms.
    pub entered_ms: u64,
    /// What comes before it.
    pub round: Round,
}

/// One phone with what it knows, as it plans its records.
pub struct Author<'a> {
    /// Whose phone.
    pub station: &'a Station,
    /// The demo's day; nothing is entered on it or after it.
    pub today: NaiveDate,
    /// Randomness for just this author.
    pub seed: Seed,
}

impl<'a> Author<'a> {
    /// The author at `station`, for one `purpose`.
    pub fn new(county: &'a DemoCounty, station: &'a Station, purpose: &str) -> Self {
        let seed = Seed::new(county.seed, &format!("{purpose} {}", station.unit));
        Self { station, today: county.today, seed }
    }

    /// Plans a new record of something that took place on `day`, in the document of `unit`. `year`: the register keeps one
    /// document a year.
    pub fn record(&mut self, register: &str, unit: &Unit, year: bool, day: NaiveDate, fields: Value) -> PlannedRecord {
        let entering = entering(visit_time(day, &mut self.seed), self.today, &mut self.seed);
        let mut record = fields_of(fields);
        record.insert("entry".to_owned(), self.entry(&entering));
        let entered_ms = entering.unix_ms();
        let id = Builder::from_unix_timestamp_millis(entered_ms, &self.seed.bytes()).into_uuid();
        let bucket = if year { day.year().to_string() } else { "-".to_owned() };
        PlannedRecord {
            by: self.station.unit.clone(),
            address: Address::new(register, unit, &bucket),
            record_id: id.to_string(),
            record,
            entered_ms,
            round: Round::Year,
        }
    }

    /// Plans what this author adds to a record on `day`, or on the day after it was begun.
    pub fn step(&mut self, begun: &PlannedRecord, round: Round, day: NaiveDate, fields: Value) -> PlannedRecord {
        let at_ms = entering(visit_time(day, &mut self.seed), self.today, &mut self.seed).unix_ms();
        PlannedRecord {
            by: self.station.unit.clone(),
            record: fields_of(fields),
            entered_ms: at_ms.max(begun.entered_ms + 60_000),
            round,
            ..begun.clone()
        }
    }

    /// Who entered it, and when.
    fn entry(&self, entering: &Entering) -> Value {
        let source = match (entering.from_paper, self.station.vacant) {
            (true, _) => "paper_sheet",
            (false, true) => "township_desk",
            (false, false) => "phone",
        };
        json!({ "entered_by": self.station.keeper.id, "entered_at": entering.text(), "source": source })
    }

    /// The keeper and a companion.
    pub fn two_of_staff(&mut self) -> Vec<String> {
        let staff = &self.station.staff;
        let companion = staff.get(self.seed.between(1, staff.len().max(2) - 1));
        std::iter::once(&self.station.keeper).chain(companion).map(|member| member.id.clone()).collect()
    }
}

/// The fields of a JSON object.
pub fn fields_of(value: Value) -> Record {
    match value {
        Value::Object(fields) => fields.into_iter().collect(),
        _ => Record::new(),
    }
}
