//! The rule that each township leader visits two or three households, as far as records prove it: households that were
//! visited with a township leader in charge, by township.
//!
//! Always true: a record names the rank of who led and not which leader, so that no figure is of a person (L-33); townships
//! stand in the order of their codes. Deliberately not here: how many leaders a township has, which no list says.

use crate::county::measures::visits::is_counted;
use crate::county::view::RecordRow;
use crate::rows::visit::visit_row;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::unit::TOWNSHIP_DIGITS;

/// Who leads, as the visit register has it.
const TOWNSHIP_LEADER: &str = "township_leader";

/// Households by township code among visits for which `is_meant` holds.
pub fn led_households(rows: &[RecordRow], is_meant: impl Fn(&RecordRow) -> bool) -> BTreeMap<String, u32> {
    let mut led: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| is_meant(row)) {
        let visit = visit_row(row.clone());
        if is_counted(&visit) && visit.lead_rank == TOWNSHIP_LEADER {
            let township = visit.unit.chars().take(TOWNSHIP_DIGITS).collect();
            led.entry(township).or_default().insert(household(row, &visit.person_ref));
        }
    }
    led.into_iter().map(|(township, households)| (township, households.len() as u32)).collect()
}

/// Somebody without a household is one.
fn household(row: &RecordRow, person_ref: &str) -> String {
    let known = row.columns.get("county").and_then(|county| county["household"].as_str());
    match known.filter(|household| !household.is_empty()) {
        Some(household) => household.to_owned(),
        None => format!("{} {person_ref}", row.record_id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn row(id: &str, unit: &str, lead: &str, household: &str, outcome: &str) -> RecordRow {
        let row: Value = json!({
            "register": "visit", "record_id": id, "address": format!("visit/{unit}/2024"), "unit": unit,
            "date": "2024-02-02", "title": "", "state": outcome, "step": "", "author": "", "received_ms": 0,
            "void_reason": null, "invalid_fields": [], "double_of": null, "open_matters": 0,
            "columns": {
                "campaign_id": "c", "visit_kind": "spring_festival", "outcome": outcome, "person_times": 1,
                "visit_date": "2024-02-02", "lead_rank": lead, "person": {"person_ref": id},
                "county": {"household": household},
            },
        });
        serde_json::from_value(row).unwrap()
    }

    #[test]
    fn households_count_once_and_only_where_a_leader_led_and_something_was_delivered() {
        let (a, b) = ("990101103200", "990101104200");
        let rows = [
            row("1", a, "township_leader", "h1", "delivered"),
            row("2", a, "township_leader", "h1", "delivered"),
            row("3", a, "township_leader", "", "delivered"),
            row("4", a, "village_cadre", "h2", "delivered"),
            row("5", a, "township_leader", "h3", "not_met"),
            row("6", b, "township_leader", "h4", "delivered"),
        ];
        let led = led_households(&rows, |_| true);
        assert_eq!(led, BTreeMap::from([("990101103".to_owned(), 2), ("990101104".to_owned(), 1)]));
        assert!(led_households(&rows, |row| row.record_id == "4").is_empty());
    }
}
