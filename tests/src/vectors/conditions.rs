//! Vectors of conditions: a condition, a record, perhaps an item of one of its lists, perhaps a period, and whether it
//! holds.
//!
//! Always true: what should be said is written down by hand. A case with a year is for the side that counts; without
//! one, what asks for a period holds. Deliberately not here: which registers use which condition.

use serde_json::{Value, json};

/// The fields that conditions speak of, and the cases.
pub fn vectors() -> Value {
    let cases: Vec<Value> = [values(), existence(), levels(), items(), periods()].concat();
    json!({"properties": properties(), "cases": cases})
}

fn properties() -> Value {
    let day = json!({"type": ["string", "null"]});
    let words = json!({"zh": "字段", "en": "field"});
    let labelled = |mut schema: Value, widget: &str| {
        schema["x-label"] = words.clone();
        schema["x-why"] = words.clone();
        schema["x-widget"] = json!(widget);
        schema
    };
    let kind = json!({"enum": ["send_off", "welcome"], "x-options": {"send_off": words, "welcome": words}});
    let needs = json!({"enum": ["none", "medical", "school"],
        "x-options": {"none": words, "medical": words, "school": words}});
    let item = json!({
        "batch": labelled(json!({"type": "string"}), "batch"),
        "until": labelled(day.clone(), "date"),
        "done": labelled(json!({"type": "boolean"}), "switch"),
    });
    let place = json!({"place": labelled(json!({"type": "string"}), "text")});
    json!({
        "kind": labelled(kind, "choice"),
        "needs": labelled(json!({"type": "array", "items": needs}), "choices"),
        "times": labelled(json!({"type": "integer"}), "number"),
        "done": labelled(json!({"type": "boolean"}), "switch"),
        "note": labelled(json!({"type": ["string", "null"]}), "text"),
        "date": labelled(day.clone(), "date"),
        "since": labelled(day.clone(), "date"),
        "until": labelled(day, "date"),
        "month": labelled(json!({"type": "string"}), "month"),
        "batch": labelled(json!({"type": "string"}), "batch"),
        "division_code": labelled(json!({"type": "string"}), "unit"),
        "handover": labelled(json!({"type": ["object", "null"], "properties": place}), "group"),
        "people": labelled(json!({"type": "array", "items": {"type": "object", "properties": item}}), "items"),
    })
}

fn case(name: &str, condition: &Value, record: &Value, holds: bool) -> Value {
    json!({"name": name, "condition": condition, "record": record, "holds": holds})
}

fn values() -> Vec<Value> {
    let kind = json!({"kind": "send_off"});
    let either = json!({"kind": ["send_off", "welcome"]});
    let both = json!({"kind": "send_off", "times": 2});
    vec![
        case("nothing is wanted", &json!({}), &json!({}), true),
        case("the value", &kind, &json!({"kind": "send_off"}), true),
        case("another value", &kind, &json!({"kind": "welcome"}), false),
        case("no value", &kind, &json!({}), false),
        case("the value in capitals", &kind, &json!({"kind": "SEND_OFF"}), false),
        case("the second of a list", &either, &json!({"kind": "welcome"}), true),
        case("none of a list", &either, &json!({"kind": "plaque"}), false),
        case(
            "one of a list that has it",
            &json!({"needs": ["medical", "school"]}),
            &json!({"needs": ["none", "school"]}),
            true,
        ),
        case(
            "one of a list that has others",
            &json!({"needs": ["medical", "school"]}),
            &json!({"needs": ["none"]}),
            false,
        ),
        case("one alone of a list", &json!({"needs": "school"}), &json!({"needs": ["medical", "school"]}), true),
        case("one of an empty list", &json!({"needs": ["medical"]}), &json!({"needs": []}), false),
        case("a list exists", &json!({"needs": {"exists": true}}), &json!({"needs": ["none"]}), true),
        case("both", &both, &json!({"kind": "send_off", "times": 2}), true),
        case("one of both", &both, &json!({"kind": "send_off", "times": 3}), false),
        case("a number as text", &json!({"times": 2}), &json!({"times": "2"}), false),
        case("a switch that is on", &json!({"done": true}), &json!({"done": true}), true),
        case("a switch that is missing is not on", &json!({"done": true}), &json!({}), false),
        case("a switch that is off", &json!({"done": false}), &json!({"done": false}), true),
        case("a switch that is missing is off", &json!({"done": false}), &json!({}), true),
        case("a switch that is on is not off", &json!({"done": false}), &json!({"done": true}), false),
        case("off in a list", &json!({"done": [false]}), &json!({}), true),
        case("in a group", &json!({"handover.place": "home"}), &json!({"handover": {"place": "home"}}), true),
        case("another in a group", &json!({"handover.place": "home"}), &json!({"handover": {"place": "shop"}}), false),
        case("in a group that is null", &json!({"handover.place": "home"}), &json!({"handover": null}), false),
        case("in a group that is missing", &json!({"handover.place": "home"}), &json!({}), false),
        case("in what is no group", &json!({"handover.place": "home"}), &json!({"handover": "home"}), false),
    ]
}

fn existence() -> Vec<Value> {
    let (there, missing) = (json!({"note": {"exists": true}}), json!({"note": {"exists": false}}));
    let all = [
        ("text", json!({"note": "天晴"}), true),
        ("a space", json!({"note": " "}), true),
        ("empty text", json!({"note": ""}), false),
        ("null", json!({"note": null}), false),
        ("nothing", json!({}), false),
    ];
    let mut cases: Vec<Value> = all.iter().map(|(name, record, holds)| case(name, &there, record, *holds)).collect();
    cases.extend(all.iter().map(|(name, record, holds)| case(&format!("not {name}"), &missing, record, !holds)));
    cases.push(case("zero exists", &json!({"times": {"exists": true}}), &json!({"times": 0}), true));
    cases.push(case("off exists", &json!({"done": {"exists": true}}), &json!({"done": false}), true));
    cases.push(case("in a group", &json!({"handover.place": {"exists": true}}), &json!({"handover": {}}), false));
    cases
}

fn levels() -> Vec<Value> {
    let at = |level: &str| json!({"division_code": {"level": level}});
    let of = |code: &str| json!({"division_code": code});
    vec![
        case("a village", &at("village"), &of("990101103200"), true),
        case("a township is no village", &at("village"), &of("990101103000"), false),
        case("a township", &at("township"), &of("990101103000"), true),
        case("the county is no township", &at("township"), &of("990101000000"), false),
        case("the county", &at("county"), &of("990101000000"), true),
        case("no unit", &at("village"), &json!({}), false),
    ]
}

fn items() -> Vec<Value> {
    let of = |name: &str, condition: Value, record: Value, item: Value, holds: bool| json!({"name": name, "condition": condition, "record": record, "list": "people", "item": item, "holds": holds});
    let batch = json!({"batch": "2024H1"});
    vec![
        of("in the item", batch.clone(), json!({"batch": "2024H2"}), json!({"batch": "2024H1"}), true),
        of(
            "the item goes before the record",
            batch.clone(),
            json!({"batch": "2024H1"}),
            json!({"batch": "2024H2"}),
            false,
        ),
        of("in the record where the item has none", batch.clone(), json!({"batch": "2024H1"}), json!({}), true),
        of("in neither", batch, json!({}), json!({}), false),
        of(
            "off in the item, on in the record",
            json!({"done": true}),
            json!({"done": true}),
            json!({"done": false}),
            false,
        ),
        of(
            "one in the item, one in the record",
            json!({"kind": "welcome", "done": true}),
            json!({"kind": "welcome"}),
            json!({"done": true}),
            true,
        ),
    ]
}

/// What only the side that counts can decide, and that it holds for the other.
fn periods() -> Vec<Value> {
    let asks = [
        ("year", "date", ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"], [false, true, true, false]),
        ("year", "month", ["2023-12", "2024-01", "2024-12", "2025-01"], [false, true, true, false]),
        ("year", "batch", ["2023H2", "2024H1", "2024H2", "2025H1"], [false, true, true, false]),
        ("until", "since", ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"], [true, true, true, false]),
        ("after", "until", ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"], [false, false, false, true]),
    ];
    let mut cases = Vec::new();
    for (ask, field, values, expected) in asks {
        let condition = json!({field: {ask: true}});
        for (value, holds) in values.into_iter().zip(expected) {
            let name = format!("{field} {value}, {ask} in 2024");
            let mut counted = case(&name, &condition, &json!({field: value}), holds);
            counted["year"] = json!(2024);
            cases.push(counted);
        }
        let mut missing = case(&format!("no {field}, {ask} in 2024"), &condition, &json!({}), ask == "after");
        missing["year"] = json!(2024);
        cases.push(missing);
        cases.push(case(&format!("{field}, {ask}, but no period"), &condition, &json!({field: "1999-01-01"}), true));
        cases.push(case(&format!("no {field}, {ask}, and no period"), &condition, &json!({}), true));
    }
    cases
}
