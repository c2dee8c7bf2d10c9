//! Merit notices: 19 third-class merits brought by the bureau, 100 awards of the "four haves" brought by townships.
//!
//! Always true: 119 notices worth 34,000 yuan; two of them were logged by the village too and still count once.
//! Deliberately not here: what the honour was for.

use super::day;
use super::send_offs::{hosts, level};
use crate::demo::county::DemoCounty;
use crate::demo::people::batches::{BatchEntry, award_fen, batch_of};
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Notices that the village logged beside the township.
const LOGGED_TWICE: usize = 2;
/// Notices that one tour delivers at most.
const TOUR_MAX: usize = 3;

/// All deliveries.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "notices");
    let of_today = batch_of(county.today);
    let notices: Vec<&BatchEntry> =
        county.batches.iter().filter(|entry| entry.kind == "merit" && entry.batch != of_today).collect();
    let (third_class, others): (Vec<&BatchEntry>, Vec<&BatchEntry>) =
        notices.into_iter().partition(|entry| entry.details["honour_code"] == "M4");
    let mut records: Vec<PlannedRecord> =
        third_class.iter().map(|entry| delivery(county, &county.bureau, &[entry], some_day(&mut seed))).collect();
    for township in &county.townships {
        let theirs: Vec<&BatchEntry> =
            others.iter().filter(|entry| township.unit.contains(&entry.unit)).copied().collect();
        let mut left = theirs.as_slice();
        while !left.is_empty() {
            let (tour, rest) = left.split_at(seed.between(1, TOUR_MAX).min(left.len()));
            records.push(delivery(county, township, tour, some_day(&mut seed)));
            left = rest;
        }
    }
    for entry in others.iter().take(LOGGED_TWICE) {
        let station = county.stations.iter().find(|station| station.unit == entry.unit);
        records.push(delivery(
            county,
            station.expect("notices go to villages of the tree"),
            &[entry],
            day("2024-06-20"),
        ));
    }
    records
}

fn some_day(seed: &mut Seed) -> NaiveDate {
    day("2024-01-08") + Days::new(seed.below(340) as u64)
}

fn delivery(county: &DemoCounty, station: &Station, notices: &[&BatchEntry], date: NaiveDate) -> PlannedRecord {
    let mut author = Author::new(county, station, &format!("notice {}", notices[0].details["notice_serial"]));
    let participants: Vec<Value> = notices.iter().map(|entry| participant(entry, date, &mut author)).collect();
    let fields = json!({
        "ceremony_kind": "merit_report",
        "date": date.to_string(),
        "level": level(&station.unit),
        "division_code": station.unit.division_code(),
        "participants": participants,
        "hosts": hosts(&station.unit),
    });
    author.record("ceremony", &station.unit, true, date, fields)
}

fn participant(entry: &BatchEntry, date: NaiveDate, author: &mut Author<'_>) -> Value {
    let received = date - Days::new(author.seed.between(2, 7) as u64);
    let mut fields = json!({
        "person": { "person_ref": entry.person_ref },
        "received_on": received.to_string(),
        "delivered_on": date.to_string(),
        "delivered_by": if author.station.unit.as_str().len() == 6 { "county" } else { "township" },
        "receiver": author.seed.pick(&["parents", "spouse"]),
        "award_fen": award_fen(&entry.details["honour_code"]),
    });
    entry.details.iter().for_each(|(name, value)| fields[name] = value.clone());
    fields
}
