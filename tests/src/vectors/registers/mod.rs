//! Vectors of the registers: records and the names of their invalid fields, one file for each register.
//!
//! Always true: the expected names are written down by hand; the cases of both languages check that the validators agree
//! with them. Deliberately not here: counting rules, conditions, sentences.

mod ceremony;
mod consultation;
mod feedback;
mod garrison_visit;
mod hardship_aid;
mod memorial;
mod outlet;
mod roster_check;
mod roster_error;
mod station;
mod visit;

use serde_json::{Map, Value, json};

/// What each register's vectors are made of.
struct Plan {
    /// A record that is valid.
    record: Value,
    /// The fields without which any record is invalid.
    required: &'static [&'static str],
    /// Further fields without which this record is, for what stands in it.
    needed_here: &'static [&'static str],
    /// What is done to the record, and the names that are invalid then.
    changes: Vec<Change>,
}

/// A name, fields that are set (a field with `-` before it is left out), and the fields that are invalid then.
type Change = (&'static str, Value, Vec<&'static str>);

/// Every register's file of vectors, by its name in the folder.
pub fn files() -> Vec<(&'static str, Value)> {
    let plans = [
        ("registers/visit.json", visit::plan()),
        ("registers/ceremony.json", ceremony::plan()),
        ("registers/outlet.json", outlet::plan()),
        ("registers/roster_check.json", roster_check::plan()),
        ("registers/hardship_aid.json", hardship_aid::plan()),
        ("registers/consultation.json", consultation::plan()),
        ("registers/memorial.json", memorial::plan()),
        ("registers/station.json", station::plan()),
        ("registers/feedback.json", feedback::plan()),
        ("registers/garrison_visit.json", garrison_visit::plan()),
        ("registers/roster_error.json", roster_error::plan()),
    ];
    plans.into_iter().map(|(name, plan)| (name, plan.vectors())).collect()
}

impl Plan {
    fn vectors(self) -> Value {
        let record = object(self.record);
        let mut cases = vec![case("as usual", record.clone(), &[])];
        for (name, change, invalid) in self.changes {
            cases.push(case(name, changed(&record, change), &invalid));
        }
        for field in self.required.iter().chain(self.needed_here) {
            let without = changed(&record, json!({format!("-{field}"): true}));
            cases.push(case(&format!("no {field}"), without, &[field]));
        }
        cases.extend(of_every_register(&record));
        let mut all = self.required.to_vec();
        all.sort_unstable();
        cases.push(case("an empty record", Map::new(), &all));
        json!({"cases": cases})
    }
}

/// What every register says alike: who entered it, why it is void, what the county settled, fields of later versions.
fn of_every_register(record: &Map<String, Value>) -> Vec<Value> {
    let entry = |at: &str| json!({"entry": {"entered_by": "s-1", "entered_at": at, "source": "paper_sheet"}});
    let changes: [Change; 14] = [
        ("entered with seconds", entry("2024-02-03T15:20:59+08:00"), vec![]),
        ("entered in another time zone", entry("2024-02-03T07:20Z"), vec!["entry"]),
        (
            "entered by nobody",
            json!({"entry": {"entered_at": "2024-02-03T15:20+08:00", "source": "phone"}}),
            vec!["entry"],
        ),
        (
            "entered on something that is not listed",
            json!({"entry": {"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "robot"}}),
            vec!["entry"],
        ),
        ("a unit of nine digits", json!({"division_code": "990101103"}), vec!["division_code"]),
        ("a unit as a number", json!({"division_code": 990_101_103_200_i64}), vec!["division_code"]),
        ("void", json!({"void_reason": "mistake"}), vec![]),
        ("restored", json!({"void_reason": null}), vec![]),
        ("void for a reason that is a number", json!({"void_reason": 1}), vec!["void_reason"]),
        ("a double", json!({"double_of": "018ccf2e-7c00-7000-8000-000000000001"}), vec![]),
        ("a double of two", json!({"double_of": ["a", "b"]}), vec!["double_of"]),
        ("settled", json!({"settled/note": {"note": "按签收表"}}), vec![]),
        ("settled with text", json!({"settled/note": "yes"}), vec!["settled/note"]),
        ("a later field that nobody knows", json!({"weather": "snow"}), vec![]),
    ];
    changes.into_iter().map(|(name, change, invalid)| case(name, changed(record, change), &invalid)).collect()
}

fn changed(record: &Map<String, Value>, change: Value) -> Map<String, Value> {
    let mut record = record.clone();
    for (field, value) in object(change) {
        match field.strip_prefix('-') {
            Some(left_out) => record.remove(left_out),
            None => record.insert(field, value),
        };
    }
    record
}

fn case(name: &str, record: Map<String, Value>, invalid: &[&str]) -> Value {
    json!({"name": name, "record": record, "invalid": invalid})
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is no record"),
    }
}

fn entry() -> Value {
    json!({"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "phone"})
}
