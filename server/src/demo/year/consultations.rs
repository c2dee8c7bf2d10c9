//! Questions about policy, visits to the office, legal aid: counted by persons, told by topic.
//!
//! Always true: 203 person-times of questions, 106 of reception, 11 cases of legal aid for 25 persons. Deliberately not
//! here: who asked; no record says so.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::Days;
use serde_json::json;

/// Kind, persons in all, records.
const KINDS: [(&str, usize, usize); 3] = [("policy_question", 203, 150), ("reception", 106, 80), ("legal_aid", 25, 11)];
const TOPICS: [&str; 6] = ["pension", "veteran_card", "plaque", "employment", "medical", "other"];

/// One record for each conversation.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "consultations");
    let mut records = Vec::new();
    for (kind, persons, conversations) in KINDS {
        let mut numbers = vec![1; conversations];
        (conversations..persons).for_each(|_| numbers[seed.below(conversations)] += 1);
        for (number, persons) in numbers.into_iter().enumerate() {
            // Two of three come to the county, the others to their township; legal aid is the county's alone.
            let at_county = kind == "legal_aid" || seed.chance(66);
            let station = if at_county { &county.bureau } else { seed.pick(&county.townships) };
            records.push(conversation(county, station, kind, number, persons));
        }
    }
    records
}

fn conversation(county: &DemoCounty, station: &Station, kind: &str, number: usize, persons: usize) -> PlannedRecord {
    let mut author = Author::new(county, station, &format!("{kind} {number}"));
    let date = day("2024-01-02") + Days::new(author.seed.below(362) as u64);
    let channel = if kind == "policy_question" { *author.seed.pick(&["in_person", "phone"]) } else { "in_person" };
    let topic = if kind == "legal_aid" { "legal" } else { author.seed.pick(&TOPICS) };
    let fields = json!({
        "kind": kind,
        "date": date.to_string(),
        "division_code": station.unit.division_code(),
        "channel": channel,
        "topic_code": topic,
        "persons": persons,
        "answered": author.seed.chance(90),
    });
    author.record("consultation", &station.unit, true, date, fields)
}
