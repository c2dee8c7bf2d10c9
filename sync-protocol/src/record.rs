//! A record: a map of fields, and how a field stands in a document.
//!
//! Always true: below a record there are only whole puts. A scalar is an Automerge scalar (strings never collaborative
//! text); a group or list is one byte string of canonical JSON, so that fields which belong together change together.
//! Deliberately not here: what fields there are (that is the register's), and Automerge documents.

use automerge::ScalarValue;
use serde_json::Value;
use std::collections::BTreeMap;

/// Fields by name. Scalars are JSON scalars, groups and lists JSON objects and arrays.
pub type Record = BTreeMap<String, Value>;

/// The field that makes a record void: a reason, or null once restored.
pub const VOID_REASON: &str = "void_reason";
/// Names the record that counts instead of this one. Written by the county only.
pub const DOUBLE_OF: &str = "double_of";
/// Fields that begin so hold settlements. Written by the county only.
pub const SETTLED_PREFIX: &str = "settled/";
/// The settlement of a double.
pub const SETTLED_DOUBLE: &str = "settled/double";

/// Whether only the county's key may write this field.
pub fn is_county_field(field: &str) -> bool {
    field == DOUBLE_OF || field.starts_with(SETTLED_PREFIX)
}

/// JSON with sorted keys and no spaces: equal values have equal bytes, in Rust and TypeScript alike.
pub fn canonical_json(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let sorted: BTreeMap<_, _> = fields.iter().collect();
            text.push('{');
            for (index, (key, item)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(item, text);
            }
            text.push('}');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

/// The Automerge scalar that stands for a field's value.
pub fn to_scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Null => ScalarValue::Null,
        Value::Bool(flag) => ScalarValue::Boolean(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(integer) => ScalarValue::Int(integer),
            None => ScalarValue::F64(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => ScalarValue::Str(text.as_str().into()),
        group => ScalarValue::Bytes(canonical_json(group).into_bytes()),
    }
}

/// The field's value that an Automerge scalar stands for; `None` for what no phone of ours writes.
pub fn from_scalar(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Null => Some(Value::Null),
        ScalarValue::Boolean(flag) => Some(Value::Bool(*flag)),
        ScalarValue::Int(integer) => Some(Value::from(*integer)),
        ScalarValue::Uint(integer) => Some(Value::from(*integer)),
        ScalarValue::F64(number) => serde_json::Number::from_f64(*number).map(Value::Number),
        ScalarValue::Str(text) => Some(Value::from(text.as_str())),
        ScalarValue::Bytes(bytes) => serde_json::from_slice(bytes).ok(),
        _ => None,
    }
}

/// The fields of `after` that differ from `before`: what is written.
pub fn changed_fields(before: &Record, after: &Record) -> Record {
    after
        .iter()
        .filter(|(field, value)| before.get(*field) != Some(value))
        .map(|(f, v)| (f.clone(), v.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn groups_are_one_value_and_come_back() {
        let gift = json!({"money_fen": 30000, "goods": [{"item": "rice", "quantity": 1}]});
        assert_eq!(canonical_json(&gift), r#"{"goods":[{"item":"rice","quantity":1}],"money_fen":30000}"#);
        for value in [gift, json!("米"), json!(3), json!(true), Value::Null, json!(["a"])] {
            assert_eq!(from_scalar(&to_scalar(&value)), Some(value));
        }
    }

    #[test]
    fn only_changed_fields_are_written() {
        let before = Record::from([("a".into(), json!(1)), ("b".into(), json!(2))]);
        let after = Record::from([("a".into(), json!(1)), ("b".into(), json!(3))]);
        assert_eq!(changed_fields(&before, &after), Record::from([("b".into(), json!(3))]));
    }
}
