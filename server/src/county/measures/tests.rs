//! Every key of a measure, over a handful of rows.

use super::*;
use serde_json::json;

fn row(id: &str, date: &str, columns: Value) -> RecordRow {
    let columns = serde_json::from_value(columns).unwrap();
    RecordRow { record_id: id.into(), date: date.into(), columns, ..RecordRow::default() }
}

fn count_in(rows: &[RecordRow], source: Value, period: &Period) -> Figure {
    let measure = Measure::parse("ceremony", Some("date"), "m", &source).expect("a measure");
    measure.count(rows.iter(), period, |_| None)
}

fn number(rows: &[RecordRow], source: Value) -> i64 {
    match count_in(rows, source, &Period::year(2024)) {
        Figure::Number(number) => number,
        codes => panic!("{codes:?}"),
    }
}

fn ceremonies() -> Vec<RecordRow> {
    let who = |reference: &str, batch: &str| json!({"person": {"person_ref": reference}, "batch": batch});
    let named = json!({"person": {"name": "张家属"}, "batch": "2024H1"});
    vec![
        row("a", "2024-03-01", json!({"kind": "sendoff", "participants": [who("p1", "2024H1"), who("p2", "2024H1")]})),
        row("b", "2024-03-05", json!({"kind": "sendoff", "participants": [who("p1", "2024H1"), named.clone(), named]})),
        row("c", "2024-09-01", json!({"kind": "welcome", "participants": [who("p3", "2024H2")]})),
        row("d", "2025-01-02", json!({"kind": "sendoff", "participants": [who("p4", "2024H2"), who("p5", "2025H1")]})),
    ]
}

#[test]
fn records_and_items_are_counted() {
    let rows = ceremonies();
    assert_eq!(number(&rows, json!({"count": true})), 3);
    assert_eq!(number(&rows, json!({"count": true, "of": "participants"})), 6);
    assert_eq!(number(&rows, json!({"count": true, "of": "participants", "where": {"kind": "sendoff"}})), 5);
    assert_eq!(number(&rows, json!({"count": true, "of": "nothing"})), 0);
}

#[test]
fn distinct_persons_count_once_and_the_unknown_each_by_itself() {
    let rows = ceremonies();
    let recruits = json!({"distinct": "person.person_ref", "of": "participants", "where": {"kind": "sendoff"}});
    assert_eq!(number(&rows, recruits), 4, "p1 once, p2, and two on no list");
    let by_batch = json!({"distinct": ["batch", "kind"], "of": "participants"});
    assert_eq!(number(&rows, by_batch), 2, "the batch of the item with the kind of the record");
}

#[test]
fn another_date_or_none_decides() {
    let rows = ceremonies();
    let sendoff = |date: Value, when: Value| json!({"count": true, "of": "participants", "date": date, "where": when});
    assert_eq!(number(&rows, sendoff(json!("batch"), json!({"kind": "sendoff"}))), 6, "p4 is of a batch of the year");
    assert_eq!(number(&rows, sendoff(json!(false), json!({"kind": "sendoff"}))), 7);
    assert_eq!(number(&rows, sendoff(json!(false), json!({"kind": "sendoff", "batch": {"year": true}}))), 6);
}

#[test]
fn sums_add_integers_and_the_greatest_counts_once_per_group() {
    let award = |id: &str, person: &str, fen: i64| {
        row(id, "2024-05-01", json!({"person": {"person_ref": person}, "honour": "M4", "award_fen": fen}))
    };
    let rows = [award("a", "p1", 100_000), award("b", "p1", 15_000), award("c", "p2", 15_000), award("d", "", 5)];
    assert_eq!(number(&rows, json!({"sum": "award_fen"})), 130_005);
    let once = json!({"sum": "award_fen", "per": ["person.person_ref", "honour"]});
    assert_eq!(number(&rows, once), 115_005, "p1 once with the greatest; who is on no list by itself");
    assert_eq!(number(&rows, json!({"sum": "missing"})), 0);
}

#[test]
fn codes_come_most_first() {
    let outlet = |id: &str, sectors: Value| row(id, "2024-05-01", json!({"sectors": sectors}));
    let rows = [
        outlet("a", json!("catering")),
        outlet("b", json!("catering")),
        outlet("c", json!(["pharmacy", "training"])),
        outlet("d", json!("training")),
        outlet("e", json!(null)),
    ];
    let top = |top: Value| count_in(&rows, json!({"distinct": "sectors", "top": top}), &Period::year(2024));
    let codes = |list: &[(&str, i64)]| Figure::Codes(list.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect());
    assert_eq!(top(json!(2)), codes(&[("catering", 2), ("training", 2)]));
    assert_eq!(top(json!(true)), codes(&[("catering", 2), ("training", 2), ("pharmacy", 1)]));
}

#[test]
fn void_invalid_and_settled_doubles_count_nothing() {
    let mut rows = ceremonies();
    rows[0].void_reason = Some("mistake".into());
    rows[1].invalid_fields = vec!["kind".into()];
    rows[2].double_of = Some("a".into());
    assert_eq!(number(&rows, json!({"count": true})), 0);
}

#[test]
fn an_open_double_counts_once_in_person_times_and_both_times_in_money() {
    let visit = |id: &str, times: i64| {
        row(id, "2024-07-20", json!({"person_times": times, "county": {"value_fen": 30_000}, "kind": "army_day"}))
    };
    let rows = [visit("a", 1), visit("b", 2), visit("c", 1)];
    let sum = |source: Value, open: bool| {
        let measure = Measure::parse("visit", Some("visit_date"), "m", &source).unwrap();
        let double = |record: &str| (open && record != "c").then_some("double of p1");
        measure.count(rows.iter(), &Period::year(2024), double)
    };
    assert_eq!(sum(json!({"sum": "person_times"}), true), Figure::Number(3));
    assert_eq!(sum(json!({"sum": "person_times"}), false), Figure::Number(4));
    assert_eq!(sum(json!({"sum": "county.value_fen"}), true), Figure::Number(90_000));
}

#[test]
fn figures_are_named_by_formula_or_register() {
    let named = |source: Value| Measure::parse("outlet", None, "items", &source).map(|measure| measure.figure);
    assert_eq!(named(json!({"count": true, "formula": "T10"})).as_deref(), Some("T10.items"));
    assert_eq!(named(json!({"count": true})).as_deref(), Some("outlet.items"));
    for wrong in [
        json!({}),
        json!({"count": false}),
        json!({"count": true, "sum": "a"}),
        json!({"sum": 1}),
        json!({"distinct": []}),
        json!({"count": true, "where": {"a": {"b": 1}}}),
        json!({"count": true, "date": true}),
        json!({"count": true, "of": 1}),
    ] {
        assert_eq!(named(wrong.clone()), None, "{wrong}");
    }
}

#[test]
fn a_stock_without_a_date_is_counted_at_the_end_of_the_period() {
    let outlet = |id: &str, signed: &str, gone: Value| row(id, "", json!({"signed": signed, "gone": gone}));
    let rows = [
        outlet("a", "2020-05-01", json!(null)),
        outlet("b", "2024-05-01", json!("2024-11-01")),
        outlet("c", "2025-05-01", json!(null)),
    ];
    let active = json!({"count": true, "where": {"signed": {"until": true}, "gone": {"after": true}}});
    let measure = Measure::parse("outlet", None, "active", &active).unwrap();
    let at = |period: Period| measure.count(rows.iter(), &period, |_| None);
    assert_eq!(at(Period::year(2024)), Figure::Number(1));
    assert_eq!(at(Period::between("", "", "2024-06-30")), Figure::Number(2));
}
