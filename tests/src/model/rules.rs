//! What counts at all, and small words for asking a record's fields.

use serde_json::Value;
use std::collections::BTreeSet;

/// A record's fields.
pub type Fields = serde_json::Map<String, Value>;

/// A record that counts: valid, not void, not settled as another's double.
#[derive(Debug, Clone)]
pub struct Counting {
    /// Its id.
    pub id: String,
    /// Unit of its document.
    pub unit: String,
    /// Its fields.
    pub fields: Fields,
}

/// A text, empty where there is none.
pub(super) fn text<'v>(fields: &'v Fields, name: &str) -> &'v str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A number, 0 where there is none.
pub(super) fn number(fields: &Fields, name: &str) -> i64 {
    fields.get(name).and_then(Value::as_i64).unwrap_or_default()
}

/// A group; an empty one where there is none.
pub(super) fn group(fields: &Fields, name: &str) -> Fields {
    fields.get(name).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The items of a list that are groups.
pub(super) fn items(fields: &Fields, name: &str) -> Vec<Fields> {
    let list = fields.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|item| item.as_object().cloned()).collect()
}

/// Who it is about: the roster's id, or the record itself for somebody on no list.
pub(super) fn person(record: &Counting, fields: &Fields) -> String {
    let person = group(fields, "person");
    match text(&person, "person_ref") {
        "" => format!("record {}", record.id),
        known => known.to_owned(),
    }
}

/// How many different ones.
pub(super) fn distinct<T: Ord>(things: impl Iterator<Item = T>) -> i64 {
    things.collect::<BTreeSet<T>>().len() as i64
}
