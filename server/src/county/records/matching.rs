//! Which rows a question is about.
//!
//! Always true: a text is looked for in titles and names alone, never in notes. Deliberately not here: paging.

use crate::county::measures::{Days, is_counted};
use crate::county::queue::OpenMatters;
use crate::county::view::{RecordQuery, RecordRow};
use serde_json::Value;
use zoufang_sync_protocol::register::Register;

/// Members of people and of the county's own column that hold names.
const NAMES: [&str; 4] = ["name", "contact", "person_name", "people"];

/// A question, ready to be put to many rows.
pub(super) struct Wanted<'q> {
    register: &'q Register,
    query: &'q RecordQuery,
    days: &'q Days,
    open: &'q OpenMatters,
    start: Option<&'q str>,
    text: &'q str,
}

impl<'q> Wanted<'q> {
    pub(super) fn new(register: &'q Register, query: &'q RecordQuery, days: &'q Days, open: &'q OpenMatters) -> Self {
        let start = register.schema()["x-start"]["field"].as_str();
        Self { register, query, days, open, start, text: query.text.trim() }
    }

    pub(super) fn holds(&self, row: &RecordRow) -> bool {
        let query = self.query;
        let kind = || self.start.and_then(|field| row.columns.get(field)).and_then(Value::as_str).unwrap_or_default();
        self.days.hold(Some(&row.date))
            && self.is_in_state(row)
            && (query.step.is_empty() || query.step == row.step)
            && (query.kind.is_empty() || query.kind == kind())
            && (self.text.is_empty() || self.is_named(row))
    }

    /// The words for conditions of any record come first; any other is a value of the register's own state.
    fn is_in_state(&self, row: &RecordRow) -> bool {
        match self.query.state.as_str() {
            "" => true,
            "counted" => is_counted(row),
            "void" => row.void_reason.is_some(),
            "invalid" => !row.invalid_fields.is_empty(),
            "matter" => self.open.of(&row.record_id) > 0,
            "odd" => row.void_reason.is_none() && !row.odd_fields.is_empty(),
            "unmatched" => row.void_reason.is_none() && self.has_unmatched(row),
            state => row.state == state,
        }
    }

    /// Somebody who is on no list yet: the township matches them.
    fn has_unmatched(&self, row: &RecordRow) -> bool {
        let is_unmatched = |person: &Value| person.is_object() && person["person_ref"].as_str().is_none();
        self.register.fields.iter().any(|field| match row.columns.get(&field.name) {
            Some(person) if field.widget == "person" => is_unmatched(person),
            Some(Value::Array(items)) => items.iter().filter_map(|item| item.get("person")).any(is_unmatched),
            _ => false,
        })
    }

    fn is_named(&self, row: &RecordRow) -> bool {
        let is_person = |widget: &str| matches!(widget, "person" | "participants");
        let people = self.register.fields.iter().filter(|field| is_person(&field.widget)).map(|field| &field.name);
        let county = "county".to_owned();
        let mut columns = people.chain([&county]).filter_map(|name| row.columns.get(name));
        row.title.contains(self.text) || columns.any(|column| self.is_within(column, false))
    }

    fn is_within(&self, value: &Value, is_name: bool) -> bool {
        match value {
            Value::String(text) => is_name && text.contains(self.text),
            Value::Array(items) => items.iter().any(|item| self.is_within(item, is_name)),
            Value::Object(members) => {
                members.iter().any(|(member, value)| self.is_within(value, is_name || NAMES.contains(&member.as_str())))
            }
            _ => false,
        }
    }
}
