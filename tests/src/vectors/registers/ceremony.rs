//! Send-offs, welcomes, merit notices and plaques, valid and not.

use super::{Change, Plan, entry};
use serde_json::{Value, json};

pub(super) fn plan() -> Plan {
    Plan {
        record: json!({
            "ceremony_kind": "recruit_sendoff", "date": "2024-03-10", "division_code": "990101103000",
            "level": "township", "batch": "2024H1", "hosts": ["township", "armed_forces_dept"],
            "participants": [
                {"person": {"person_ref": "r-1"}, "batch": "2024H1"},
                {"person": {"contact": "家属 王芳", "village": "石门村"}, "batch": "2024H1"},
            ],
            "four_honours": {"version": 1, "ticks": ["send_off", "plaque"]}, "attending": 60, "note": "天晴",
            "photos": [], "publicity_consent": false, "entry": entry(),
        }),
        required: &["ceremony_kind", "date", "division_code", "level", "participants", "entry"],
        needed_here: &[],
        changes: [whole(), participants(), merit(), plaque()].concat(),
    }
}

fn whole() -> Vec<Change> {
    vec![
        ("a kind that is not listed", json!({"ceremony_kind": "wedding"}), vec!["ceremony_kind"]),
        ("at the county", json!({"level": "county", "division_code": "990101000000"}), vec![]),
        ("at a level that is not listed", json!({"level": "province"}), vec!["level"]),
        ("a batch of autumn", json!({"batch": "2024H2"}), vec![]),
        ("a batch of a third half", json!({"batch": "2024H3"}), vec!["batch"]),
        ("a batch without its year", json!({"batch": "H1"}), vec!["batch"]),
        ("a date without its day", json!({"date": "2024-03"}), vec!["date"]),
        ("hosts that are not listed", json!({"hosts": ["school"]}), vec!["hosts"]),
        ("one host twice", json!({"hosts": ["village", "village"]}), vec!["hosts"]),
        ("hosts that are left out", json!({"-hosts": true}), vec![]),
        ("ticks without the version of the list", json!({"four_honours": {"ticks": []}}), vec!["four_honours"]),
        (
            "one tick twice",
            json!({"four_honours": {"version": 1, "ticks": ["plaque", "plaque"]}}),
            vec!["four_honours"],
        ),
        ("ticks of a list that changed since", json!({"four_honours": {"version": 9, "ticks": ["song"]}}), vec![]),
        ("no list of ticks", json!({"five_cares": {"version": 1}}), vec!["five_cares"]),
        ("fewer than nobody attending", json!({"attending": -1}), vec!["attending"]),
        ("half a person attending", json!({"attending": 10.5}), vec!["attending"]),
        ("a note of 201 characters", json!({"note": "好".repeat(201)}), vec!["note"]),
        ("a photo by its file name", json!({"photos": ["photo.jpg"]}), vec!["photos"]),
    ]
}

fn participants() -> Vec<Change> {
    let one = |participant: Value| json!({"participants": [participant]});
    vec![
        ("nobody it was held for", json!({"participants": []}), vec!["participants"]),
        ("participants as text", json!({"participants": "王芳"}), vec!["participants"]),
        ("300 participants", json!({"participants": vec![participant(); 300]}), vec![]),
        ("301 participants", json!({"participants": vec![participant(); 301]}), vec!["participants"]),
        ("a recruit without batch", one(json!({"person": {"person_ref": "r-1"}})), vec!["participants"]),
        ("a participant without person", one(json!({"batch": "2024H1"})), vec!["participants"]),
        (
            "a person without reference or contact",
            one(json!({"person": {"village": "石门村"}, "batch": "2024H1"})),
            vec!["participants"],
        ),
        (
            "a person with an empty contact",
            one(json!({"person": {"contact": ""}, "batch": "2024H1"})),
            vec!["participants"],
        ),
        (
            "a later member of a participant",
            one(json!({"person": {"person_ref": "r-1"}, "batch": "2024H1", "later": 1})),
            vec![],
        ),
        (
            "a returnee with everything done",
            json!({
                "ceremony_kind": "returnee_welcome", "-four_honours": true, "five_cares": {"version": 2, "ticks": []},
                "participants": [{
                    "person": {"person_ref": "b-1"}, "batch": "2024H2", "reported_within_30_days": true, "filed": true,
                    "card_applied": true, "plaque_present": false,
                }],
            }),
            vec![],
        ),
        (
            "a returnee who is filed as text",
            json!({
                "ceremony_kind": "returnee_welcome",
                "participants": [{"person": {"person_ref": "b-1"}, "batch": "2024H2", "filed": "yes"}],
            }),
            vec!["participants"],
        ),
    ]
}

fn participant() -> Value {
    json!({"person": {"person_ref": "r-1"}, "batch": "2024H1"})
}

fn merit() -> Vec<Change> {
    let with = |member: &str, value: Value| {
        let mut notice = json!({
            "person": {"person_ref": "m-1"}, "honour_code": "M5", "award_year": 2023, "notice_serial": "2024-017",
            "received_on": "2024-03-01", "delivered_on": "2024-03-04", "delivered_by": "township", "award_fen": 15000,
            "receiver": "parents",
        });
        if let Some(members) = notice.as_object_mut() {
            members.insert(member.into(), value);
        }
        json!({"ceremony_kind": "merit_report", "-batch": true, "-four_honours": true, "participants": [notice]})
    };
    vec![
        ("a merit notice", with("receiver", json!("spouse")), vec![]),
        ("an honour that the county added", with("honour_code", json!("M5a")), vec![]),
        ("an honour as a number", with("honour_code", json!(4)), vec!["participants"]),
        (
            "a merit notice without honour",
            json!({"ceremony_kind": "merit_report", "participants": [{"person": {"person_ref": "m-1"}}]}),
            vec!["participants"],
        ),
        ("an award in yuan with a point", with("award_fen", json!(150.5)), vec!["participants"]),
        ("an award owed", with("award_fen", json!(-1)), vec!["participants"]),
        ("a notice that is not yet delivered", with("delivered_on", Value::Null), vec![]),
        ("a delivery on a day that is none", with("delivered_on", json!("2024-03-32")), vec!["participants"]),
        ("delivered by somebody who is not listed", with("delivered_by", json!("school")), vec!["participants"]),
        ("a receiver that is not listed", with("receiver", json!("neighbour")), vec!["participants"]),
        ("an award of the year 24", with("award_year", json!(24)), vec!["participants"]),
    ]
}

fn plaque() -> Vec<Change> {
    let with = |member: &str, value: Value| {
        let mut plaque = json!({
            "person": {"person_ref": "f-1"}, "plaque_action": "replace", "reason_code": "worn",
            "old_plaque_handed_in": true, "position": "door", "approval_no": "2024-9",
        });
        if let Some(members) = plaque.as_object_mut() {
            members.insert(member.into(), value);
        }
        json!({"ceremony_kind": "plaque", "-batch": true, "-four_honours": true, "participants": [plaque]})
    };
    vec![
        ("a plaque replaced", with("position", json!("indoor")), vec![]),
        ("a plaque restored", with("plaque_action", json!("restore")), vec![]),
        ("something else done with a plaque", with("plaque_action", json!("paint")), vec!["participants"]),
        ("a reason that is not listed", with("reason_code", json!("crime")), vec!["participants"]),
        ("a plaque on the roof", with("position", json!("roof")), vec!["participants"]),
        ("an old plaque handed in as text", with("old_plaque_handed_in", json!("yes")), vec!["participants"]),
        (
            "a plaque without what was done",
            json!({"ceremony_kind": "plaque", "participants": [{"person": {"person_ref": "f-1"}}]}),
            vec!["participants"],
        ),
        (
            "a plaque with a wrong kind and nobody",
            json!({"ceremony_kind": "plaques", "participants": []}),
            vec!["ceremony_kind", "participants"],
        ),
    ]
}
