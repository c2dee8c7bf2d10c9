//! A field of a register and its hints.
//!
//! Always true: a field that is shown has a label in both languages, a component that fits its type, and a word for each
//! choice. Deliberately not here: the components themselves.

use super::condition::Condition;
use super::fault::{Faults, Node};
use super::path::{Scope, resolved};
use super::widget;
use crate::roster::Label;
use crate::unit::Level;
use serde_json::Value;

/// A field of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// `visit_date`.
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// Its component.
    pub widget: String,
    /// Place in forms and tables.
    pub order: i64,
    /// It stands in rows.
    pub in_row: bool,
    /// Hidden in tables until asked for.
    pub is_sensitive: bool,
    /// The list of the county whose codes it holds.
    pub list: Option<String>,
    /// Only a device or clerk of this level writes it; none: anybody.
    pub writer: Option<Level>,
    /// Where this does not hold, the field is not written.
    pub when: Condition,
}

impl Field {
    pub(super) fn read(name: &str, node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Option<Self> {
        check_name(name, node, faults);
        let widget = read_hints(node, scope, faults)?;
        Some(Self {
            name: name.to_owned(),
            label: if widget == "hidden" { optional_label(node, faults) } else { read_label(node, "x-label", faults) },
            widget: widget.to_owned(),
            order: read_order(node, faults),
            in_row: flag(node, "x-row", faults).unwrap_or(true),
            is_sensitive: flag(node, "x-sensitive", faults).unwrap_or(false),
            list: node.value["x-list"].as_str().map(str::to_owned),
            writer: read_writer(node, faults),
            when: node.get("x-when").map(|when| Condition::read(&when, scope, faults)).unwrap_or_default(),
        })
    }
}

fn check_name(name: &str, node: &Node<'_>, faults: &mut Faults) {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.starts_with(|letter: char| letter.is_ascii_lowercase()) || name.len() > 64 || !name.bytes().all(letters) {
        let zh = "字段名只能用小写字母、数字和“_”，字母开头";
        node.fault(faults, "name_malformed", zh, "a field's name has lower-case letters, digits and _, a letter first");
    }
    if name == super::path::COUNTY {
        node.fault(faults, "name_reserved", "这个名字留给县里", "this name is the county's own");
    }
}

/// Hints that a field and a member of a group have in common; gives the component.
pub(super) fn read_hints<'v>(node: &Node<'v>, scope: Scope<'_>, faults: &mut Faults) -> Option<&'v str> {
    if node.get("x-why").is_some() {
        read_label(node, "x-why", faults);
    }
    if node.get("x-unit").is_some() {
        read_label(node, "x-unit", faults);
    }
    flag(node, "x-mask", faults);
    check_default(node, scope, faults);
    check_warnings(node, scope, faults);
    widget::check_options(node, scope, faults);
    let widget = node.needed("x-widget", faults)?;
    let name = widget.text(faults)?;
    widget::check(name, node, scope, faults).then_some(name)
}

/// Members of a group or of the items of a list: the same hints, less the place in tables.
pub(super) fn check_members(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    for (_, member) in node.get("properties").iter().flat_map(Node::members) {
        let widget = read_hints(&member, scope, faults);
        if widget.is_some_and(|widget| widget != "hidden") {
            read_label(&member, "x-label", faults);
        }
        if let Some(when) = member.get("x-when") {
            Condition::read(&when, scope, faults);
        }
    }
}

fn flag(node: &Node<'_>, key: &str, faults: &mut Faults) -> Option<bool> {
    let flag = node.get(key)?;
    flag.must_be(flag.value.is_boolean(), " true 或 false", "true or false", faults);
    flag.value.as_bool()
}

fn read_order(node: &Node<'_>, faults: &mut Faults) -> i64 {
    let Some(order) = node.get("x-order") else { return i64::MAX };
    order.must_be(order.value.is_i64(), "整数", "a whole number", faults);
    order.value.as_i64().unwrap_or(i64::MAX)
}

fn read_writer(node: &Node<'_>, faults: &mut Faults) -> Option<Level> {
    let filled_by = node.get("x-filled-by")?;
    match filled_by.value.as_str() {
        Some("worker" | "default" | "optional") => None,
        Some("township") => Some(Level::Township),
        Some("county") => Some(Level::County),
        _ => {
            let zh = "只能写 worker、default、optional、township、county";
            let en = "this must be worker, default, optional, township or county";
            filled_by.fault(faults, "filled_by_unknown", zh, en);
            None
        }
    }
}

fn check_default(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    let Some(default) = node.get("x-default") else { return };
    for case in default.get("cases").iter().flat_map(Node::items) {
        case.needed("value", faults);
        if let Some(when) = case.get("when") {
            Condition::read(&when, scope, faults);
        }
    }
    let Some(fill) = default.get("fill") else { return };
    let known = ["today", "unit", "level", "me", "staff", "entry", "batch", "award", "me_name", "station_name"];
    if !fill.value.as_str().is_some_and(|word| known.contains(&word)) {
        let (zh, en) = (format!("只能写 {}", known.join("、")), format!("this must be one of {}", known.join(", ")));
        fill.fault(faults, "default_unknown", &zh, &en);
    }
}

fn check_warnings(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    for warning in node.get("x-warn").iter().flat_map(Node::items) {
        match warning.members()[..] {
            [("check", Node { value: Value::String(check), .. })]
                if matches!(check.as_str(), "uscc" | "free_text" | "phone") => {}
            [("above" | "below", Node { value: Value::Number(_), .. })] => {}
            [("after", ref path)] => drop(scope.path(path, faults)),
            _ => warning.fault(faults, "warning_unknown", "不认识这个提醒", "this check is not known"),
        }
    }
}

/// A label that must be there, in both languages.
pub(super) fn read_label(node: &Node<'_>, key: &str, faults: &mut Faults) -> Label {
    node.needed(key, faults).map(|label| label_of(&label, faults)).unwrap_or_default()
}

pub(super) fn label_of(node: &Node<'_>, faults: &mut Faults) -> Label {
    let mut text = |language: &str| {
        let text = node.needed(language, faults).and_then(|text| text.text(faults));
        text.unwrap_or_default().to_owned()
    };
    Label { zh: text("zh"), en: text("en") }
}

fn optional_label(node: &Node<'_>, faults: &mut Faults) -> Label {
    node.get("x-label").map(|label| label_of(&label, faults)).unwrap_or_default()
}

pub(super) fn read_fields(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Vec<Field> {
    let Some(properties) = root.needed("properties", faults) else { return Vec::new() };
    properties.must_be(properties.value.is_object(), "对象", "an object", faults);
    let read = |(name, node): (&str, Node<'_>), faults: &mut Faults| {
        let own = Node { value: resolved(scope.root, node.value), pointer: node.pointer };
        Field::read(name, &own, scope, faults)
    };
    let mut fields: Vec<Field> = properties.members().into_iter().filter_map(|member| read(member, faults)).collect();
    fields.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    fields
}
