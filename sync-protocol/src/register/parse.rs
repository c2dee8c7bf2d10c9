//! Reads a whole register file and says everything that is wrong with it.
//!
//! Always true: what is bigger or deeper than the limits is refused before it is looked at; a schema never leads out of
//! its own file and never round in a circle. Deliberately not here: single fields, steps, measures.

use super::condition::{Condition, read_level};
use super::fault::{Faults, Node, RegisterFaults};
use super::field::{label_of, read_fields, read_label};
use super::measure::read_measures;
use super::path::{Path, Scope};
use super::sentence::check_sentence;
use super::step::{read_names, read_steps};
use super::{Bucket, Register};
use crate::document::is_register_name;
use crate::limits::{REGISTER_BYTES_MAX, REGISTER_NESTING_MAX};
use crate::unit::Level;
use serde_json::Value;
use std::collections::BTreeSet;

/// The JSON of a file, within the limits.
pub(super) fn read_json(source: &str) -> Result<Value, RegisterFaults> {
    let mut faults = Faults::default();
    if source.len() > REGISTER_BYTES_MAX {
        let zh = format!("文件太大，最多 {} KB", REGISTER_BYTES_MAX / 1024);
        faults.add("", "too_large", &zh, &format!("the file is over {} KB", REGISTER_BYTES_MAX / 1024));
        return Err(faults.into());
    }
    match serde_json::from_str::<Value>(source) {
        Ok(value) if !value.is_object() => {
            faults.add("", "wrong_type", "文件要是一个对象", "the file must be one object");
            Err(faults.into())
        }
        Ok(value) if depth(&value) > REGISTER_NESTING_MAX => {
            let zh = format!("嵌套太深，最多 {REGISTER_NESTING_MAX} 层");
            faults.add("", "too_deep", &zh, &format!("the file nests deeper than {REGISTER_NESTING_MAX}"));
            Err(faults.into())
        }
        Ok(value) => Ok(value),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let zh = format!("第 {line} 行第 {column} 列不是正确的 JSON");
            faults.add("", "not_json", &zh, &format!("line {line} column {column} is not JSON: {error}"));
            Err(faults.into())
        }
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// The register that a whole file describes.
pub(super) fn read_register(schema: Value) -> Result<Register, RegisterFaults> {
    let mut faults = Faults::default();
    let root = Node::root(&schema);
    check_whole(&root, &mut faults);
    check_references(&root, &mut faults);
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let (fields, rows) = (Scope::fields(&schema), Scope::rows(&schema));
    let name = read_name(&root, &mut faults);
    let lines = root.get("x-line").map(|line| read_names(&line, fields, &mut faults)).unwrap_or_default();
    let mut path = |key: &str| root.get(key).and_then(|node| rows.path(&node, &mut faults)).map(|(path, _)| path);
    let (bucket_date, title, state) = (path("x-bucket-date"), path("x-title"), path("x-state"));
    check_start(&root, fields, &mut faults);
    check_sentence(&root, fields, &mut faults);
    check_follows(&root, fields, &mut faults);
    let mut parsed = Register {
        name,
        version: read_version(&root, &mut faults),
        label: read_label(&root, "x-label", &mut faults),
        bucket: read_bucket(&root, &mut faults),
        bucket_date,
        levels: read_levels(&root, &mut faults),
        title,
        state,
        lines,
        fields: read_fields(&root, fields, &mut faults),
        steps: read_steps(&root, fields, &mut faults),
        measures: read_measures(&root, rows, &mut faults),
        validator: compile(&schema, &mut faults),
        schema: Value::Null,
    };
    parsed.schema = schema;
    faults.or(parsed)
}

fn check_whole(root: &Node<'_>, faults: &mut Faults) {
    if let Some(extends) = root.get("x-extends") {
        let zh = "只加字段的文件不是一本完整的台账";
        extends.fault(faults, "extends_alone", zh, "a file with x-extends is no whole register");
    }
    if let Some(kind) = root.needed("type", faults) {
        kind.must_be(kind.value == "object", " object", "object", faults);
    }
    for key in ["additionalProperties", "unevaluatedProperties"] {
        if let Some(closed) = root.get(key).filter(|closed| *closed.value != Value::Bool(true)) {
            let zh = "不认识的字段要保留，不能拒绝";
            closed.fault(faults, "schema_closed", zh, "fields that a schema does not know are kept, never refused");
        }
    }
    for key in ["x-hint", "x-notice"] {
        if let Some(label) = root.get(key) {
            label_of(&label, faults);
        }
    }
}

fn read_name(root: &Node<'_>, faults: &mut Faults) -> String {
    let Some(node) = root.needed("x-register", faults) else { return String::new() };
    let name = node.text(faults).unwrap_or_default();
    if !is_register_name(name) || name == "tables" {
        let zh = "只能用小写字母、数字和“_”，字母开头，最多 32 个";
        node.fault(faults, "name_malformed", zh, "lower-case letters, digits and _, a letter first, at most 32");
    }
    name.to_owned()
}

pub(super) fn read_version(root: &Node<'_>, faults: &mut Faults) -> u64 {
    let Some(version) = root.needed("x-version", faults) else { return 0 };
    let number = version.value.as_u64().filter(|number| (1..=1_000_000_000).contains(number));
    version.must_be(number.is_some(), "正整数", "a positive whole number", faults);
    number.unwrap_or(0)
}

fn read_bucket(root: &Node<'_>, faults: &mut Faults) -> Bucket {
    let Some(bucket) = root.needed("x-bucket", faults) else { return Bucket::None };
    match bucket.value.as_str() {
        Some("year") => {
            root.needed("x-bucket-date", faults);
            Bucket::Year
        }
        Some("none") => Bucket::None,
        _ => {
            bucket.fault(faults, "bucket_unknown", "只能写 year 或 none", "this must be year or none");
            Bucket::None
        }
    }
}

fn read_levels(root: &Node<'_>, faults: &mut Faults) -> Vec<Level> {
    let Some(levels) = root.get("x-levels") else { return vec![Level::Village] };
    levels.must_be(!levels.items().is_empty(), "级别的列表", "a list of levels", faults);
    levels.items().iter().filter_map(|level| read_level(level, faults)).collect()
}

fn check_start(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    let Some(start) = root.get("x-start") else { return };
    let found = start.needed("field", faults).and_then(|field| scope.path(&field, faults));
    let Some((Path { .. }, super::path::Found::Schema(schema))) = found else { return };
    for value in start.get("only").iter().flat_map(Node::items) {
        if schema["enum"].as_array().is_none_or(|values| !values.contains(value.value)) {
            value.fault(faults, "value_unknown", "enum 里没有这个值", "the value is not in enum");
        }
    }
}

/// Each names a register and has a word for its button; whether the register is there shows when it is used.
fn check_follows(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    let Some(follows) = root.get("x-follow") else { return };
    follows.must_be(follows.value.is_array(), "列表", "a list", faults);
    for follow in follows.items() {
        follow.needed("register", faults).and_then(|register| register.text(faults));
        read_label(&follow, "label", faults);
        if let Some(when) = follow.get("when") {
            Condition::read(&when, scope, faults);
        }
    }
}

/// Every `$ref` names a definition of this file, and none leads back to itself.
fn check_references(root: &Node<'_>, faults: &mut Faults) {
    let mut references = Vec::new();
    collect_references(root, &mut references);
    for reference in references {
        let name = reference.value.as_str().unwrap_or_default();
        let is_local = name.starts_with("#/$defs/") && root.value.pointer(&name[1..]).is_some();
        if !is_local {
            let zh = "只能引用本文件 $defs 里的定义";
            reference.fault(faults, "reference_refused", zh, "only definitions in $defs of this file may be named");
        } else if leads_round(root, name, &mut BTreeSet::new()) {
            reference.fault(faults, "reference_round", "定义引用了自己", "the definition leads back to itself");
        }
    }
}

fn collect_references<'v>(node: &Node<'v>, found: &mut Vec<Node<'v>>) {
    for (key, member) in node.members() {
        match key {
            "$ref" | "$dynamicRef" | "$recursiveRef" | "$id" => found.push(member),
            // These hold values and not schemas.
            "enum" | "const" | "x-options" => {}
            _ => collect_references(&member, found),
        }
    }
    node.items().iter().for_each(|item| collect_references(item, found));
}

fn leads_round(root: &Node<'_>, name: &str, seen: &mut BTreeSet<String>) -> bool {
    if !seen.insert(name.to_owned()) {
        return true;
    }
    let Some(definition) = root.value.pointer(name.trim_start_matches('#')) else { return false };
    let mut further = Vec::new();
    collect_references(&Node::root(definition), &mut further);
    let round = further.iter().filter_map(|node| node.value.as_str()).any(|name| leads_round(root, name, seen));
    seen.remove(name);
    round
}

/// The validator; one that accepts anything where the schema does not compile, for then the file is refused anyway.
fn compile(schema: &Value, faults: &mut Faults) -> jsonschema::Validator {
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| {
        let pointer = error.instance_path().to_string();
        let zh = format!("不是正确的 JSON Schema：{error}");
        faults.add(&pointer, "schema_wrong", &zh, &format!("this is no JSON Schema: {error}"));
        jsonschema::draft202012::new(&Value::Bool(true)).expect("true is a schema")
    })
}
