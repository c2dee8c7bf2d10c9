//! The columns of a table: one for each field, groups and lists flattened by their members.
//!
//! Always true: who of a station's staff wrote or went stands in no export (nobody is counted). Deliberately not here:
//! how a value is said.

use super::masked;
use super::said::{Words, label, yuan};
use crate::county::view::RecordRow;
use serde_json::Value;
use zoufang_sync_protocol::register::Register;

/// Components whose values are not exported.
const NOT_EXPORTED: [&str; 4] = ["hidden", "photos", "staff", "unit"];
/// Components whose members become columns.
const FLATTENED: [&str; 4] = ["group", "gift", "items", "participants"];

/// One column.
pub(super) struct Column<'r> {
    heading: String,
    of: Of<'r>,
}

enum Of<'r> {
    /// A field of the record.
    Field { name: &'r str, schema: &'r Value },
    /// A member of a group, or of each item of a list.
    Member { name: &'r str, member: &'r str, schema: &'r Value },
    /// Money plus goods.
    Value,
    /// The step that waits.
    Step(&'r Register),
}

/// The columns of `register` for these rows.
pub(super) fn of_register<'r>(register: &'r Register, rows: &[RecordRow]) -> Vec<Column<'r>> {
    let mut columns = Vec::new();
    for field in register.row_fields() {
        let schema = &register.schema()["properties"][&field.name];
        if field.is_sensitive || NOT_EXPORTED.contains(&field.widget.as_str()) {
            continue;
        }
        if FLATTENED.contains(&field.widget.as_str()) {
            columns.extend(members(&field.name, &field.label.zh, schema));
        } else {
            let of = Of::Field { name: &field.name, schema };
            columns.push(Column { heading: with_unit(&field.label.zh, schema), of });
        }
    }
    if rows.iter().any(|row| value_fen(row).is_some_and(|fen| fen != 0)) {
        columns.push(Column { heading: "钱和物合计（元）".to_owned(), of: Of::Value });
    }
    if !register.steps.is_empty() {
        columns.push(Column { heading: "待办步骤".to_owned(), of: Of::Step(register) });
    }
    columns
}

fn members<'r>(name: &'r str, label_zh: &str, schema: &'r Value) -> Vec<Column<'r>> {
    let members = schema["properties"].as_object().or_else(|| schema["items"]["properties"].as_object());
    let mut members: Vec<_> = members.into_iter().flatten().collect();
    members.sort_by_key(|(_, member)| member["x-order"].as_i64().unwrap_or(i64::MAX));
    let is_shown = |member: &Value| {
        let widget = member["x-widget"].as_str().unwrap_or_default();
        member["x-sensitive"] != Value::Bool(true) && !NOT_EXPORTED.contains(&widget)
    };
    let column = |(member, schema): (&'r String, &'r Value)| {
        let heading = with_unit(&format!("{label_zh}：{}", label(schema).unwrap_or(member)), schema);
        Column { heading, of: Of::Member { name, member, schema } }
    };
    members.into_iter().filter(|(_, member)| is_shown(member)).map(column).collect()
}

fn with_unit(heading: &str, schema: &Value) -> String {
    if schema["x-widget"] == "money" { format!("{heading}（元）") } else { heading.to_owned() }
}

fn value_fen(row: &RecordRow) -> Option<i64> {
    row.columns.get("county")?.get("value_fen")?.as_i64()
}

impl Column<'_> {
    pub(super) fn heading(&self) -> String {
        self.heading.clone()
    }

    /// The cell of a row.
    pub(super) fn cell(&self, row: &RecordRow, words: &Words) -> String {
        match self.of {
            Of::Field { name, schema } => match row.columns.get(name) {
                Some(value) if schema["x-widget"] == "person" => person(row, value),
                Some(value) => words.said(schema, value),
                None => String::new(),
            },
            Of::Member { name, member, schema } => match row.columns.get(name) {
                Some(Value::Array(items)) => {
                    let said = items.iter().map(|item| match item.get(member) {
                        Some(value) if schema["x-widget"] == "person" => person_of_item(row, value, words, schema),
                        value => words.said(schema, value.unwrap_or(&Value::Null)),
                    });
                    said.collect::<Vec<_>>().join("；")
                }
                Some(group) => words.said(schema, group.get(member).unwrap_or(&Value::Null)),
                None => String::new(),
            },
            Of::Value => value_fen(row).map(yuan).unwrap_or_default(),
            Of::Step(register) => {
                let step = register.steps.iter().find(|step| step.id == row.step);
                step.map(|step| step.label.zh.clone()).unwrap_or_default()
            }
        }
    }
}

/// Somebody in a list of the record: by the roster, else as entered.
fn person_of_item(row: &RecordRow, value: &Value, words: &Words, schema: &Value) -> String {
    let reference = value.get("person_ref").and_then(Value::as_str).unwrap_or_default();
    let by_roster = row.columns.get("county").and_then(|county| county["names"][reference].as_str());
    by_roster.map_or_else(|| words.said(schema, value), masked::name)
}

/// The person of the record: by the roster, else as entered.
fn person(row: &RecordRow, value: &Value) -> String {
    let by_roster = row.columns.get("county").and_then(|county| county.get("person_name")).and_then(Value::as_str);
    let entered = value.get("name").and_then(Value::as_str);
    masked::name(by_roster.filter(|name| !name.is_empty()).or(entered).unwrap_or_default())
}
