//! Rows without what is sensitive, hidden in tables until asked for and in every export; and rows as a township reads them.
//!
//! Always true: a column of the county that says what somebody is entitled by is sensitive in every register; a soldier's name
//! is for the county alone, a township reads the family's contact.

use crate::county::view::RecordRow;
use crate::fold::record::row::CONTACTS;
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

/// The row as a township reads it: contacts in the place of soldiers' names.
pub fn for_township(mut row: RecordRow) -> RecordRow {
    let Some(Value::Object(county)) = row.columns.get_mut("county") else { return row };
    let Some(contacts) = county.get(CONTACTS).cloned() else { return row };
    let words = |people: &Value| {
        let names = people.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.collect::<Vec<_>>().join("、")
    };
    let is_titled = county.get("people").is_some_and(|people| words(people).starts_with(&row.title));
    if is_titled {
        row.title = words(&contacts);
    }
    county.insert("people".to_owned(), contacts);
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sensitive_fields_members_and_categories_go_and_the_rest_stays() {
        let label = json!({"zh": "甲", "en": "A"});
        let text = json!({"x-label": label, "x-widget": "text", "type": "string"});
        let mut secret = text.clone();
        secret["x-sensitive"] = true.into();
        let members = json!({"open": text, "secret": secret});
        let item = json!({"type": "object", "properties": members});
        let source = json!({
            "x-register": "trial", "x-version": 1, "x-label": label, "x-hint": label, "x-notice": label,
            "x-bucket": "none", "type": "object",
            "properties": {
                "open": text, "secret": secret,
                "group": {"x-label": label, "x-widget": "group", "type": "object", "properties": members},
                "items": {"x-label": label, "x-widget": "items", "type": "array", "items": item},
            },
        });
        let register = Register::parse(&source.to_string()).unwrap_or_else(|faults| panic!("{faults}"));
        let both = json!({"open": "a", "secret": "b"});
        let row = json!({
            "register": "trial", "record_id": "r", "address": "", "unit": "", "date": "", "title": "", "state": "",
            "step": "", "author": "", "received_ms": 0, "void_reason": null, "invalid_fields": [], "double_of": null,
            "open_matters": 0, "columns": {
                "open": "a", "secret": "b", "group": both, "items": [both, both],
                "county": {"categories": ["55"], "person_name": "张三"},
            },
        });
        let row = without_sensitive(&register, serde_json::from_value(row).unwrap());
        let open = json!({"open": "a"});
        let left = json!({"open": "a", "group": open, "items": [open, open], "county": {"person_name": "张三"}});
        assert_eq!(json!(row.columns), left);
    }
}
