//! Stations and their staff, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "name": "石门村退役军人服务站", "state": "staffed", "head": "李志强", "deputy": "王芳", "vacant_since": null,
            "phone": "10000000001", "opened_on": "2019-05-01",
            "five_haves": {"office": true, "staffing": false, "people": true, "money": false, "guarantee": true},
            "division_code": "990101103200", "note": "", "entry": entry(),
        }),
        required: &["name", "state", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        ("vacant", json!({"state": "vacant", "head": null, "vacant_since": "2024-06-01"}), vec![]),
        ("of a township", json!({"division_code": "990101103000"}), vec![]),
        ("a state that is not listed", json!({"state": "asleep"}), vec!["state"]),
        ("an empty name", json!({"name": ""}), vec!["name"]),
        ("a head of 51 characters", json!({"head": "李".repeat(51)}), vec!["head"]),
        ("a head as a number", json!({"head": 7}), vec!["head"]),
        ("vacant since a year", json!({"vacant_since": "2024"}), vec!["vacant_since"]),
        ("opened nobody knows when", json!({"opened_on": null}), vec![]),
        ("a phone as a number", json!({"phone": 10_000_000_001_i64}), vec!["phone"]),
        ("one of the five as a number", json!({"five_haves": {"office": 1}}), vec!["five_haves"]),
    ]
}
