//! The monthly roster check: each township each month, half of them with nothing to report, 130 removals in the year.
//!
//! Always true: 240 reports, 120 nil; each report was reviewed by the county. Deliberately not here: sentences and double
//! benefits, which are known to the county alone.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::people::roster::RosterEntry;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord, Round};
use crate::demo::seed::Seed;
use chrono::{Days, Months, NaiveDate};
use serde_json::{Value, json};

const REMOVALS: usize = 130;
const MONTHS: usize = 12;

/// Reports with their reviews: by township, month by month.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "checks");
    let reports = county.townships.len() * MONTHS;
    let mut numbers = vec![0; reports];
    numbers[..reports / 2].fill(1);
    (reports / 2..REMOVALS).for_each(|_| numbers[seed.below(reports / 2)] += 1);
    seed.shuffle(&mut numbers);
    let mut records = Vec::new();
    for (township, numbers) in county.townships.iter().zip(numbers.chunks(MONTHS)) {
        let mut people: Vec<&RosterEntry> =
            county.roster.iter().filter(|entry| township.unit.contains(&entry.unit)).collect();
        seed.shuffle(&mut people);
        for (month, removals) in numbers.iter().enumerate() {
            let last_month = people.len();
            let removed = people.split_off(people.len() - removals);
            records.extend(report(county, township, month, last_month, &removed));
        }
    }
    records
}

fn report(
    county: &DemoCounty,
    township: &Station,
    month: usize,
    last_month: usize,
    removed: &[&RosterEntry],
) -> [PlannedRecord; 2] {
    let first: NaiveDate = day("2024-01-01") + Months::new(month as u32);
    let reported = first + Days::new(24);
    let mut author = Author::new(county, township, &format!("check {month}"));
    let removals: Vec<Value> = removed
        .iter()
        .map(|person| {
            let reason = *author.seed.pick(&["died", "died", "moved", "other"]);
            let date = (first + Days::new(author.seed.below(20) as u64)).to_string();
            json!({ "person": { "person_ref": person.person_ref }, "reason": reason, "date": date })
        })
        .collect();
    let fields = json!({
        "month": first.format("%Y-%m").to_string(),
        "division_code": township.unit.division_code(),
        "nil_report": removed.is_empty(),
        "removals": removals,
        "additions": [],
        "reported_on": reported.to_string(),
        "last_month_number": last_month,
    });
    let mut reported_record = author.record("roster_check", &township.unit, true, reported, fields);
    reported_record.round = Round::Proposed;
    let mut review = Author::new(county, &county.bureau, &format!("check {} {month}", township.unit));
    let reviewed = reported + Days::new(review.seed.between(1, 4) as u64);
    let mut fields = json!({ "review_result": "confirmed", "reviewed_on": reviewed.to_string() });
    if !removed.is_empty() {
        fields["pay_stop_month"] = json!((first + Months::new(1)).format("%Y-%m").to_string());
    }
    let reviewed = review.step(&reported_record, Round::Granted, reviewed, fields);
    [reported_record, reviewed]
}
