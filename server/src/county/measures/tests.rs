//! Every key of a measure, over a handful of rows of a made-up register.

use super::*;
use serde_json::{Value, json};

fn row(id: &str, date: &str, columns: Value) -> RecordRow {
    let row = json!({
        "register": "trial", "record_id": id, "address": "", "unit": "", "date": date, "title": "", "state": "", "step": "",
        "columns": columns, "author": "", "received_ms": 0, "void_reason": null, "invalid_fields": [],
        "double_of": null, "open_matters": 0,
    });
    serde_json::from_value(row).unwrap()
}

fn label() -> Value {
    json!({"zh": "甲", "en": "A"})
}

fn field(widget: &str, kind: &str) -> Value {
    json!({"x-label": label(), "x-widget": widget, "type": kind})
}

fn choice(values: &[&str]) -> Value {
    let options: serde_json::Map<String, Value> = values.iter().map(|value| ((*value).to_owned(), label())).collect();
    json!({"x-label": label(), "x-widget": "choice", "type": "string", "enum": values, "x-options": options})
}

/// A register with one measure `m`.
fn with_measure(mut measure: Value) -> Register {
    measure["label"] = label();
    let person = json!({
        "x-label": label(), "x-widget": "person", "type": "object",
        "properties": {"person_ref": {"type": "string"}, "name": {"type": "string"}},
    });
    let participant = json!({"type": "object", "properties": {"person": person, "batch": field("batch", "string")}});
    let source = json!({
        "x-register": "trial", "x-version": 1, "x-label": label(), "x-hint": label(), "x-notice": label(),
        "x-bucket": "year", "x-bucket-date": "date", "type": "object",
        "properties": {
            "date": field("date", "string"), "kind": choice(&["sendoff", "welcome"]), "person": person,
            "participants": {"x-label": label(), "x-widget": "participants", "type": "array", "items": participant},
            "award_fen": field("money", "integer"), "honour": choice(&["M4", "M5"]),
            "person_times": field("number", "integer"), "signed": field("date", "string"),
            "gone": field("date", "string"), "sector": choice(&["catering", "pharmacy", "training"]),
            "sectors": {
                "x-label": label(), "x-widget": "choices", "type": "array",
                "items": {"enum": ["a", "b"], "x-options": {"a": label(), "b": label()}},
            },
        },
        "x-measures": {"m": measure},
    });
    Register::parse(&source.to_string()).unwrap_or_else(|faults| panic!("{faults}"))
}

fn figure(rows: &[RecordRow], measure: Value, days: &Days, open: &OpenMatters) -> Figure {
    count(&with_measure(measure).measures[0], rows.iter(), days, open)
}

fn number(rows: &[RecordRow], measure: Value) -> i64 {
    match figure(rows, measure, &Days::year(2024), &OpenMatters::default()) {
        Figure::Number(number) => number,
        codes => panic!("{codes:?}"),
    }
}

fn ceremonies() -> Vec<RecordRow> {
    let who = |reference: &str, batch: &str| json!({"person": {"person_ref": reference}, "batch": batch});
    let named = json!({"person": {"name": "张家属"}, "batch": "2024H1"});
    vec![
        row("a", "2024-03-01", json!({"kind": "sendoff", "participants": [who("p1", "2024H1"), who("p2", "2024H1")]})),
        row("b", "2024-03-05", json!({"kind": "sendoff", "participants": [who("p1", "2024H1"), named, named]})),
        row("c", "2024-09-01", json!({"kind": "welcome", "participants": [who("p3", "2024H2")]})),
        row("d", "2025-01-02", json!({"kind": "sendoff", "participants": [who("p4", "2024H2"), who("p5", "2025H1")]})),
    ]
}

#[test]
fn records_and_items_are_counted_where_the_condition_holds() {
    let rows = ceremonies();
    assert_eq!(number(&rows, json!({"count": true})), 3);
    assert_eq!(number(&rows, json!({"count": true, "of": "participants"})), 6);
    assert_eq!(number(&rows, json!({"count": true, "of": "participants", "where": {"kind": "sendoff"}})), 5);
    assert_eq!(number(&rows, json!({"count": true, "where": {"kind": {"exists": false}}})), 0);
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
    let award = |id: &str, person: Value, fen: i64| {
        row(id, "2024-05-01", json!({"person": person, "honour": "M4", "award_fen": fen}))
    };
    let known = |reference: &str| json!({"person_ref": reference});
    let rows = [
        award("a", known("p1"), 100_000),
        award("b", known("p1"), 15_000),
        award("c", known("p2"), 15_000),
        award("d", json!({"name": "王芳"}), 5),
        award("e", json!({"name": "王芳"}), 6),
    ];
    assert_eq!(number(&rows, json!({"sum": "award_fen"})), 130_011);
    let once = json!({"sum": "award_fen", "per": ["person.person_ref", "honour"]});
    assert_eq!(number(&rows, once), 115_011, "p1 once with the greatest; who is on no list by itself");
    assert_eq!(number(&[row("f", "2024-01-01", json!({}))], json!({"sum": "award_fen"})), 0);
}

#[test]
fn codes_come_most_first() {
    let outlet =
        |id: &str, sector: Value, sectors: Value| row(id, "2024-05-01", json!({"sector": sector, "sectors": sectors}));
    let rows = [
        outlet("a", json!("catering"), json!(["b"])),
        outlet("b", json!("catering"), json!(["a", "b"])),
        outlet("c", json!("training"), json!([])),
        outlet("d", json!("training"), json!(null)),
        outlet("e", json!("pharmacy"), json!(["b"])),
        outlet("f", json!(null), json!(null)),
    ];
    let top = |path: &str, top: Value| {
        let measure = json!({"distinct": path, "top": top});
        figure(&rows, measure, &Days::year(2024), &OpenMatters::default())
    };
    let codes = |list: &[(&str, i64)]| Figure::Codes(list.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect());
    assert_eq!(top("sector", json!(2)), codes(&[("catering", 2), ("training", 2)]));
    assert_eq!(top("sector", json!(true)), codes(&[("catering", 2), ("training", 2), ("pharmacy", 1)]));
    assert_eq!(top("sectors", json!(5)), codes(&[("b", 3), ("a", 1)]), "each of several codes");
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
    let visit =
        |id: &str, times: i64| row(id, "2024-07-20", json!({"person_times": times, "county": {"value_fen": 30_000}}));
    let rows = [visit("a", 1), visit("b", 2), visit("c", 1)];
    let sum = |path: &str, open: &OpenMatters| figure(&rows, json!({"sum": path}), &Days::year(2024), open);
    let open = OpenMatters::with_double(&["a", "b"]);
    assert_eq!(sum("person_times", &open), Figure::Number(3));
    assert_eq!(sum("person_times", &OpenMatters::default()), Figure::Number(4));
    assert_eq!(sum("county.value_fen", &open), Figure::Number(90_000));
}

#[test]
fn figures_are_named_by_formula_or_register() {
    let named = |measure: Value| with_measure(measure).measures[0].figure("trial");
    assert_eq!(named(json!({"count": true, "formula": "T10"})), "T10.m");
    assert_eq!(named(json!({"count": true})), "trial.m");
}

#[test]
fn a_stock_is_counted_at_the_end_of_the_period() {
    let outlet = |id: &str, signed: &str, gone: Value| row(id, signed, json!({"signed": signed, "gone": gone}));
    let rows = [
        outlet("a", "2020-05-01", json!(null)),
        outlet("b", "2024-05-01", json!("2024-11-01")),
        outlet("c", "2025-05-01", json!(null)),
    ];
    let active = json!({"count": true, "date": false, "where": {"signed": {"until": true}, "gone": {"after": true}}});
    let at = |days: Days| figure(&rows, active.clone(), &days, &OpenMatters::default());
    assert_eq!(at(Days::year(2024)), Figure::Number(1));
    assert_eq!(at(Days::between("", "", "2024-06-30")), Figure::Number(2));
    assert_eq!(at(Days::between("2025-01-01", "2025-12-31", "2024-06-30")), Figure::Number(2));
}

#[test]
fn without_bounds_every_record_counts_whatever_its_date() {
    let rows = [row("a", "", json!({})), row("b", "2030-01-01", json!({})), row("c", "2024-01-01", json!({}))];
    let counted = |days: Days| figure(&rows, json!({"count": true}), &days, &OpenMatters::default());
    assert_eq!(counted(Days::between("", "", "2024-06-30")), Figure::Number(3));
    assert_eq!(counted(Days::between("2024-01-01", "", "2024-06-30")), Figure::Number(1));
}

#[test]
fn all_numbers_of_a_register_come_by_name() {
    let register = with_measure(json!({"count": true}));
    let all = numbers(&register, &ceremonies(), &Days::year(2024), &OpenMatters::default());
    assert_eq!(all, BTreeMap::from([("m".to_owned(), 3)]));
}
