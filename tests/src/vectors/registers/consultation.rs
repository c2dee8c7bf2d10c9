//! Questions and visits to the office, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "date": "2024-04-02", "kind": "policy_question", "channel": "in_person", "topic_code": "pension",
            "persons": 2, "answered": false, "passed_on_to": "civil_affairs", "division_code": "990101103000",
            "entry": entry(),
        }),
        required: &["date", "kind", "channel", "topic_code", "persons", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        ("at the county", json!({"division_code": "990101000000"}), vec![]),
        ("legal aid", json!({"kind": "legal_aid", "topic_code": "legal", "persons": 3}), vec![]),
        ("a kind that is not listed", json!({"kind": "petition"}), vec!["kind"]),
        ("a topic that is not listed", json!({"topic_code": "mood"}), vec!["topic_code"]),
        ("a channel that is not listed", json!({"channel": "rumour"}), vec!["channel"]),
        ("nobody, which warns only", json!({"persons": 0}), vec![]),
        ("a thousand persons", json!({"persons": 1000}), vec![]),
        ("more than a thousand", json!({"persons": 1001}), vec!["persons"]),
        ("persons as text", json!({"persons": "2"}), vec!["persons"]),
        ("one and a half", json!({"persons": 1.5}), vec!["persons"]),
        ("answered as text", json!({"answered": "yes"}), vec!["answered"]),
        ("passed on to nobody", json!({"-passed_on_to": true}), vec![]),
        ("passed on to somebody who is not listed", json!({"passed_on_to": "police"}), vec!["passed_on_to"]),
        ("a date of the month zero", json!({"date": "2024-00-02"}), vec!["date"]),
    ]
}
