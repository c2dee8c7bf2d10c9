//! Comments and their answers, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "topic": "burden", "text": "同一件事填了两遍。", "date": "2024-07-01", "division_code": "990101103200",
            "reply": {"text": "下月起不用再填第二遍。", "on": "2024-07-03"}, "entry": entry(),
        }),
        required: &["topic", "text", "date", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        ("not yet answered", json!({"-reply": true}), vec![]),
        ("an answer taken back", json!({"reply": null}), vec![]),
        ("an answer without words", json!({"reply": {"text": "", "on": "2024-07-03"}}), vec!["reply"]),
        ("an answer on no day", json!({"reply": {"text": "好。"}}), vec!["reply"]),
        ("an answer as text", json!({"reply": "好。"}), vec!["reply"]),
        ("a topic that is not listed", json!({"topic": "colleagues"}), vec!["topic"]),
        ("nothing said", json!({"text": ""}), vec!["text"]),
        ("a thousand characters", json!({"text": "话".repeat(1000)}), vec![]),
        ("a thousand and one", json!({"text": "话".repeat(1001)}), vec!["text"]),
        ("of the county", json!({"division_code": "990101000000"}), vec![]),
    ]
}
