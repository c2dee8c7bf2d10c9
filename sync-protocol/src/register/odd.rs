//! Values worth a second look, by the register's own file: amounts beyond its `x-warn`, and text that must not be there.
//!
//! Always true: whatever is typed is looked at by the kind of its field, so that no register can forget it; nothing is refused.
//! Deliberately not here: what the phone says of them, and checks that need more than one value.

use super::Register;
use super::path::resolved;
use crate::free_text::forbidden;
use crate::record::Record;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// What somebody writes of a person who is on no list.
const OF_PERSON: [&str; 4] = ["name", "contact", "village", "category"];

/// A value worth a second look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct OddField {
    /// Path of the field: `gift.money_fen`; in a list without its place.
    pub field: String,
    /// `above`, `below`, `unit`, `identity`, `card`.
    pub code: String,
}

/// All of a record, each once, in order of their paths.
pub fn odd_fields(register: &Register, record: &Record) -> Vec<OddField> {
    let mut found = Vec::new();
    for (name, value) in record {
        if let Some(schema) = register.schema()["properties"].get(name) {
            look(register.schema(), schema, name, value, &mut found);
        }
    }
    found.sort();
    found.dedup();
    found
}

fn look(root: &Value, schema: &Value, path: &str, value: &Value, found: &mut Vec<OddField>) {
    let schema = resolved(root, schema);
    let mut add = |code: &str| found.push(OddField { field: path.to_owned(), code: code.to_owned() });
    for warning in schema["x-warn"].as_array().into_iter().flatten() {
        match (&warning["above"], &warning["below"], value.as_i64()) {
            (Value::Number(limit), _, Some(number)) if limit.as_i64().is_some_and(|limit| number > limit) => {
                add("above")
            }
            // No money at all is no odd amount.
            (_, Value::Number(_), Some(0)) if schema["x-widget"] == "money" => {}
            (_, Value::Number(limit), Some(number)) if limit.as_i64().is_some_and(|limit| number < limit) => {
                add("below")
            }
            _ => {}
        }
    }
    match widget(schema) {
        "text" | "long_text" => typed(value).for_each(add),
        // Where digits are expected, a number of a unit cannot be told from them.
        "code" if !is_credit_code(schema) => typed(value).filter(|code| *code != "unit").for_each(add),
        "person" => OF_PERSON.iter().filter_map(|name| value.get(name)).flat_map(typed).for_each(add),
        "group" | "gift" => look_inside(root, schema, path, value, found),
        "items" | "participants" => {
            let items = resolved(root, &schema["items"]);
            value.as_array().into_iter().flatten().for_each(|item| look_inside(root, items, path, item, found));
        }
        _ => {}
    }
}

fn look_inside(root: &Value, schema: &Value, path: &str, value: &Value, found: &mut Vec<OddField>) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            look(root, member, &format!("{path}.{name}"), value, found);
        }
    }
}

fn typed(value: &Value) -> impl Iterator<Item = &'static str> {
    forbidden(value.as_str().unwrap_or_default()).into_iter().map(|found| found.kind)
}

fn widget(schema: &Value) -> &str {
    let is_plain = schema["type"] == "string" && schema.get("enum").is_none() && schema.get("x-list").is_none();
    schema["x-widget"].as_str().unwrap_or(if is_plain { "text" } else { "" })
}

fn is_credit_code(schema: &Value) -> bool {
    schema["x-warn"].as_array().into_iter().flatten().any(|warning| warning["check"] == "uscc")
}
