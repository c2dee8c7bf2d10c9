//! Rows without what is sensitive: hidden in tables until asked for, and in every export.
//!
//! Always true: a column of the county that says what somebody is entitled by is sensitive in every register.

use crate::county::view::RecordRow;
use serde_json::Value;
use zoufang_sync_protocol::register::Register;

/// Columns of the county that are sensitive.
const COUNTY_SENSITIVE: [&str; 1] = ["categories"];

/// The row without sensitive fields and members.
pub fn without_sensitive(register: &Register, mut row: RecordRow) -> RecordRow {
    for field in &register.fields {
        if field.is_sensitive {
            row.columns.remove(&field.name);
        } else if let Some(value) = row.columns.get_mut(&field.name) {
            strip(&register.schema()["properties"][&field.name], value);
        }
    }
    if let Some(Value::Object(county)) = row.columns.get_mut("county") {
        COUNTY_SENSITIVE.iter().for_each(|column| drop(county.remove(*column)));
    }
    row
}

fn strip(schema: &Value, value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| strip(&schema["items"], item)),
        Value::Object(members) => {
            members.retain(|member, _| schema["properties"][member]["x-sensitive"] != Value::Bool(true));
            members.iter_mut().for_each(|(member, value)| strip(&schema["properties"][member], value));
        }
        _ => {}
    }
}
