//! What a later version of a register may not change: whatever a phone wrote, or writes before it hears of the version,
//! stays valid.
//!
//! Plug in: [`faults`] compares the version in force with the one that is to follow.
//!
//! Always true: no field disappears or changes its type, nothing becomes required, no bound gets narrower. Deliberately not
//! here: registers of the build, whose versions come with their own tests.

use super::super::Register;
use super::super::fault::{Faults, Node, RegisterFault, RegisterFaults};
use super::super::path::resolved;
use serde_json::Value;
use std::collections::BTreeSet;

/// Bounds that may only rise, or go.
const UPPER: [&str; 7] =
    ["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties", "maxContains", "multipleOf"];
/// Bounds that may only fall, or go.
const LOWER: [&str; 6] = ["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties", "minContains"];
/// Rules that stay as they are, or go.
const SAME: [&str; 14] = [
    "pattern",
    "const",
    "uniqueItems",
    "format",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "patternProperties",
    "dependentRequired",
    "dependentSchemas",
];

/// What the version `now` would change; empty where it may follow.
pub fn faults(before: &Register, now: &Register) -> Vec<RegisterFault> {
    let mut faults = Faults::default();
    if now.version <= before.version {
        let zh = format!("版本要比现在的 {} 大", before.version);
        let en = format!("the version must be greater than the one in force, {}", before.version);
        faults.add("/x-version", "version_not_greater", &zh, &en);
    }
    for (key, is_same) in [
        ("x-bucket", before.bucket == now.bucket),
        ("x-bucket-date", before.bucket_date.is_none() || before.bucket_date == now.bucket_date),
    ] {
        if !is_same {
            let (zh, en) = (format!("不能改 {key}：已有的记录放在别处"), format!("{key} stays: records stand by it"));
            faults.add(&format!("/{key}"), "bucket_changed", &zh, &en);
        }
    }
    Versions { before: before.schema(), now: now.schema() }.compare(
        before.schema(),
        &Node::root(now.schema()),
        &mut faults,
    );
    RegisterFaults::from(faults).0
}

/// The whole files, for references.
struct Versions<'v> {
    before: &'v Value,
    now: &'v Value,
}

impl Versions<'_> {
    fn compare(&self, before: &Value, now: &Node<'_>, faults: &mut Faults) {
        let before = resolved(self.before, before);
        let now = &Node { value: resolved(self.now, now.value), pointer: now.pointer.clone() };
        check_required(before, now, faults);
        check_values(before, now, faults);
        check_bounds(before, now, faults);
        for (name, before) in before["properties"].as_object().into_iter().flatten() {
            match now.get("properties").and_then(|properties| properties.get(name)) {
                Some(now) => {
                    check_types(name, before, &now, faults);
                    self.compare(before, &now, faults);
                }
                None => {
                    let pointer = format!("{}/properties/{}", now.pointer, name.replace('~', "~0").replace('/', "~1"));
                    let (zh, en) =
                        (format!("不能去掉“{name}”：旧手机还在填"), format!("“{name}” stays: older phones write it"));
                    faults.add(&pointer, "field_gone", &zh, &en);
                }
            }
        }
        match (before.get("items"), now.get("items")) {
            (Some(before), Some(now)) => {
                check_types("items", before, &now, faults);
                self.compare(before, &now, faults);
            }
            (None, Some(items)) => stricter(&items, faults),
            _ => {}
        }
    }
}

fn check_types(name: &str, before: &Value, now: &Node<'_>, faults: &mut Faults) {
    let (was, is) = (types(before), types(now.value));
    let is_same = was.symmetric_difference(&is).all(|name| *name == "null");
    let place = || now.get("type").unwrap_or_else(|| now.clone());
    if !is_same {
        let (zh, en) = (format!("不能改“{name}”的类型"), format!("the type of “{name}” stays"));
        faults.add(&format!("{}/type", now.pointer), "type_changed", &zh, &en);
    } else if was.contains("null") && !is.contains("null") {
        stricter(&place(), faults);
    }
}

fn types(schema: &Value) -> BTreeSet<&str> {
    match &schema["type"] {
        Value::String(name) => BTreeSet::from([name.as_str()]),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => BTreeSet::new(),
    }
}

fn check_required(before: &Value, now: &Node<'_>, faults: &mut Faults) {
    let was = before["required"].as_array();
    for name in now.get("required").iter().flat_map(Node::items) {
        if !was.is_some_and(|names| names.contains(name.value)) {
            let zh = "不能改成必填：手机上还没传的记录里没有它。请写成选填";
            name.fault(faults, "required_later", zh, "records that phones still hold lack it; leave it optional");
        }
    }
    let was = before["allOf"].as_array();
    for rule in now.get("allOf").iter().flat_map(Node::items) {
        if !was.is_some_and(|rules| rules.contains(rule.value)) {
            stricter(&rule, faults);
        }
    }
}

fn check_values(before: &Value, now: &Node<'_>, faults: &mut Faults) {
    let Some(values) = now.get("enum") else { return };
    let Some(was) = before["enum"].as_array() else { return stricter(&values, faults) };
    for gone in was.iter().filter(|value| !values.items().iter().any(|kept| kept.value == *value)) {
        let zh = format!("不能去掉 {gone}：旧手机还在填");
        values.fault(faults, "value_gone", &zh, &format!("{gone} stays: older phones write it"));
    }
}

fn check_bounds(before: &Value, now: &Node<'_>, faults: &mut Faults) {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    for key in UPPER.iter().chain(&LOWER).chain(&SAME) {
        let Some(bound) = now.get(key) else { continue };
        let is_narrower = match (number(before.get(key)), number(Some(bound.value))) {
            (Some(was), Some(is)) if UPPER.contains(key) => is < was,
            (Some(was), Some(is)) if LOWER.contains(key) => is > was,
            _ => before.get(key) != Some(bound.value),
        };
        if is_narrower {
            stricter(&bound, faults);
        }
    }
}

fn stricter(node: &Node<'_>, faults: &mut Faults) {
    let zh = "不能比现在的版本更严：手机上还没传的记录会变成不合格";
    node.fault(
        faults,
        "stricter",
        zh,
        "this is stricter than the version in force: records that phones still hold break it",
    );
}
