//! Visits that belong to no campaign: in hospital, to the bereaved, in hardship.
//!
//! Always true: such a record names no campaign, so it can be nobody's double. Deliberately not here: festival visits.

use super::day;
use super::hardship::{township_of, village_of};
use crate::demo::county::DemoCounty;
use crate::demo::people::lists::{Fate, Listing};
use crate::demo::people::roster::RosterEntry;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Who visits in hospital and the bereaved, and how often each.
const VISITORS: [(&str, usize, usize); 3] =
    [("bureau_leader", 14, 11), ("township_leader", 20, 10), ("village_cadre", 40, 20)];

/// What is brought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gift {
    pub(super) yuan: i64,
    pub(super) goods: Option<(&'static str, i64, &'static str)>,
    pub(super) fund: &'static str,
}

/// A visit that took place.
pub(super) struct Visit<'a> {
    pub(super) kind: &'static str,
    pub(super) person: &'a RosterEntry,
    pub(super) date: NaiveDate,
    pub(super) lead_rank: &'static str,
    pub(super) gift: Option<Gift>,
    pub(super) place: &'static str,
    pub(super) receiver: &'static str,
}

/// Visits in hospital and to the bereaved: 25 by bureau leaders, 90 by others.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "hospital");
    // Whom nobody visited in summer or later: nobody is visited after they died.
    let is_left_out = |(_, fate): &(&RosterEntry, &Fate)| fate[1] == Listing::Absent && fate[2] == Listing::Absent;
    let mut people: Vec<&RosterEntry> =
        county.roster.iter().zip(&county.fates).filter(is_left_out).map(|(entry, _)| entry).collect();
    seed.shuffle(&mut people);
    let mut people = people.into_iter().cycle();
    let mut records = Vec::new();
    for (lead_rank, hospital, bereavement) in VISITORS {
        for number in 0..hospital + bereavement {
            let person = people.next().expect("somebody is left out of a list");
            let station = match lead_rank {
                "bureau_leader" => &county.bureau,
                "township_leader" => township_of(county, person),
                _ => village_of(county, person),
            };
            let date = day("2024-02-20") + Days::new(seed.below(300) as u64);
            records.push(if number < hospital {
                let gift = Some(Gift { yuan: 300, goods: Some(("牛奶", 1, "箱")), fund: "county" });
                let (place, receiver) = ("hospital", "self");
                visit(county, station, &Visit { kind: "hospital", person, date, lead_rank, gift, place, receiver })
            } else {
                bereavement_visit(county, station, person, date, lead_rank)
            });
        }
    }
    records
}

fn bereavement_visit(
    county: &DemoCounty,
    station: &Station,
    person: &RosterEntry,
    date: NaiveDate,
    lead_rank: &'static str,
) -> PlannedRecord {
    let gift = Some(Gift { yuan: 500, goods: None, fund: "county" });
    let (kind, place, receiver) = ("bereavement", "home", "child");
    let mut record = visit(county, station, &Visit { kind, person, date, lead_rank, gift, place, receiver });
    let died = date - Days::new(2);
    record.record.insert("bereavement".to_owned(), json!({ "death_date": died.to_string(), "reporter": "村委会" }));
    record
}

/// The record of a visit, by the phone of `station`.
pub(super) fn visit(county: &DemoCounty, station: &Station, visit: &Visit<'_>) -> PlannedRecord {
    let Visit { kind, person, date, .. } = visit;
    let mut author = Author::new(county, station, &format!("{kind} {} {date}", person.person_ref));
    let fields = json!({
        "campaign_id": null,
        "visit_kind": kind,
        "outcome": "delivered",
        "visit_date": date.to_string(),
        "division_code": person.unit.division_code(),
        "person": { "person_ref": person.person_ref },
        "person_times": 1,
        "gift": visit.gift.map(gift),
        "handover": { "handover_place": visit.place },
        "receiver": visit.receiver,
        "lead_rank": visit.lead_rank,
        "visitor_refs": author.two_of_staff(),
    });
    author.record("visit", &person.unit, true, *date, fields)
}

fn gift(gift: Gift) -> Value {
    let goods: Vec<Value> = gift
        .goods
        .iter()
        .map(|(item, quantity, measure_word)| json!({ "item": item, "quantity": quantity, "measure_word": measure_word }))
        .collect();
    let pay_method = match gift.yuan {
        0 => "none",
        yuan if yuan >= 1_000 => "transfer",
        _ => "cash",
    };
    json!({ "money_fen": gift.yuan * 100, "pay_method": pay_method, "goods": goods, "fund_source": gift.fund })
}
