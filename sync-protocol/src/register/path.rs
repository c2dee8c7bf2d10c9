//! Paths to values: `field` or `group.member`, in a record, in an item of one of its lists, and in a schema.
//!
//! Always true: a value and its schema are found by the same steps. Deliberately not here: what a value means.

use super::fault::{Faults, Node};
use crate::record::Record;
use serde_json::Value;
use std::fmt;

/// What the server adds to a row under `county`.
pub const COUNTY_COLUMNS: [&str; 8] =
    ["person_name", "categories", "household", "value_fen", "township", "level", "people", "names"];
/// The column under which it does.
pub const COUNTY: &str = "county";

/// A path, as it stands in a register file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<String>);

impl Path {
    /// Reads a path.
    pub fn new(text: &str) -> Self {
        Self(text.split('.').map(str::to_owned).collect())
    }

    /// The field of the record (or of the item) that it begins with.
    pub fn field(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// The value in `item`, else in `record`; null is none.
    pub fn find<'r>(&self, record: &'r Record, item: Option<&'r Value>) -> Option<&'r Value> {
        let in_item = item.and_then(|item| within(item.get(self.field())?, &self.0[1..]));
        in_item.or_else(|| within(record.get(self.field())?, &self.0[1..]))
    }
}

fn within<'r>(value: &'r Value, rest: &[String]) -> Option<&'r Value> {
    rest.iter().try_fold(value, |value, member| value.get(member)).filter(|value| !value.is_null())
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("."))
    }
}

/// Where paths of a file lead: the whole schema, and the schema of an item where there is one.
#[derive(Clone, Copy)]
pub(super) struct Scope<'v> {
    pub(super) root: &'v Value,
    pub(super) item: Option<&'v Value>,
    /// The value must stand in rows.
    pub(super) rows: bool,
}

/// What a path leads to.
pub(super) enum Found<'v> {
    Schema(&'v Value),
    /// A column of the county.
    County(&'v str),
}

impl<'v> Scope<'v> {
    pub(super) fn fields(root: &'v Value) -> Self {
        Self { root, item: None, rows: false }
    }

    pub(super) fn rows(root: &'v Value) -> Self {
        Self { root, item: None, rows: true }
    }

    pub(super) fn of_item(self, item: &'v Value) -> Self {
        Self { item: Some(item), ..self }
    }

    /// Reads the path at `node` and checks that it leads somewhere.
    pub(super) fn path<'n>(&self, node: &Node<'n>, faults: &mut Faults) -> Option<(Path, Found<'v>)>
    where
        'n: 'v,
    {
        let text = node.text(faults)?;
        let found = self.lookup(node, text, faults)?;
        Some((Path::new(text), found))
    }

    /// Checks that `text`, which stands at `node`, leads somewhere.
    pub(super) fn lookup<'n>(&self, node: &Node<'_>, text: &'n str, faults: &mut Faults) -> Option<Found<'v>>
    where
        'n: 'v,
    {
        let steps: Vec<&str> = text.split('.').collect();
        if let [COUNTY, column] = steps[..]
            && COUNTY_COLUMNS.contains(&column)
        {
            return Some(Found::County(column));
        }
        let in_item = self.item.and_then(|item| walk(self.root, item, &steps));
        if let Some(schema) = in_item {
            return Some(Found::Schema(schema));
        }
        let Some(schema) = walk(self.root, self.root, &steps) else {
            let (zh, en) = (format!("没有“{text}”这个字段"), format!("no field has the path “{text}”"));
            node.fault(faults, "path_unknown", &zh, &en);
            return None;
        };
        let field = self.root["properties"].get(steps[0]);
        if self.rows && field.is_some_and(|field| field["x-row"] == Value::Bool(false)) {
            let zh = format!("“{text}”不在表格里（x-row 是 false）");
            node.fault(faults, "path_not_in_row", &zh, &format!("“{text}” is not in rows (its x-row is false)"));
        }
        Some(Found::Schema(schema))
    }
}

fn walk<'v>(root: &'v Value, from: &'v Value, steps: &[&str]) -> Option<&'v Value> {
    steps
        .iter()
        .try_fold(from, |schema, step| Some(resolved(root, resolved(root, schema).get("properties")?.get(step)?)))
}

/// The schema that a local `$ref` names; any other stands for itself.
pub(super) fn resolved<'v>(root: &'v Value, schema: &'v Value) -> &'v Value {
    let named = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
    named.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

/// Whether a schema allows values of this JSON type; what names no type is judged by its `enum`.
pub(super) fn allows(schema: &Value, wanted: &str) -> bool {
    match &schema["type"] {
        Value::String(name) => name == wanted,
        Value::Array(names) => names.iter().any(|name| name == wanted),
        _ => schema["enum"].as_array().is_some_and(|values| values.iter().any(|value| type_of(value) == wanted)),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
