//! Inspections of memorials, valid and not.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "site_name": "石门烈士墓", "inspected_on": "2024-04-01", "result": "defect", "defect": "台阶松动",
            "condition": {
                "body_sound": true, "lettering_readable": true, "foundation_firm": false, "surroundings_clean": true,
                "plants_tended": true, "site_safe": true,
            },
            "repair_by": "2024-04-20", "repaired_on": null, "grade": "ungraded", "site_no": "LS-07",
            "division_code": "990101103200", "note": "", "photos": [], "entry": entry(),
        }),
        required: &["site_name", "inspected_on", "condition", "result", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        ("all well", json!({"result": "sound", "-defect": true, "-repair_by": true}), vec![]),
        ("repaired", json!({"result": "repaired", "repaired_on": "2024-04-18"}), vec![]),
        ("a result that is not listed", json!({"result": "fine"}), vec!["result"]),
        ("nothing looked at", json!({"condition": {}}), vec![]),
        ("one of the six as text", json!({"condition": {"body_sound": "yes"}}), vec!["condition"]),
        ("the six as a list", json!({"condition": ["body_sound"]}), vec!["condition"]),
        ("a site without name", json!({"site_name": ""}), vec!["site_name"]),
        ("a grade that is not listed", json!({"grade": "world"}), vec!["grade"]),
        ("a defect of 101 characters", json!({"defect": "裂".repeat(101)}), vec!["defect"]),
        ("repair by a month", json!({"repair_by": "2024-04"}), vec!["repair_by"]),
        ("repaired on a day that is none", json!({"repaired_on": "2024-04-41"}), vec!["repaired_on"]),
        ("three photos", json!({"photos": vec!["ab".repeat(32); 3]}), vec!["photos"]),
    ]
}
