//! What a register file may say, and every way in which it is refused. Each fault is made by one slip in a good file.

use super::*;
use serde_json::json;

fn base() -> Value {
    json!({
        "x-register": "well", "x-version": 3, "x-label": {"zh": "水井", "en": "Wells"}, "x-bucket": "year",
        "x-bucket-date": "seen_on", "x-levels": ["village", "township"], "x-title": "place", "type": "object",
        "x-sentence": [[{"when": {"state": "bad"}, "zh": "{place}，{parts#}处", "en": "{place}, {parts#}"}]],
        "x-line": ["place"], "x-start": {"field": "state", "only": ["bad"]},
        "x-steps": [
            {"id": "tell", "by": "village", "label": {"zh": "报告", "en": "Tell"}, "button": {"zh": "报", "en": "Tell"},
             "fields": ["state"]},
            {"id": "mend", "by": "township", "label": {"zh": "修", "en": "Mend"}, "button": {"zh": "修", "en": "Mend"},
             "fields": ["mended_on", "note"], "when": {"state": "bad"}},
        ],
        "x-measures": {
            "parts": {"label": {"zh": "处", "en": "Parts"}, "formula": "T99", "of": "parts", "where": {"kind": "pump"},
                      "count": true},
            "litres": {"label": {"zh": "升", "en": "Litres"}, "sum": "litres", "per": ["place"]},
            "wells": {"label": {"zh": "井", "en": "Wells"}, "distinct": "place", "date": false, "top": true},
            "money": {"label": {"zh": "钱", "en": "Money"}, "sum": "county.value_fen", "date": "mended_on"},
        },
        "required": ["state"],
        "properties": {
            "state": {"x-label": {"zh": "情况", "en": "State"}, "x-widget": "choice", "type": "string",
                      "enum": ["good", "bad"], "x-order": 1,
                      "x-options": {"good": {"zh": "好", "en": "Good"}, "bad": {"zh": "坏", "en": "Bad"}}},
            "seen_on": {"x-label": {"zh": "日期", "en": "Date"}, "x-widget": "date", "type": "string", "x-order": 2,
                        "x-default": {"fill": "today"}},
            "place": {"x-label": {"zh": "地点", "en": "Place"}, "x-widget": "text", "type": "string",
                      "x-warn": [{"check": "free_text"}]},
            "litres": {"x-label": {"zh": "升", "en": "Litres"}, "x-widget": "number", "type": "integer"},
            "sector": {"x-label": {"zh": "行业", "en": "Sector"}, "x-widget": "choice", "type": "string",
                       "x-list": "sectors", "x-filled-by": "county"},
            "mended_on": {"x-label": {"zh": "修好", "en": "Mended"}, "x-widget": "date", "type": "string",
                          "x-warn": [{"after": "seen_on"}], "x-when": {"state": "bad"}},
            "note": {"x-label": {"zh": "备注", "en": "Note"}, "x-widget": "text", "type": "string", "x-row": false},
            "parts": {"x-label": {"zh": "部件", "en": "Parts"}, "x-widget": "items", "type": "array", "items": {
                "type": "object", "properties": {"kind": {"x-label": {"zh": "种类", "en": "Kind"}, "x-widget": "choice",
                    "type": "string", "enum": ["pump"], "x-options": {"pump": {"zh": "泵", "en": "Pump"}}}}}},
        },
    })
}

fn codes(source: &Value) -> Vec<(String, String)> {
    match Register::parse(&source.to_string()) {
        Ok(_) => Vec::new(),
        Err(RegisterFaults(faults)) => {
            assert!(faults.iter().all(|fault| !fault.zh.is_empty() && !fault.en.is_empty()));
            faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
        }
    }
}

#[track_caller]
fn refused(pointer: &str, value: Value, at: &str, code: &str) {
    let mut source = base();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = source.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(members), Value::Null) => drop(members.remove(key)),
        (Value::Object(members), value) => drop(members.insert(key.into(), value)),
        (Value::Array(items), value) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer}"),
    }
    assert_eq!(codes(&source), [(at.to_owned(), code.to_owned())]);
}

#[test]
fn a_good_file_is_read_whole() {
    let register = Register::parse(&base().to_string()).unwrap();
    assert_eq!((register.name.as_str(), register.version, register.bucket), ("well", 3, Bucket::Year));
    assert_eq!(register.levels, [Level::Village, Level::Township]);
    assert_eq!(register.fields[..2].iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["state", "seen_on"]);
    assert!(register.row_fields().all(|field| field.name != "note"));
    assert_eq!(register.writer_level("mended_on"), Some(Level::Township));
    assert_eq!(register.writer_level("sector"), Some(Level::County));
    assert_eq!((register.writer_level("state"), register.writer_level("place")), (None, None));
    let parts = register.measures.iter().find(|measure| measure.name == "parts").unwrap();
    assert_eq!((parts.figure("well"), &parts.counted), ("T99.parts".to_owned(), &Counted::Count));
    assert!(
        register
            .measures
            .iter()
            .any(|measure| measure.date == MeasureDate::Never && measure.figure("well") == "well.wells")
    );
}

#[test]
fn each_slip_is_named_with_its_place() {
    let place = "/properties/place";
    refused("/x-register", json!("Well"), "/x-register", "name_malformed");
    refused("/x-register", Value::Null, "/x-register", "key_missing");
    refused("/x-version", json!("3"), "/x-version", "wrong_type");
    refused("/x-label/en", Value::Null, "/x-label/en", "key_missing");
    refused("/x-bucket", json!("month"), "/x-bucket", "bucket_unknown");
    refused("/x-bucket-date", json!("seen_at"), "/x-bucket-date", "path_unknown");
    refused("/x-title", json!("note"), "/x-title", "path_not_in_row");
    refused("/x-state", json!("stat"), "/x-state", "path_unknown");
    refused("/x-levels", json!(["hamlet"]), "/x-levels/0", "level_unknown");
    refused("/x-line", json!(["plaice"]), "/x-line/0", "path_unknown");
    refused("/x-start/only", json!(["worse"]), "/x-start/only/0", "value_unknown");
    refused("/x-sentence/0/0/zh", json!("{plaice}"), "/x-sentence/0/0/zh", "path_unknown");
    refused("/x-sentence/0/0/en", Value::Null, "/x-sentence/0/0/en", "key_missing");
    refused("/x-sentence/0/0/when", json!({"state": "worse"}), "/x-sentence/0/0/when/state", "value_unknown");
    refused("/additionalProperties", json!(false), "/additionalProperties", "schema_closed");
    refused("/properties/place/x-widget", Value::Null, "/properties/place/x-widget", "key_missing");
    refused("/properties/place/x-widget", json!("slider"), place, "widget_unknown");
    refused("/properties/place/x-widget", json!("number"), place, "widget_type");
    refused("/properties/place/x-label", Value::Null, "/properties/place/x-label", "key_missing");
    refused("/properties/place/x-label/zh", json!(" "), "/properties/place/x-label/zh", "not_text");
    refused("/properties/place/x-filled-by", json!("boss"), "/properties/place/x-filled-by", "filled_by_unknown");
    refused("/properties/place/x-warn/0", json!({"check": "x"}), "/properties/place/x-warn/0", "warning_unknown");
    refused(
        "/properties/place/x-default",
        json!({"fill": "now"}),
        "/properties/place/x-default/fill",
        "default_unknown",
    );
    refused("/properties/place/x-when", json!({"plaice": 1}), "/properties/place/x-when/plaice", "path_unknown");
    refused(
        "/properties/place/x-when",
        json!({"state": {"is": 1}}),
        "/properties/place/x-when/state",
        "condition_unknown",
    );
    refused(
        "/properties/parts/items/x-sentence",
        json!([[{"zh": "{kid}", "en": "{kind}"}]]),
        "/properties/parts/items/x-sentence/0/0/zh",
        "path_unknown",
    );
    refused("/properties/sector/x-list", json!("planets"), "/properties/sector/x-list", "list_unknown");
    refused("/properties/sector/x-list", Value::Null, "/properties/sector", "choices_missing");
    refused("/properties/state/x-options/bad", Value::Null, "/properties/state/enum/1", "option_label_missing");
    refused("/properties/state/x-options/ugly", json!({}), "/properties/state/x-options/ugly", "option_unknown");
    let kind = "/properties/parts/items/properties/kind";
    refused(&format!("{kind}/x-widget"), Value::Null, &format!("{kind}/x-widget"), "key_missing");
    refused(&format!("{kind}/x-label"), Value::Null, &format!("{kind}/x-label"), "key_missing");
    refused("/properties/place/pattern", json!("("), "/properties/place/pattern", "schema_wrong");
    refused("/properties/place/$ref", json!("https://example.org/x"), "/properties/place/$ref", "reference_refused");
}

#[test]
fn steps_and_measures_are_checked_against_the_fields() {
    refused("/x-steps/1/fields", json!(["mended"]), "/x-steps/1/fields/0", "path_unknown");
    refused("/x-steps/1/id", json!("tell"), "/x-steps/1", "name_twice");
    refused("/x-steps/1/by", json!("boss"), "/x-steps/1/by", "level_unknown");
    refused("/x-steps/1/button/en", Value::Null, "/x-steps/1/button/en", "key_missing");
    refused("/x-measures/litres/sum", json!("place"), "/x-measures/litres/sum", "not_an_integer");
    refused("/x-measures/wells/distinct", json!("note"), "/x-measures/wells/distinct", "path_not_in_row");
    refused("/x-measures/litres/sum", Value::Null, "/x-measures/litres", "measure_counts_nothing");
    refused("/x-measures/litres/per", json!(["plaice"]), "/x-measures/litres/per/0", "path_unknown");
    refused("/x-measures/litres/wher", json!({}), "/x-measures/litres/wher", "key_unknown");
    let litres = json!({"label": {"zh": "升", "en": "Litres"}, "sum": "litres"});
    refused("/x-measures/t98.litres", litres, "/x-measures/t98.litres", "name_malformed");
    refused("/x-measures/parts/of", json!("place"), "/x-measures/parts/of", "not_a_list");
    refused("/x-measures/parts/where", json!({"kind": "rope"}), "/x-measures/parts/where/kind", "value_unknown");
    refused("/x-measures/money/date", json!("paid_on"), "/x-measures/money/date", "path_unknown");
    refused("/x-measures/money/sum", json!("county.moon"), "/x-measures/money/sum", "path_unknown");
}

#[test]
fn what_is_no_json_too_large_too_deep_or_round_is_refused() {
    let fault = |source: &str| Register::parse(source).unwrap_err().0.remove(0);
    assert!(fault("{\n\"x\": }").zh.starts_with("第 2 行"));
    assert_eq!(fault("[]").code, "wrong_type");
    assert_eq!(fault(&" ".repeat(crate::limits::REGISTER_BYTES_MAX + 1)).code, "too_large");
    assert_eq!(fault(&format!("{{\"a\":{}{}}}", "[".repeat(30), "]".repeat(30))).code, "too_deep");
    let mut round = base();
    round["$defs"] = json!({"a": {"$ref": "#/$defs/b"}, "b": {"items": {"$ref": "#/$defs/a"}}});
    assert!(codes(&round).iter().all(|(_, code)| code == "reference_round") && !codes(&round).is_empty());
}

#[test]
fn an_extension_adds_fields_and_changes_none() {
    let register = Register::parse(&base().to_string()).unwrap();
    let depth = json!({"x-label": {"zh": "深", "en": "Depth"}, "x-widget": "number", "type": "integer"});
    let with = |properties: Value| json!({"x-extends": "well", "x-version": 1, "properties": properties});
    let extended = register.extended(&with(json!({"depth": depth})).to_string()).unwrap();
    assert_eq!((extended.version, extended.fields.len()), (4, register.fields.len() + 1));
    let record = Record::from([("state".to_owned(), json!("good")), ("depth".to_owned(), json!("far"))]);
    assert_eq!(extended.invalid_fields(&record), ["depth"]);

    let codes = |source: Value| register.extended(&source.to_string()).unwrap_err().0.remove(0).code;
    assert_eq!(codes(with(json!({"place": depth}))), "name_twice");
    let mut required = with(json!({"depth": depth}));
    required["required"] = json!(["depth"]);
    assert_eq!(codes(required), "key_not_in_extension");
    assert_eq!(codes(json!({"x-extends": "other", "x-version": 1, "properties": {}})), "register_unknown");
    let nobody = json!({"x-extends": "other", "x-version": 1, "properties": {}}).to_string();
    assert_eq!(Registers::built_in().with(register).read(&nobody).unwrap_err().0[0].code, "register_unknown");
}

#[test]
fn conditions_hold_of_records_items_and_periods() {
    let register = Register::parse(&base().to_string()).unwrap();
    let condition = |wanted: Value| {
        let mut source = register.schema().clone();
        source["x-steps"][0]["when"] = wanted;
        Register::parse(&source.to_string()).unwrap().steps[0].when.clone()
    };
    let record: Record = serde_json::from_value(json!({
        "state": "bad", "seen_on": "2024-05-01", "note": "", "place": null, "division_code": "990101103000",
    }))
    .unwrap();
    let holds =
        |wanted: Value, year: Option<u16>| condition(wanted).holds(&record, None, year.map(Period::year).as_ref());
    assert!(holds(json!({"state": "bad"}), None) && !holds(json!({"state": ["good"]}), None));
    assert!(holds(json!({"state": ["good", "bad"], "note": {"exists": false}, "place": {"exists": false}}), None));
    assert!(!holds(json!({"litres": {"exists": true}}), None));
    assert!(
        holds(json!({"seen_on": {"year": true}}), Some(2024)) && !holds(json!({"seen_on": {"year": true}}), Some(2023))
    );
    assert!(
        holds(json!({"mended_on": {"year": true}}), None) && !holds(json!({"mended_on": {"year": true}}), Some(2024))
    );
    assert!(
        holds(json!({"seen_on": {"until": true}}), Some(2024))
            && !holds(json!({"seen_on": {"until": true}}), Some(2023))
    );
    assert!(
        holds(json!({"mended_on": {"after": true}}), Some(2024))
            && !holds(json!({"seen_on": {"after": true}}), Some(2024))
    );
    assert!(holds(json!({"seen_on": {"after": true}}), Some(2023)));
    let level = Wanted::Level(Level::Township);
    assert!(Condition(vec![(Path::new("division_code"), level)]).holds(&record, None, None));
    let missing = Condition(vec![(Path::new("shared"), Wanted::OneOf(vec![json!(false)]))]);
    assert!(missing.holds(&record, None, None));
    let in_item = Condition(vec![(Path::new("state"), Wanted::OneOf(vec![json!("pump")]))]);
    assert!(in_item.holds(&record, Some(&json!({"state": "pump"})), None));
    let period = Period::year(2024);
    assert!(["2024-02", "2024H1", "2024H2", "2024-12-31"].iter().all(|value| period.holds(value)));
    assert!(["2023H2", "2025-01", "2025-01-01", "2024", ""].iter().all(|value| !period.holds(value)));
}

#[test]
fn the_step_that_waits_is_the_first_undone_that_is_called_for() {
    let register = Register::parse(&base().to_string()).unwrap();
    let waiting = |record: Value| {
        let record: Record = serde_json::from_value(record).unwrap();
        register.waiting_step(&record).map(|step| step.id.clone())
    };
    assert_eq!(waiting(json!({})).as_deref(), Some("tell"));
    assert_eq!(waiting(json!({"state": "bad", "note": "x"})).as_deref(), Some("mend"));
    assert_eq!(waiting(json!({"state": "good"})), None);
    assert_eq!(waiting(json!({"state": "bad", "mended_on": "2024-06-01"})), None);
}

#[test]
fn the_registers_of_the_build_are_good() {
    let faults: Vec<String> =
        BUILT_IN.iter().filter_map(|source| Register::parse(source).err()).map(|faults| faults.to_string()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(Registers::built_in().get("visit").is_some_and(|visit| !visit.fields.is_empty()));
}
