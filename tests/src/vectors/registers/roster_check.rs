//! Monthly roster checks, valid and not.

use super::{Change, Plan, entry};
use serde_json::{Value, json};

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "month": "2024-02", "nil_report": false, "division_code": "990101103200",
            "removals": [{"person": {"person_ref": "p-1"}, "reason": "died", "date": "2024-02-01"}],
            "additions": [{"person": {"name": "赵六", "village": "石门村"}, "reason": "moved_in"}],
            "reported_on": "2024-02-20", "last_month_number": 67, "review_result": "confirmed",
            "reviewed_on": "2024-02-25", "pay_stop_month": "2024-03", "county_removed": 1, "note": "", "entry": entry(),
        }),
        required: &["month", "nil_report", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    let removal = |removal: Value| json!({"removals": [removal]});
    vec![
        ("nothing changed", json!({"nil_report": true, "removals": [], "additions": []}), vec![]),
        (
            "as the village hands it on",
            json!({
                "-reported_on": true, "-last_month_number": true, "-review_result": true, "-reviewed_on": true,
                "-pay_stop_month": true, "-county_removed": true,
            }),
            vec![],
        ),
        ("a month zero", json!({"month": "2024-00"}), vec!["month"]),
        ("a month with a day", json!({"month": "2024-02-03"}), vec!["month"]),
        ("a month as a number", json!({"month": 202_402}), vec!["month"]),
        ("nothing changed, as text", json!({"nil_report": "yes"}), vec!["nil_report"]),
        ("a removal for another reason", removal(json!({"person": {"person_ref": "p-1"}, "reason": "other"})), vec![]),
        (
            "a removal for a reason of the courts",
            removal(json!({"person": {"person_ref": "p-1"}, "reason": "sentenced"})),
            vec!["removals"],
        ),
        ("a removal for no reason", removal(json!({"person": {"person_ref": "p-1"}})), vec!["removals"]),
        ("a removal of nobody", removal(json!({"reason": "died"})), vec!["removals"]),
        (
            "a removal of somebody without name",
            removal(json!({"person": {"village": "石门村"}, "reason": "died"})),
            vec!["removals"],
        ),
        (
            "a removal on a day that is none",
            removal(json!({"person": {"person_ref": "p-1"}, "reason": "died", "date": "2024-02"})),
            vec!["removals"],
        ),
        (
            "an addition for a reason that is not listed",
            json!({"additions": [{"person": {"name": "赵六"}, "reason": "friend"}]}),
            vec!["additions"],
        ),
        ("a review that is neither", json!({"review_result": "later"}), vec!["review_result"]),
        ("a review that does not agree", json!({"review_result": "not_confirmed"}), vec![]),
        ("payment stops on a day", json!({"pay_stop_month": "2024-03-01"}), vec!["pay_stop_month"]),
        ("fewer than nobody removed", json!({"county_removed": -1}), vec!["county_removed"]),
        ("a roster of half a person", json!({"last_month_number": 67.5}), vec!["last_month_number"]),
    ]
}
