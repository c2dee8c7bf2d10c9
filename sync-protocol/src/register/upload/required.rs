//! What a record must have: names that exist, never a photo, and nothing shut out.
//!
//! Always true: a rule is judged where it applies, with all schemas that apply to the same value, however it is nested; a
//! photo may be a condition of something and never a duty (L-35). Deliberately not here: what a later version asks in addition
//! (`later`).

use super::super::fault::{Faults, Node};
use super::super::path::resolved;
use serde_json::Value;

/// Keywords under which a schema applies to the same value.
const SAME_VALUE: [&str; 7] = ["allOf", "anyOf", "oneOf", "then", "else", "if", "not"];
/// Keywords that refuse what a schema does not know.
const CLOSED: [&str; 5] =
    ["additionalProperties", "unevaluatedProperties", "propertyNames", "maxProperties", "unevaluatedItems"];

pub(super) fn check(root: &Node<'_>, faults: &mut Faults) {
    Looked { root: root.value, is_duty: true, beside: Vec::new() }.look(root, faults);
}

/// Where a schema stands.
struct Looked<'v> {
    root: &'v Value,
    /// Not a mere condition.
    is_duty: bool,
    /// Schemas that apply to the same value.
    beside: Vec<&'v Value>,
}

impl<'v> Looked<'v> {
    fn look(&self, node: &Node<'v>, faults: &mut Faults) {
        let schema = Node { value: resolved(self.root, node.value), pointer: node.pointer.clone() };
        let mut beside = self.beside.clone();
        beside.push(schema.value);
        let here = Self { root: self.root, is_duty: self.is_duty, beside };
        here.check_names(&schema, faults);
        check_open(&schema, faults);
        if schema.value["x-widget"] == "photos" && schema.value["minItems"].as_u64().is_some_and(|least| least > 0) {
            photo_required(&schema, faults);
        }
        for (name, _) in schema.get("properties").iter().flat_map(Node::members) {
            here.look_at_member(&schema, "properties", name, faults);
        }
        if let Some(items) = schema.get("items") {
            here.inside(|schema| schema.get("items")).look(&items, faults);
        }
        for key in SAME_VALUE {
            let below = Self { is_duty: here.is_duty && !matches!(key, "if" | "not"), ..here.again() };
            for schema in schema.get(key).iter().flat_map(|found| [vec![found.clone()], found.items()].concat()) {
                below.look(&schema, faults);
            }
        }
        for (name, _) in schema.get("dependentSchemas").iter().flat_map(Node::members) {
            if let Some(schema) = schema.get("dependentSchemas").and_then(|schemas| schemas.get(name)) {
                here.look(&schema, faults);
            }
        }
    }

    fn look_at_member(&self, schema: &Node<'v>, key: &str, name: &str, faults: &mut Faults) {
        if let Some(member) = schema.get(key).and_then(|members| members.get(name)) {
            self.inside(|schema| schema.get(key)?.get(name)).look(&member, faults);
        }
    }

    fn again(&self) -> Self {
        Self { root: self.root, is_duty: self.is_duty, beside: self.beside.clone() }
    }

    /// The schemas that apply to a value within this one.
    fn inside(&self, step: impl Fn(&'v Value) -> Option<&'v Value>) -> Self {
        let beside = self.beside.iter().filter_map(|schema| step(schema)).map(|schema| resolved(self.root, schema));
        Self { root: self.root, is_duty: self.is_duty, beside: beside.collect() }
    }

    fn check_names(&self, schema: &Node<'v>, faults: &mut Faults) {
        let dependent = schema.get("dependentRequired");
        let mut named: Vec<(Node<'v>, &str)> = Vec::new();
        for (condition, names) in dependent.iter().flat_map(Node::members) {
            if self.field(condition).is_none() {
                unknown(&names, condition, faults);
            }
            named.extend(names.items().into_iter().filter_map(|node| Some((node.clone(), node.value.as_str()?))));
        }
        let required = schema.get("required");
        let items = required.iter().flat_map(Node::items);
        named.extend(items.filter_map(|node| Some((node.clone(), node.value.as_str()?))));
        for (node, name) in named {
            match self.field(name) {
                None => unknown(&node, name, faults),
                Some(field) if self.is_duty && field["x-widget"] == "photos" => photo_required(&node, faults),
                Some(_) => {}
            }
        }
    }

    /// The field of that name; the schema that says its component rather than one that adds a rule to it.
    fn field(&self, name: &str) -> Option<&'v Value> {
        let found = || self.beside.iter().filter_map(|schema| schema.get("properties")?.get(name));
        let found = || found().map(|field| resolved(self.root, field));
        found().find(|field| field.get("x-widget").is_some()).or_else(|| found().next())
    }
}

fn check_open(schema: &Node<'_>, faults: &mut Faults) {
    for key in CLOSED {
        if let Some(closed) = schema.get(key).filter(|closed| *closed.value != Value::Bool(true)) {
            let zh = "不认识的字段要保留，不能拒绝";
            closed.fault(faults, "schema_closed", zh, "fields that a schema does not know are kept, never refused");
        }
    }
}

fn unknown(node: &Node<'_>, name: &str, faults: &mut Faults) {
    let (zh, en) = (format!("没有“{name}”这个字段"), format!("no field has the name “{name}”"));
    node.fault(faults, "required_unknown", &zh, &en);
}

fn photo_required(node: &Node<'_>, faults: &mut Faults) {
    let zh = "照片不能必填：没有照片也要能登记";
    node.fault(faults, "photo_required", zh, "a photo is never required");
}
