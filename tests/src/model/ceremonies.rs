//! Ceremonies by hand: people counted once however often they were honoured, notices and plaques piece by piece.

use super::rules::{Counting, Fields, distinct, items, number, person, text};
use std::collections::BTreeMap;

/// Each participant with the record it stands in.
fn participants<'r>(records: &'r [Counting], kind: &str) -> Vec<(&'r Counting, Fields)> {
    let of_kind = records.iter().filter(|record| text(&record.fields, "ceremony_kind") == kind);
    of_kind
        .flat_map(|record| items(&record.fields, "participants").into_iter().map(move |item| (record, item)))
        .collect()
}

/// People of a batch of `year` who stood in some ceremony of this kind.
pub(super) fn people(records: &[Counting], kind: &str, year: &str) -> i64 {
    let all = participants(records, kind);
    distinct(
        all.iter().filter(|(_, one)| text(one, "batch").starts_with(year)).map(|(record, one)| person(record, one)),
    )
}

/// Ceremonies of this kind in `year`.
pub(super) fn events(records: &[Counting], kind: &str, year: &str) -> i64 {
    let held = |record: &&Counting| {
        text(&record.fields, "ceremony_kind") == kind && text(&record.fields, "date").starts_with(year)
    };
    records.iter().filter(held).count() as i64
}

/// Notices delivered in `year`: families by person and honour, their awards, and serial numbers.
pub(super) fn notices(records: &[Counting], year: &str) -> (i64, i64, i64) {
    let mut awards: BTreeMap<(String, String), i64> = BTreeMap::new();
    let mut serials = Vec::new();
    for (record, one) in participants(records, "merit_report") {
        if !text(&record.fields, "date").starts_with(year) || text(&one, "delivered_on").is_empty() {
            continue;
        }
        let award = awards.entry((person(record, &one), text(&one, "honour_code").to_owned())).or_default();
        *award = (*award).max(number(&one, "award_fen"));
        serials.push(text(&one, "notice_serial").to_owned());
    }
    (awards.len() as i64, awards.values().sum(), distinct(serials.into_iter()))
}

/// Plaques of `year` with one of these actions: one for each household, action and day.
pub(super) fn plaques(records: &[Counting], year: &str, actions: &[&str]) -> i64 {
    let all = participants(records, "plaque");
    let of_year = all.iter().filter(|(record, one)| {
        text(&record.fields, "date").starts_with(year) && actions.contains(&text(one, "plaque_action"))
    });
    distinct(of_year.map(|(record, one)| {
        (person(record, one), text(one, "plaque_action").to_owned(), text(&record.fields, "date").to_owned())
    }))
}
