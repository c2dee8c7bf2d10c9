//! The whole year of the fictional county, as its phones log it: everything that the annual report of 2024 tells.
//!
//! Always true: every record is valid under its register; what is counted is written down in each part's header.
//! Deliberately not here: the counting itself; a model of the tests counts these plans by its own arithmetic.

mod checks;
mod consultations;
mod feedback;
mod garrison;
mod hardship;
mod memorials;
mod notices;
mod outlets;
mod plaques;
mod send_offs;
mod shops;
mod stations;
mod visits;

use super::county::DemoCounty;
use super::plan::PlannedRecord;
use super::visits::plan_visits;
use chrono::NaiveDate;

/// The year that is told.
pub const YEAR: i32 = 2024;

/// Everything: first what belongs to no campaign, then the campaigns.
pub fn plan_year(county: &DemoCounty) -> Vec<PlannedRecord> {
    let parts = [
        send_offs::plan,
        notices::plan,
        plaques::plan,
        visits::plan,
        hardship::plan,
        outlets::plan,
        checks::plan,
        consultations::plan,
        memorials::plan,
        stations::plan,
        feedback::plan,
        garrison::plan,
        plan_visits,
    ];
    parts.iter().flat_map(|part| part(county)).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("days of the demo are written as dates")
}
