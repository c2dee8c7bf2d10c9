//! Visits of the county to the garrison, valid and not: how many places and what value, since a place of the forces has
//! neither name nor person here.

use super::{Change, Plan, entry};
use serde_json::json;

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "occasion": "army_day", "date": "2024-07-30", "visits": 4, "value_fen": 24_650_000, "lead_rank": "county_leader",
            "fund_source": "county", "note": "座谈", "division_code": "990101000000", "entry": entry(),
        }),
        required: &["occasion", "date", "visits", "value_fen", "lead_rank", "division_code", "entry"],
        needed_here: &[],
        changes: changes(),
    }
}

fn changes() -> Vec<Change> {
    vec![
        ("with nothing that is optional", json!({"-note": true, "-fund_source": true}), vec![]),
        ("from a sheet of paper", json!({"sign_sheet": {"sign_sheet_no": "XZ-3", "line_no": 2}}), vec![]),
        ("an occasion that is not listed", json!({"occasion": "birthday"}), vec!["occasion"]),
        ("a day that is none", json!({"date": "2024-07-32"}), vec!["date"]),
        ("no place at all", json!({"visits": 0}), vec!["visits"]),
        ("more places than there can be", json!({"visits": 101}), vec!["visits"]),
        ("goods without value", json!({"value_fen": 0}), vec![]),
        ("less than nothing", json!({"value_fen": -1}), vec!["value_fen"]),
        ("money with parts of a fen", json!({"value_fen": 1.5}), vec!["value_fen"]),
        ("led by a village", json!({"lead_rank": "village_cadre"}), vec!["lead_rank"]),
        ("a village's money", json!({"fund_source": "village"}), vec!["fund_source"]),
        ("a long note", json!({"note": "长".repeat(201)}), vec!["note"]),
    ]
}
