//! Support outlets, valid and not.

use super::{Change, Plan, entry};
use serde_json::{Value, json};

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "name": "双河超市", "sector_code": "supermarket", "business_kind": "individual", "address": "双河镇街上",
            "shop_phone": "10000000000", "uscc": "92990101MA0TE00182",
            "benefits": [
                {"text": "米面油九五折", "type": "percent_off", "value": 5, "valid_from": "2024-03-01"},
                {"text": "免费送货", "type": "free", "limits": "镇上", "valid_from": "2024-03-01", "valid_until": "2024-12-31"},
            ],
            "beneficiaries": ["serving_soldier", "veteran"], "status": "active", "active_on": "2024-03-01",
            "found_on": "2024-02-20", "division_code": "990101103200", "proofs": ["veteran_card"],
            "agreement": {"signed_on": "2024-02-28", "valid_from": "2024-03-01", "unlimited": true},
            "outlet_plaque": {"plaque_no": "017", "hung_on": "2024-03-02"},
            "checks": [{"checked_on": "2024-09-01", "checked_by": "township", "result": "honoured"}],
            "publish_consent": true, "note": "", "photos": [], "entry": entry(),
        }),
        required: &["name", "sector_code", "status", "found_on", "division_code", "benefits", "entry"],
        needed_here: &["active_on"],
        changes: [shop(), benefits(), states(), papers()].concat(),
    }
}

fn shop() -> Vec<Change> {
    vec![
        ("a name of sixty characters", json!({"name": "店".repeat(60)}), vec![]),
        ("a name of sixty-one", json!({"name": "店".repeat(61)}), vec!["name"]),
        ("an empty name", json!({"name": ""}), vec!["name"]),
        ("a sector that the county added", json!({"sector_code": "bee_keeping"}), vec![]),
        ("a sector as a number", json!({"sector_code": 3}), vec!["sector_code"]),
        ("a kind of business that is not listed", json!({"business_kind": "state"}), vec!["business_kind"]),
        ("a stall without code, for a reason", json!({"-uscc": true, "uscc_reason": "stall"}), vec![]),
        ("a reason that is not listed", json!({"-uscc": true, "uscc_reason": "lazy"}), vec!["uscc_reason"]),
        ("a code whose check digit is wrong, which warns only", json!({"uscc": "92990101MA0TE00183"}), vec![]),
        ("a code that is far too long", json!({"uscc": "9".repeat(41)}), vec!["uscc"]),
        ("a code as a number", json!({"uscc": 92_990_101}), vec!["uscc"]),
        ("a phone of twenty-one digits", json!({"shop_phone": "1".repeat(21)}), vec!["shop_phone"]),
        ("nobody it is for", json!({"beneficiaries": []}), vec![]),
        ("people who are not listed", json!({"beneficiaries": ["everybody"]}), vec!["beneficiaries"]),
        ("published as text", json!({"publish_consent": "yes"}), vec!["publish_consent"]),
    ]
}

fn benefits() -> Vec<Change> {
    let one = |benefit: Value| json!({"benefits": [benefit]});
    vec![
        ("no benefit at all", json!({"benefits": []}), vec!["benefits"]),
        (
            "sixty-one benefits",
            json!({"benefits": vec![json!({"text": "折", "valid_from": "2024-01-01"}); 61]}),
            vec!["benefits"],
        ),
        ("the shortest benefit", one(json!({"text": "折", "valid_from": "2024-01-01"})), vec![]),
        ("a benefit without words", one(json!({"text": "", "valid_from": "2024-01-01"})), vec!["benefits"]),
        ("a benefit from no day", one(json!({"text": "九折"})), vec!["benefits"]),
        ("a benefit from a month", one(json!({"text": "九折", "valid_from": "2024-01"})), vec!["benefits"]),
        (
            "a benefit until further notice",
            one(json!({"text": "九折", "valid_from": "2024-01-01", "valid_until": null})),
            vec![],
        ),
        (
            "a kind of benefit that is not listed",
            one(json!({"text": "九折", "type": "lottery", "valid_from": "2024-01-01"})),
            vec!["benefits"],
        ),
        (
            "less than nothing off",
            one(json!({"text": "九折", "value": -10, "valid_from": "2024-01-01"})),
            vec!["benefits"],
        ),
        ("a benefit as text", json!({"benefits": ["九折"]}), vec!["benefits"]),
    ]
}

fn states() -> Vec<Change> {
    vec![
        ("found, not yet active", json!({"status": "found", "-active_on": true}), vec![]),
        ("a state that is not listed", json!({"status": "famous"}), vec!["status"]),
        ("active since no day", json!({"active_on": null}), vec!["active_on"]),
        ("paused", json!({"status": "paused", "paused_on": "2024-06-01"}), vec![]),
        ("no longer paused", json!({"paused_on": null}), vec![]),
        (
            "withdrawn",
            json!({"status": "withdrawn", "withdrawn_on": "2024-11-01", "withdraw_reason": "closed"}),
            vec![],
        ),
        ("withdrawn on no day", json!({"status": "withdrawn"}), vec!["withdrawn_on"]),
        ("withdrawn on a null", json!({"status": "withdrawn", "withdrawn_on": null}), vec!["withdrawn_on"]),
        (
            "withdrawn for a reason that is not listed",
            json!({"status": "withdrawn", "withdrawn_on": "2024-11-01", "withdraw_reason": "quarrel"}),
            vec!["withdraw_reason"],
        ),
    ]
}

fn papers() -> Vec<Change> {
    vec![
        ("an agreement signed on no day", json!({"agreement": {"signed_on": "soon"}}), vec!["agreement"]),
        ("an agreement without end", json!({"agreement": {"signed_on": "2024-02-28", "valid_until": null}}), vec![]),
        ("a plaque with a number as a number", json!({"outlet_plaque": {"plaque_no": 17}}), vec!["outlet_plaque"]),
        ("a check without result", json!({"checks": [{"checked_on": "2024-09-01"}]}), vec!["checks"]),
        (
            "a check whose result is not listed",
            json!({"checks": [{"checked_on": "2024-09-01", "result": "bad"}]}),
            vec!["checks"],
        ),
        ("a proof that is not listed", json!({"proofs": ["card_number"]}), vec!["proofs"]),
    ]
}
