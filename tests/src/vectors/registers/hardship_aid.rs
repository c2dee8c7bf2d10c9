//! Applications for hardship aid, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "person": {"person_ref": "p-1"}, "applied_on": "2024-05-06", "situation_code": "sudden_event",
            "kinds": ["living", "medical"], "amount_asked_fen": 200_000, "division_code": "990101103200",
            "accept_result": "accepted", "accepted_on": "2024-05-10", "grant_result": "granted",
            "decided_on": "2024-05-20", "granted_fen": 117_600, "fund": "county", "decision_no": "2024-12",
            "paid_on": "2024-05-30", "paid_fen": 117_600, "note": "", "entry": entry(),
        }),
        required: &["person", "applied_on", "situation_code", "kinds", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        (
            "as the village hands it on",
            json!({
                "-accept_result": true, "-accepted_on": true, "-grant_result": true, "-decided_on": true,
                "-granted_fen": true, "-fund": true, "-decision_no": true, "-paid_on": true, "-paid_fen": true,
            }),
            vec![],
        ),
        ("somebody on no list", json!({"person": {"name": "赵六", "village": "石门村"}}), vec![]),
        ("nobody", json!({"person": {}}), vec!["person"]),
        ("a situation that is not listed", json!({"situation_code": "illness"}), vec!["situation_code"]),
        ("two situations", json!({"situation_code": ["unemployed", "other"]}), vec!["situation_code"]),
        ("no kind of help", json!({"kinds": []}), vec!["kinds"]),
        ("one kind of help twice", json!({"kinds": ["living", "living"]}), vec!["kinds"]),
        ("a kind of help that is not listed", json!({"kinds": ["car"]}), vec!["kinds"]),
        ("an amount left to the county", json!({"-amount_asked_fen": true}), vec![]),
        ("an amount as text", json!({"amount_asked_fen": "2000"}), vec!["amount_asked_fen"]),
        ("a debt", json!({"amount_asked_fen": -1}), vec!["amount_asked_fen"]),
        ("more than a million yuan", json!({"granted_fen": 100_000_001}), vec!["granted_fen"]),
        ("not accepted", json!({"accept_result": "not_accepted"}), vec![]),
        ("accepted by halves", json!({"accept_result": "maybe"}), vec!["accept_result"]),
        ("refused", json!({"grant_result": "refused"}), vec![]),
        ("a decision that is null", json!({"grant_result": null}), vec!["grant_result"]),
        ("from a fund that is not listed", json!({"fund": "lottery"}), vec!["fund"]),
        ("granted, not yet paid", json!({"paid_on": null, "-paid_fen": true}), vec![]),
        ("paid on a day that is none", json!({"paid_on": "2024-5-30"}), vec!["paid_on"]),
        ("paid in yuan with a point", json!({"paid_fen": 1_176.5}), vec!["paid_fen"]),
    ]
}
