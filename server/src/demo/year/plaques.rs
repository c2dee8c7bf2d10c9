//! Plaques: hung for the families of recruits and others, replaced, relocated, reissued, by the village's phone.
//!
//! Always true: 92 new, 210 replaced, 15 relocated, 6 reissued. Deliberately not here: why a plaque was withdrawn; no
//! record says so.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::people::batches::BatchEntry;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// One record for each village and half-year that did something about plaques.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut records = Vec::new();
    for station in &county.stations {
        for batch in ["2024H1", "2024H2"] {
            let is_theirs =
                |entry: &&BatchEntry| entry.unit == station.unit && !entry.plaque.is_empty() && entry.batch == batch;
            let households: Vec<&BatchEntry> = county.batches.iter().filter(is_theirs).collect();
            if !households.is_empty() {
                records.push(hanging(county, station, batch, &households));
            }
        }
    }
    records
}

fn hanging(county: &DemoCounty, station: &Station, batch: &str, households: &[&BatchEntry]) -> PlannedRecord {
    let mut author = Author::new(county, station, &format!("plaques {batch}"));
    // Recruits' families have theirs when the recruit leaves.
    let first = if batch == "2024H1" { "2024-03-16" } else { "2024-09-15" };
    let date: NaiveDate = day(first) + Days::new(author.seed.below(90) as u64);
    let participants: Vec<Value> = households.iter().map(|entry| household(entry, &mut author)).collect();
    let fields = json!({
        "ceremony_kind": "plaque",
        "date": date.to_string(),
        "level": "village",
        "division_code": station.unit.division_code(),
        "participants": participants,
        "hosts": ["village"],
    });
    author.record("ceremony", &station.unit, true, date, fields)
}

fn household(entry: &BatchEntry, author: &mut Author<'_>) -> Value {
    let action = if entry.plaque == "new_recruit" { "new" } else { entry.plaque };
    let mut fields = json!({
        "person": { "person_ref": entry.person_ref },
        "plaque_action": action,
        "position": if author.seed.chance(90) { "door" } else { "indoor" },
    });
    let reason = match action {
        "replace" => "worn",
        "relocate" => "moved",
        "reissue" => "lost",
        _ => return fields,
    };
    fields["reason_code"] = json!(reason);
    if action == "replace" {
        fields["old_plaque_handed_in"] = json!(true);
    }
    fields
}
