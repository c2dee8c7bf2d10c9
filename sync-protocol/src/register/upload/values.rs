//! Values that a file writes into records by itself, and the date that decides where a record stands.
//!
//! Always true: what `x-default` and `x-else` write passes the field's own schema; a register by years has a day in every
//! record, so that none is lost from sight. Deliberately not here: conditions.

use super::super::fault::{Faults, Node};
use super::super::path::{allows, resolved};
use serde_json::{Value, json};

/// What each `fill` writes.
const FILLS: [(&str, &str); 10] = [
    ("today", "string"),
    ("unit", "string"),
    ("level", "string"),
    ("me", "string"),
    ("staff", "array"),
    ("entry", "object"),
    ("batch", "string"),
    ("award", "integer"),
    ("me_name", "string"),
    ("station_name", "string"),
];

pub(super) fn check(root: &Node<'_>, faults: &mut Faults) {
    check_bucket_date(root, faults);
    root.get("properties").iter().for_each(|properties| check_fields(properties, root.value, faults));
}

fn check_bucket_date(root: &Node<'_>, faults: &mut Faults) {
    let Some(date) = root.get("x-bucket-date") else { return };
    let path: Vec<&str> = date.value.as_str().unwrap_or_default().split('.').collect();
    let step = |schema: &'_ Value, name: &&str| {
        Some(resolved(root.value, resolved(root.value, schema).get("properties")?.get(*name)?).clone())
    };
    let found = path.iter().try_fold(root.value.clone(), |schema, name| step(&schema, name));
    let widget = found.as_ref().and_then(|field| field["x-widget"].as_str());
    if !matches!(widget, Some("date" | "month")) {
        let zh = "要写一个日期或月份字段（x-widget 是 date 或 month）";
        date.fault(faults, "bucket_date_no_date", zh, "this must be a field whose x-widget is date or month");
    }
    let required = root.value["required"].as_array();
    let is_required = required.is_some_and(|names| names.iter().any(|name| name == path[0]));
    if root.value["x-bucket"] == "year" && !is_required {
        let zh = "按年存放的台账，这个日期要必填（写进 required）";
        date.fault(faults, "bucket_date_optional", zh, "a register by years requires this date (in required)");
    }
}

/// Fields, members and members of items alike.
fn check_fields(properties: &Node<'_>, root: &Value, faults: &mut Faults) {
    for (_, field) in properties.members() {
        let schema = resolved(root, field.value);
        let written = [field.get("x-else"), field.get("x-default").filter(|default| !is_rule(default.value))];
        let cases = field.get("x-default").filter(|default| is_rule(default.value)).and_then(|rule| rule.get("cases"));
        let cases = cases.iter().flat_map(Node::items).filter_map(|case| case.get("value"));
        written.into_iter().flatten().chain(cases).for_each(|value| check_value(&value, schema, root, faults));
        if let Some(fill) = field.get("x-default").and_then(|default| default.get("fill")) {
            check_fill(&fill, schema, faults);
        }
        let items = field.get("items").and_then(|items| items.get("properties"));
        field.get("properties").iter().chain(&items).for_each(|members| check_fields(members, root, faults));
    }
}

fn is_rule(default: &Value) -> bool {
    default.get("fill").is_some() || default.get("cases").is_some()
}

fn check_value(value: &Node<'_>, schema: &Value, root: &Value, faults: &mut Faults) {
    let mut schema = schema.clone();
    if let Some(definitions) = root.get("$defs") {
        schema["$defs"] = definitions.clone();
    }
    // What does not compile is refused elsewhere. A field that is left empty is not written.
    let is_good = jsonschema::draft202012::new(&schema).is_ok_and(|schema| schema.is_valid(value.value));
    if !is_good && *value.value != json!(null) {
        let zh = format!("这个字段不能是 {}", value.value);
        value.fault(faults, "default_wrong", &zh, &format!("the field cannot be {}", value.value));
    }
}

fn check_fill(fill: &Node<'_>, schema: &Value, faults: &mut Faults) {
    let Some((_, kind)) = FILLS.iter().find(|(word, _)| fill.value == word) else { return };
    if !allows(schema, kind) {
        let (zh, en) =
            (format!("它填的是 {kind}，和字段的类型不符"), format!("it fills in {kind}, not the field's type"));
        fill.fault(faults, "default_wrong", &zh, &en);
    }
}
