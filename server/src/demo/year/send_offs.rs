//! Send-offs of recruits and welcomes of returnees, at villages, townships and the county.
//!
//! Always true: 60 village, 18 township and 2 county send-offs, 14 welcomes; each recruit and each returnee of 2024 stands
//! in one of them at least, many in several. Deliberately not here: merit notices and plaques.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::people::batches::BatchEntry;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::unit::Unit;

/// Codes of the checklists.
const FOUR_HONOURS: [&str; 4] = ["talk", "plaque", "ceremony", "photo"];
const FIVE_CARES: [&str; 5] = ["welcome", "talk", "policy", "jobs", "service"];

/// A batch that leaves or comes home.
struct Wave {
    people: &'static str,
    kind: &'static str,
    batch: &'static str,
    /// The day at the county; villages come before, townships a day or two before.
    day: &'static str,
    villages: usize,
    townships: usize,
    /// How many of a hundred who were seen elsewhere come to the county too.
    at_county: usize,
}

const WAVES: [Wave; 4] = [
    wave("recruit", "recruit_sendoff", "2024H1", "2024-03-15", 25, 7, 70),
    wave("recruit", "recruit_sendoff", "2024H2", "2024-09-14", 35, 11, 70),
    wave("returnee", "returnee_welcome", "2024H1", "2024-03-22", 0, 5, 25),
    wave("returnee", "returnee_welcome", "2024H2", "2024-09-20", 0, 7, 25),
];

const fn wave(
    people: &'static str,
    kind: &'static str,
    batch: &'static str,
    day: &'static str,
    villages: usize,
    townships: usize,
    at_county: usize,
) -> Wave {
    Wave { people, kind, batch, day, villages, townships, at_county }
}

/// All send-offs and welcomes.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    WAVES.iter().flat_map(|wave| plan_wave(county, wave)).collect()
}

fn plan_wave(county: &DemoCounty, wave: &Wave) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, &format!("{} {}", wave.kind, wave.batch));
    let people: Vec<&BatchEntry> =
        county.batches.iter().filter(|entry| entry.kind == wave.people && entry.batch == wave.batch).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut records = Vec::new();
    let levels = [(12, wave.villages, 6), (9, wave.townships, 2)];
    for (digits, events, days_before) in levels {
        for (unit, people) in most_people_first(&people, digits, &mut seed).into_iter().take(events) {
            let station = county.all_stations().find(|station| station.unit.as_str() == unit);
            let date = day(wave.day) - Days::new(seed.between(1, days_before) as u64);
            records.push(ceremony(county, station.expect("people live in villages of the tree"), wave, date, &people));
            seen.extend(people.iter().map(|entry| entry.person_ref.as_str()));
        }
    }
    let is_there = |entry: &&&BatchEntry| !seen.contains(entry.person_ref.as_str()) || seed.chance(wave.at_county);
    let guests: Vec<&BatchEntry> = people.iter().filter(is_there).copied().collect();
    records.push(ceremony(county, &county.bureau, wave, day(wave.day), &guests));
    records
}

/// The units of a level with their people; units with more people come first, others in random order.
fn most_people_first<'a>(
    people: &[&'a BatchEntry],
    digits: usize,
    seed: &mut Seed,
) -> Vec<(&'a str, Vec<&'a BatchEntry>)> {
    let mut units: BTreeMap<&str, Vec<&BatchEntry>> = BTreeMap::new();
    for entry in people {
        units.entry(&entry.unit.as_str()[..digits]).or_default().push(entry);
    }
    let mut units: Vec<_> = units.into_iter().collect();
    seed.shuffle(&mut units);
    units.sort_by_key(|(_, people)| std::cmp::Reverse(people.len()));
    units
}

fn ceremony(
    county: &DemoCounty,
    station: &Station,
    wave: &Wave,
    date: NaiveDate,
    people: &[&BatchEntry],
) -> PlannedRecord {
    let mut author = Author::new(county, station, &format!("{} {}", wave.kind, wave.batch));
    let participants: Vec<Value> = people.iter().map(|entry| participant(entry, wave, &mut author)).collect();
    let (list, codes): (&str, &[&str]) = match wave.people {
        "recruit" => ("four_honours", &FOUR_HONOURS),
        _ => ("five_cares", &FIVE_CARES),
    };
    let ticks: Vec<&str> = codes.iter().copied().filter(|_| author.seed.chance(80)).collect();
    let fields = json!({
        "ceremony_kind": wave.kind,
        "date": date.to_string(),
        "level": level(&station.unit),
        "division_code": station.unit.division_code(),
        "batch": wave.batch,
        "participants": participants,
        "hosts": hosts(&station.unit),
        "attending": people.len() * 3 + author.seed.between(8, 40),
        list: { "version": 1, "ticks": ticks },
    });
    author.record("ceremony", &station.unit, true, date, fields)
}

fn participant(entry: &BatchEntry, wave: &Wave, author: &mut Author<'_>) -> Value {
    let person = json!({ "person_ref": entry.person_ref });
    if wave.people == "recruit" {
        return json!({ "person": person, "batch": entry.batch });
    }
    json!({
        "person": person,
        "batch": entry.batch,
        "reported_within_30_days": author.seed.chance(95),
        "filed": true,
        "card_applied": author.seed.chance(90),
        "plaque_present": author.seed.chance(80),
    })
}

/// Who holds a ceremony at a level.
pub(super) fn hosts(unit: &Unit) -> &'static [&'static str] {
    match unit.as_str().len() {
        6 => &["bureau", "armed_forces_dept"],
        9 => &["township"],
        _ => &["village"],
    }
}

/// Level of a unit as records say it.
pub(super) fn level(unit: &Unit) -> &'static str {
    match unit.as_str().len() {
        6 => "county",
        9 => "township",
        _ => "village",
    }
}
