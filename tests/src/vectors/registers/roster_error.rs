//! Errors of the roster that a village reports, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "person": {"person_ref": "p-1", "name": "李大山"}, "wrong": "moved", "date": "2024-07-01",
            "division_code": "990101103200", "note": "去年搬到县城", "answer": "corrected", "answered_on": "2024-07-03",
            "entry": entry(),
        }),
        required: &["person", "wrong", "date", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        (
            "one tap, and the county has not looked yet",
            json!({"wrong": "wrong", "-note": true, "-answer": true, "-answered_on": true}),
            vec![],
        ),
        ("somebody by reference alone", json!({"person": {"person_ref": "p-1"}}), vec![]),
        ("somebody by name alone", json!({"person": {"name": "李大山"}}), vec!["person"]),
        ("somebody with an empty reference", json!({"person": {"person_ref": ""}}), vec!["person"]),
        ("somebody with an empty name", json!({"person": {"person_ref": "p-1", "name": ""}}), vec!["person"]),
        ("somebody as text", json!({"person": "李大山"}), vec!["person"]),
        ("nobody", json!({"person": null}), vec!["person"]),
        ("somebody who died", json!({"wrong": "died"}), vec![]),
        ("somebody of another household", json!({"wrong": "household"}), vec![]),
        ("somebody to whom another gift is due", json!({"wrong": "package"}), vec![]),
        ("somebody whom nobody knows", json!({"wrong": "not_known"}), vec![]),
        ("something else", json!({"wrong": "other"}), vec![]),
        ("an error that is not listed", json!({"wrong": "sentenced"}), vec!["wrong"]),
        ("two errors at once", json!({"wrong": ["died", "household"]}), vec!["wrong"]),
        ("an error taken out", json!({"wrong": null}), vec!["wrong"]),
        ("a day of a thirteenth month", json!({"date": "2024-13-01"}), vec!["date"]),
        ("a month instead of a day", json!({"date": "2024-07"}), vec!["date"]),
        ("nothing noted", json!({"note": ""}), vec![]),
        ("a note of two hundred characters", json!({"note": "字".repeat(200)}), vec![]),
        ("a note of one more", json!({"note": "字".repeat(201)}), vec!["note"]),
        ("a roster that was right", json!({"answer": "unchanged"}), vec![]),
        ("an answer that it was passed on", json!({"answer": "passed_on"}), vec![]),
        ("an answer that is not listed", json!({"answer": "later"}), vec!["answer"]),
        ("an answer in words", json!({"answer": "下月改"}), vec!["answer"]),
        ("an answer on no day", json!({"-answered_on": true}), vec![]),
        ("answered in a month", json!({"answered_on": "2024-07"}), vec!["answered_on"]),
        ("of the township", json!({"division_code": "990101103000"}), vec![]),
    ]
}
