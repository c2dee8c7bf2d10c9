//! Help in hardship: 132 applications that go from village to township to county and are paid, each with its hand-over;
//! three wheelchairs and 28 donations beside them.
//!
//! Always true: 155,240.00 yuan are paid and 75,000.00 yuan are donated; all are different people of the roster.
//! Deliberately not here: papers; they stay with township and county.

use super::day;
use super::visits::{Gift, Visit, visit};
use crate::demo::county::DemoCounty;
use crate::demo::people::lists::{Fate, Listing};
use crate::demo::people::roster::RosterEntry;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord, Round};
use crate::demo::seed::Seed;
use chrono::{Days, NaiveDate};
use serde_json::json;

/// Persons who were helped.
const HELPED: usize = 132;
/// What they were paid in all, yuan.
const PAID_YUAN: i64 = 155_240;
/// Amounts that turn up in turn; what is missing to the whole goes to the last person.
const AMOUNTS_YUAN: [i64; 6] = [800, 1_000, 1_200, 1_500, 600, 1_900];
const WHEELCHAIRS: usize = 3;
/// Donations in yuan: 27 equal ones and the rest of 75,000.
const DONATIONS: (usize, i64, i64) = (28, 2_600, 75_000);
/// Categories of those who served.
const VETERANS: [&str; 7] = ["11", "31", "32", "33", "34", "35", "36"];
const SITUATIONS: [(&str, &str); 5] = [
    ("job_and_costs", "living"),
    ("unemployed", "employment"),
    ("old_injury", "medical"),
    ("sudden_event", "housing"),
    ("other", "living"),
];

/// Applications, hand-overs, wheelchairs and donations.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "hardship");
    // Veterans who are on a later list: those who are on none may have died, see the visits to the bereaved.
    let is_meant = |(entry, fate): &(&RosterEntry, &Fate)| {
        VETERANS.contains(&entry.categories[0].as_str()) && (fate[1] != Listing::Absent || fate[2] != Listing::Absent)
    };
    let people = county.roster.iter().zip(&county.fates).filter(is_meant);
    let mut people: Vec<&RosterEntry> = people.map(|(entry, _)| entry).collect();
    seed.shuffle(&mut people);
    let mut records = Vec::new();
    let mut paid = 0;
    for (number, person) in people[..HELPED].iter().enumerate() {
        let amount = if number + 1 < HELPED { AMOUNTS_YUAN[number % AMOUNTS_YUAN.len()] } else { PAID_YUAN - paid };
        paid += amount;
        records.extend(aid(county, person, amount, day("2024-01-10") + Days::new(seed.below(300) as u64)));
    }
    let others = &people[HELPED..];
    for person in &others[..WHEELCHAIRS] {
        let date = day("2024-10-11") + Days::new(seed.below(5) as u64);
        let gift = Gift { yuan: 0, goods: Some(("轮椅", 1, "辆")), fund: "county" };
        records.push(handover(county, township_of(county, person), person, date, gift));
    }
    let (donations, each, whole) = DONATIONS;
    for (number, person) in others[WHEELCHAIRS..WHEELCHAIRS + donations].iter().enumerate() {
        let yuan = if number + 1 < donations { each } else { whole - each * (number as i64) };
        let date = day("2024-05-06") + Days::new(seed.below(120) as u64);
        records.push(handover(county, &county.bureau, person, date, Gift { yuan, goods: None, fund: "donation" }));
    }
    records
}

/// An application, what the township and the county add to it, and the hand-over.
fn aid(county: &DemoCounty, person: &RosterEntry, yuan: i64, date: NaiveDate) -> [PlannedRecord; 4] {
    let village = village_of(county, person);
    let township = township_of(county, person);
    let purpose = format!("aid {}", person.person_ref);
    let mut author = Author::new(county, village, &purpose);
    let (situation, help) = *author.seed.pick(&SITUATIONS);
    let fields = json!({
        "applied_on": date.to_string(),
        "division_code": person.unit.division_code(),
        "person": { "person_ref": person.person_ref },
        "situation_code": situation,
        "kinds": [help],
        "amount_asked_fen": (yuan + 500) / 500 * 50_000,
    });
    let mut applied = author.record("hardship_aid", &person.unit, true, date, fields);
    applied.round = Round::Proposed;
    let mut accepting = Author::new(county, township, &purpose);
    let accepted_on = date + Days::new(accepting.seed.between(1, 6) as u64);
    let fields = json!({ "accept_result": "accepted", "accepted_on": accepted_on.to_string() });
    let accepted = accepting.step(&applied, Round::Accepted, accepted_on, fields);
    let mut granting = Author::new(county, &county.bureau, &purpose);
    let granted_on = accepted_on + Days::new(granting.seed.between(2, 9) as u64);
    let paid_on = granted_on + Days::new(3);
    let fields = json!({
        "grant_result": "granted",
        "decided_on": granted_on.to_string(),
        "decision_no": format!("示退帮〔2024〕{}号", &person.person_ref[1..]),
        "granted_fen": yuan * 100,
        "paid_fen": yuan * 100,
        "paid_on": paid_on.to_string(),
        "fund": "county",
    });
    let granted = granting.step(&accepted, Round::Granted, granted_on, fields);
    let by = if author.seed.chance(70) { village } else { township };
    let gift = Gift { yuan, goods: None, fund: "county" };
    [applied, accepted, granted, handover(county, by, person, paid_on, gift)]
}

fn handover(
    county: &DemoCounty,
    station: &Station,
    person: &RosterEntry,
    date: NaiveDate,
    gift: Gift,
) -> PlannedRecord {
    let lead_rank = match station.unit.as_str().len() {
        6 => "bureau_leader",
        9 => "other_township_cadre",
        _ => "village_cadre",
    };
    let what = Visit { kind: "hardship", person, date, lead_rank, gift: Some(gift), place: "home", receiver: "self" };
    visit(county, station, &what)
}

/// The village of a person.
pub(super) fn village_of<'a>(county: &'a DemoCounty, person: &RosterEntry) -> &'a Station {
    let found = county.stations.binary_search_by(|station| station.unit.cmp(&person.unit));
    &county.stations[found.expect("people live in villages of the tree")]
}

/// The township of a person.
pub(super) fn township_of<'a>(county: &'a DemoCounty, person: &RosterEntry) -> &'a Station {
    let found = county.townships.iter().find(|station| station.unit.contains(&person.unit));
    found.expect("each village lies in a township")
}
