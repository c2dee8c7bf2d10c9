//! Conditions: what must hold of a record, and of an item of one of its lists where there is one.
//!
//! Always true: a condition is read and judged alike for forms, steps and measures. Without a period, what asks for one
//! holds. Deliberately not here: counting.

use super::fault::{Faults, Node};
use super::path::{Found, Path, Scope, allows};
use crate::record::Record;
use crate::unit::{Level, Unit};
use serde_json::Value;

/// Days from the first to the last, both included: `2024-01-01`, `2024-12-31`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

impl Period {
    /// A calendar year.
    pub fn year(year: u16) -> Self {
        Self { from: format!("{year:04}-01-01"), to: format!("{year:04}-12-31") }
    }

    /// Whether a date, month or batch lies in it, at least with a part.
    pub fn holds(&self, value: &str) -> bool {
        days(value).is_some_and(|(first, last)| first <= self.to && last >= self.from)
    }
}

/// First and last day of a date, month or batch.
fn days(value: &str) -> Option<(String, String)> {
    match (value.len(), value.get(4..)?) {
        (6, "H1") => Some((format!("{}-01-01", &value[..4]), format!("{}-06-30", &value[..4]))),
        (6, "H2") => Some((format!("{}-07-01", &value[..4]), format!("{}-12-31", &value[..4]))),
        (7, _) => Some((format!("{value}-01"), format!("{value}-31"))),
        (10, _) => Some((value.to_owned(), value.to_owned())),
        _ => None,
    }
}

/// What is wanted of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// One of these values, or a list that has one of them; one alone is a list of one.
    OneOf(Vec<Value>),
    /// There, or not there; null and empty text are not there.
    Exists(bool),
    /// A date, month or batch within the period.
    InPeriod,
    /// A date not after the period's end.
    Until,
    /// None, or a date after the period's end.
    After,
    /// A division code of this level.
    Level(Level),
}

/// All of these must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Condition(pub Vec<(Path, Wanted)>);

impl Condition {
    /// Whether it holds of `record` and `item`.
    pub fn holds(&self, record: &Record, item: Option<&Value>, period: Option<&Period>) -> bool {
        self.0.iter().all(|(path, wanted)| wanted.holds(path.find(record, item), period))
    }

    pub(super) fn read(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Self {
        let is_object = node.value.is_object();
        node.must_be(is_object, "条件（对象）", "a condition (an object)", faults);
        let mut all = Vec::new();
        for (path, wanted) in node.members() {
            let found = scope.lookup(&wanted, path, faults);
            if let Some(wanted) = Wanted::read(&wanted, found.as_ref(), faults) {
                all.push((Path::new(path), wanted));
            }
        }
        Self(all)
    }
}

impl Wanted {
    fn holds(&self, value: Option<&Value>, period: Option<&Period>) -> bool {
        let text = value.and_then(Value::as_str);
        match self {
            Self::OneOf(wanted) => wanted.iter().any(|wanted| match value {
                Some(Value::Array(items)) => items.contains(wanted),
                Some(value) => value == wanted,
                None => matches!(wanted, Value::Bool(false) | Value::Null),
            }),
            Self::Exists(wanted) => exists(value) == *wanted,
            Self::InPeriod => period.is_none_or(|period| text.is_some_and(|text| period.holds(text))),
            Self::Until => period.is_none_or(|period| first_day(text).is_some_and(|day| day <= period.to)),
            Self::After => period.is_none_or(|period| first_day(text).is_none_or(|day| day > period.to)),
            Self::Level(level) => {
                text.and_then(|text| Unit::parse(text).ok()).is_some_and(|unit| unit.level() == *level)
            }
        }
    }

    fn read(node: &Node<'_>, found: Option<&Found<'_>>, faults: &mut Faults) -> Option<Self> {
        match node.value {
            Value::Object(_) => Self::read_object(node, faults),
            Value::Array(values) => {
                node.items().iter().for_each(|value| check_value(value, found, faults));
                Some(Self::OneOf(values.clone()))
            }
            value => {
                check_value(node, found, faults);
                Some(Self::OneOf(vec![value.clone()]))
            }
        }
    }

    fn read_object(node: &Node<'_>, faults: &mut Faults) -> Option<Self> {
        match node.members()[..] {
            [("exists", Node { value: Value::Bool(wanted), .. })] => Some(Self::Exists(*wanted)),
            [("year", Node { value: Value::Bool(true), .. })] => Some(Self::InPeriod),
            [("until", Node { value: Value::Bool(true), .. })] => Some(Self::Until),
            [("after", Node { value: Value::Bool(true), .. })] => Some(Self::After),
            [("level", ref level)] => read_level(level, faults).map(Self::Level),
            _ => {
                let zh = "只能写 exists、year、until、after、level 中的一个";
                let en = "this must have one of exists, year, until, after, level";
                node.fault(faults, "condition_unknown", zh, en);
                None
            }
        }
    }
}

/// Null and empty text do not exist.
pub fn exists(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}

fn first_day(text: Option<&str>) -> Option<String> {
    days(text?).map(|(first, _)| first)
}

/// A value that a field can never have is a slip of the pen.
fn check_value(node: &Node<'_>, found: Option<&Found<'_>>, faults: &mut Faults) {
    let Some(Found::Schema(schema)) = found else { return };
    let schema = if schema["items"].is_object() { &schema["items"] } else { schema };
    let is_possible = match schema["enum"].as_array() {
        Some(values) => values.contains(node.value),
        None => !node.value.is_boolean() || schema.get("type").is_none() || allows(schema, "boolean"),
    };
    if !is_possible && !node.value.is_null() {
        let zh = format!("这个字段没有 {} 这个值", node.value);
        node.fault(faults, "value_unknown", &zh, &format!("the field never has the value {}", node.value));
    }
}

/// `village`, `township`, `county`.
pub(super) fn read_level(node: &Node<'_>, faults: &mut Faults) -> Option<Level> {
    let level = node.value.as_str().and_then(level_of);
    if level.is_none() {
        let zh = "只能写 village、township、county";
        node.fault(faults, "level_unknown", zh, "this must be village, township or county");
    }
    level
}

/// The level that a word of a register file names.
pub fn level_of(word: &str) -> Option<Level> {
    match word {
        "village" => Some(Level::Village),
        "township" => Some(Level::Township),
        "county" => Some(Level::County),
        _ => None,
    }
}

/// The word for a level.
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::Village => "village",
        Level::Township => "township",
        Level::County => "county",
    }
}
