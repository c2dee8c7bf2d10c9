//! Visits, valid and not.

use super::{Change, Plan, entry};
use serde_json::{Value, json};

pub(super) fn plan() -> Plan {
    Plan {
        record: visit(),
        required: &[
            "visit_kind",
            "outcome",
            "visit_date",
            "division_code",
            "person",
            "person_times",
            "lead_rank",
            "entry",
        ],
        needed_here: &["handover", "receiver"],
        changes: [worker_fields(), person_and_gift(), handover_and_rest(), outcomes(), kinds()].concat(),
    }
}

fn visit() -> Value {
    json!({
        "campaign_id": "2024-spring-festival", "visit_kind": "spring_festival", "outcome": "delivered",
        "visit_date": "2024-02-03", "division_code": "990101103200",
        "person": {"person_ref": "p-1", "name": "王芳"}, "person_times": 1,
        "gift": {
            "package_id": "standard", "money_fen": 20000, "pay_method": "cash", "fund_source": "county",
            "goods": [{"item": "大米", "quantity": 1, "measure_word": "袋"}, {"item": "食用油", "quantity": 2, "measure_word": "桶"}],
        },
        "handover": {"handover_place": "home"}, "lead_rank": "village_cadre", "visitor_refs": ["s-1", "s-2"],
        "receiver": "self", "sign_sheet": {"sign_sheet_no": "2024-01", "line_no": 3}, "need_codes": ["medical"],
        "note": "家里安好", "photos": [], "publicity_consent": false, "entry": entry(),
    })
}

/// A visit of each kind as it is logged outside a campaign, and what makes it wrong.
fn kinds() -> Vec<Change> {
    let of = |kind: &str, fields: Value| {
        let mut change = json!({"visit_kind": kind, "campaign_id": null, "-sign_sheet": true});
        fields.as_object().into_iter().flatten().for_each(|(name, value)| change[name] = value.clone());
        change
    };
    let wheelchair = json!({"money_fen": 0, "pay_method": "none", "fund_source": "county",
        "goods": [{"item": "轮椅", "quantity": 1, "measure_word": "辆"}]});
    let donated = json!({"money_fen": 250_000, "pay_method": "transfer", "fund_source": "donation", "goods": []});
    vec![
        (
            "in hospital, by a leader of the bureau",
            of("hospital", json!({"handover": {"handover_place": "hospital"}, "lead_rank": "bureau_leader"})),
            vec![],
        ),
        (
            "in hospital, with what the illness is called",
            of("hospital", json!({"handover": {"handover_place": "ward 3"}})),
            vec!["handover"],
        ),
        (
            "a bereavement, received by the spouse",
            of("bereavement", json!({"receiver": "spouse", "bereavement": {"death_date": "2024-01-30"}})),
            vec![],
        ),
        (
            "a bereavement on a day that is none",
            of("bereavement", json!({"bereavement": {"death_date": "2024-02-32"}})),
            vec!["bereavement"],
        ),
        ("hardship, a wheelchair without money", of("hardship", json!({"gift": wheelchair})), vec![]),
        ("hardship, donated money", of("hardship", json!({"gift": donated})), vec![]),
        (
            "hardship, from a fund that is not listed",
            of("hardship", json!({"gift": {"fund_source": "lottery"}})),
            vec!["gift"],
        ),
        ("merit", of("merit", json!({"gift": null, "receiver": "other_relative"})), vec![]),
        ("a soldier who came home", of("returnee", json!({"person": {"name": "赵六", "village": "石门村"}})), vec![]),
        ("a martyr's family", of("martyr_memorial", json!({"need_codes": ["plaque", "school"]})), vec![]),
        ("the garrison, which has a register of its own", of("garrison", json!({})), vec!["visit_kind"]),
        ("another kind, delivered and received by nobody", of("other", json!({"-receiver": true})), vec!["receiver"]),
    ]
}

fn worker_fields() -> Vec<Change> {
    let hash = "ab".repeat(32);
    vec![
        ("no campaign", json!({"campaign_id": null}), vec![]),
        ("a campaign that is a number", json!({"campaign_id": 7}), vec!["campaign_id"]),
        ("a campaign with a long name", json!({"campaign_id": "c".repeat(65)}), vec!["campaign_id"]),
        ("army day", json!({"visit_kind": "army_day"}), vec![]),
        ("a kind that is not listed", json!({"visit_kind": "birthday"}), vec!["visit_kind"]),
        ("a kind that is null", json!({"visit_kind": null}), vec!["visit_kind"]),
        ("an outcome that is not listed", json!({"outcome": "refused"}), vec!["outcome"]),
        ("the last day of the year", json!({"visit_date": "2024-12-31"}), vec![]),
        ("a thirteenth month", json!({"visit_date": "2024-13-01"}), vec!["visit_date"]),
        ("a day zero", json!({"visit_date": "2024-02-00"}), vec!["visit_date"]),
        ("a day 32", json!({"visit_date": "2024-01-32"}), vec!["visit_date"]),
        ("a date with slashes", json!({"visit_date": "2024/02/03"}), vec!["visit_date"]),
        ("a date with a time", json!({"visit_date": "2024-02-03T10:00"}), vec!["visit_date"]),
        ("a date in full-width digits", json!({"visit_date": "２０２４-02-03"}), vec!["visit_date"]),
        ("a date with a line break behind it", json!({"visit_date": "2024-02-03\n"}), vec!["visit_date"]),
        ("a date as a number", json!({"visit_date": 20_240_203}), vec!["visit_date"]),
        ("nine person-times", json!({"person_times": 9}), vec![]),
        ("ten person-times", json!({"person_times": 10}), vec!["person_times"]),
        ("minus one person-time", json!({"person_times": -1}), vec!["person_times"]),
        ("half a person-time", json!({"person_times": 0.5}), vec!["person_times"]),
        ("person-times as text", json!({"person_times": "1"}), vec!["person_times"]),
        ("two photos", json!({"photos": [hash, "cd".repeat(32)]}), vec![]),
        ("three photos", json!({"photos": [hash, hash, hash]}), vec!["photos"]),
        ("a photo by its file name", json!({"photos": ["photo.jpg"]}), vec!["photos"]),
        ("a photo hash in capitals", json!({"photos": [hash.to_uppercase()]}), vec!["photos"]),
        ("consent as text", json!({"publicity_consent": "yes"}), vec!["publicity_consent"]),
    ]
}

fn person_and_gift() -> Vec<Change> {
    let gift = |fields: Value| json!({"gift": fields});
    vec![
        ("a person by reference alone", json!({"person": {"person_ref": "p-9"}}), vec![]),
        ("a person on no list", json!({"person": {"name": "赵六", "village": "石门村", "category": "99"}}), vec![]),
        ("a person without name or reference", json!({"person": {"village": "石门村"}}), vec!["person"]),
        ("a person with an empty reference", json!({"person": {"person_ref": ""}}), vec!["person"]),
        ("a person as text", json!({"person": "王芳"}), vec!["person"]),
        ("a name of fifty characters", json!({"person": {"name": "王".repeat(50)}}), vec![]),
        ("a name of fifty-one", json!({"person": {"name": "王".repeat(51)}}), vec!["person"]),
        ("a name of fifty characters beyond the first plane", json!({"person": {"name": "𠮷".repeat(50)}}), vec![]),
        ("no gift", gift(Value::Null), vec![]),
        ("an empty gift", gift(json!({})), vec![]),
        ("money alone", gift(json!({"money_fen": 30000, "pay_method": "transfer"})), vec![]),
        ("money in yuan with fen behind a point", gift(json!({"money_fen": 300.5})), vec!["gift"]),
        ("money owed", gift(json!({"money_fen": -1})), vec!["gift"]),
        ("a million yuan", gift(json!({"money_fen": 100_000_000})), vec![]),
        ("more than a million yuan", gift(json!({"money_fen": 100_000_001})), vec!["gift"]),
        ("a way of paying that is not listed", gift(json!({"pay_method": "card"})), vec!["gift"]),
        ("goods without quantity", gift(json!({"goods": [{"item": "大米"}]})), vec!["gift"]),
        ("goods without name", gift(json!({"goods": [{"item": "", "quantity": 1}]})), vec!["gift"]),
        ("goods, none of them", gift(json!({"goods": [{"item": "大米", "quantity": 0}]})), vec!["gift"]),
        ("goods as text", gift(json!({"goods": "大米"})), vec!["gift"]),
        ("gift as a number", gift(json!(30000)), vec!["gift"]),
        ("a later field inside the gift", gift(json!({"money_fen": 1, "later": true})), vec![]),
        ("two things wrong in one group", gift(json!({"money_fen": -1, "pay_method": "card"})), vec!["gift"]),
    ]
}

fn handover_and_rest() -> Vec<Change> {
    let place = |fields: Value| json!({"handover": fields});
    vec![
        (
            "a relative received it",
            place(json!({"handover_place": "relative_received", "handover_reason": "住院"})),
            vec![],
        ),
        ("handed out at the village office", place(json!({"handover_place": "village_office"})), vec!["handover"]),
        ("a handover without a place", place(json!({"handover_reason": "住院"})), vec!["handover"]),
        ("a rank that is not listed", json!({"lead_rank": "mayor"}), vec!["lead_rank"]),
        ("nobody named who went", json!({"visitor_refs": []}), vec![]),
        ("eleven who went", json!({"visitor_refs": vec!["s"; 11]}), vec!["visitor_refs"]),
        ("a receiver that is not listed", json!({"receiver": "neighbour"}), vec!["receiver"]),
        ("line zero of the sheet", json!({"sign_sheet": {"line_no": 0}}), vec!["sign_sheet"]),
        ("one need twice", json!({"need_codes": ["medical", "medical"]}), vec!["need_codes"]),
        ("a need that is not listed", json!({"need_codes": ["money"]}), vec!["need_codes"]),
        ("a note of 200 characters", json!({"note": "好".repeat(200)}), vec![]),
        ("a note of 201 characters", json!({"note": "好".repeat(201)}), vec!["note"]),
        ("a note that is null", json!({"note": null}), vec!["note"]),
        ("a death date", json!({"bereavement": {"death_date": "2024-01-30", "reporter": "村民"}}), vec![]),
        ("a death date without day", json!({"bereavement": {"death_date": "2024-01"}}), vec!["bereavement"]),
    ]
}

fn outcomes() -> Vec<Change> {
    vec![
        ("nobody met", json!({"outcome": "not_met", "person_times": 0, "gift": null}), vec![]),
        (
            "nobody met, so no place and no receiver",
            json!({"outcome": "not_met", "person_times": 0, "gift": null, "-handover": true, "-receiver": true}),
            vec![],
        ),
        (
            "nobody met, yet counted",
            json!({"outcome": "not_met", "person_times": 1, "gift": null}),
            vec!["person_times"],
        ),
        ("nobody met, yet a gift", json!({"outcome": "not_met", "person_times": 0}), vec!["gift"]),
        ("deceased", json!({"outcome": "deceased", "person_times": 0, "gift": null}), vec![]),
        ("deceased, yet counted and given", json!({"outcome": "deceased"}), vec!["gift", "person_times"]),
        (
            "three fields wrong",
            json!({"visit_date": "", "lead_rank": "", "note": 1}),
            vec!["lead_rank", "note", "visit_date"],
        ),
    ]
}
