//! Counting rules: person-times, persons, money, over rows.
//!
//! Always true: void, invalid and settled doubles count nothing. Until it is settled, a double counts once in
//! person-times and both times in money, and the figure says how many are open. The date of the record decides the year,
//! never the document's address.

use crate::county::view::{Totals, VisitRow};
use crate::rows::counting::counts;
use std::collections::{BTreeMap, BTreeSet};

/// A row that reports count.
pub fn is_counted(row: &VisitRow) -> bool {
    counts(row) && row.double_of.is_none()
}

/// Totals over `rows`. `is_double` says whether the double of a campaign and person is open.
pub fn totals<'r>(rows: impl Iterator<Item = &'r VisitRow>, is_double: impl Fn(&str, &str) -> bool) -> Totals {
    let mut totals = Totals::default();
    let mut persons: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut doubles: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for row in rows.filter(|row| is_counted(row)) {
        totals.value_fen += row.value_fen;
        persons.insert(if row.person_ref.is_empty() { ("", &row.record_id) } else { ("ref", &row.person_ref) });
        if is_double(&row.campaign_id, &row.person_ref) {
            let once = doubles.entry((&row.campaign_id, &row.person_ref)).or_default();
            *once = (*once).max(row.person_times);
        } else {
            totals.person_times += row.person_times;
        }
    }
    totals.person_times += doubles.values().sum::<i64>();
    totals.persons = persons.len() as i64;
    totals.open_doubles = doubles.len() as u32;
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(record: &str, person: &str, value_fen: i64) -> VisitRow {
        serde_json::from_value(serde_json::json!({
            "record_id": record, "address": "", "unit": "", "person_name": "", "person_ref": person, "categories": [],
            "campaign_id": "c", "kind": "army_day", "outcome": "delivered", "date": "2024-07-20", "person_times": 1,
            "value_fen": value_fen, "place": "home", "receiver": "self", "lead_rank": "village_cadre", "author": "",
            "received_ms": 0, "void_reason": null, "invalid_fields": [], "double_of": null, "open_matters": 0,
        }))
        .unwrap()
    }

    #[test]
    fn an_open_double_counts_once_in_person_times_and_both_times_in_money() {
        let rows = [row("a", "p1", 30_000), row("b", "p1", 50_000), row("c", "p2", 30_000)];
        let open = totals(rows.iter(), |_, person| person == "p1");
        assert_eq!((open.person_times, open.persons, open.value_fen, open.open_doubles), (2, 2, 110_000, 1));
        let real = totals(rows.iter(), |_, _| false);
        assert_eq!((real.person_times, real.value_fen, real.open_doubles), (3, 110_000, 0));
    }

    #[test]
    fn void_invalid_and_settled_doubles_count_nothing() {
        let mut rows = [row("a", "p1", 1), row("b", "p2", 1), row("c", "p3", 1), row("d", "p4", 1)];
        rows[0].void_reason = Some("mistake".into());
        rows[1].invalid_fields = vec!["outcome".into()];
        rows[2].double_of = Some("d".into());
        let totals = totals(rows.iter(), |_, _| false);
        assert_eq!((totals.person_times, totals.value_fen), (1, 1));
    }
}
