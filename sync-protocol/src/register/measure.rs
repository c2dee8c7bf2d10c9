//! Measures: counting rules, as they are written in a register file.
//!
//! Always true: every path of a measure stands in rows. Deliberately not here: counting, which the county does.

use super::condition::Condition;
use super::fault::{Faults, Node};
use super::field::read_label;
use super::path::{Found, Path, Scope, allows, resolved};
use crate::document::is_register_name;
use crate::roster::Label;
use serde_json::Value;

/// Which date decides whether a record falls into the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeasureDate {
    /// The register's own.
    Bucket,
    /// Another.
    Of(Path),
    /// None: the condition says it.
    Never,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// Records or items.
    Count,
    /// The integers at a path; of what is equal in all of `per`, the greatest counts, once.
    Sum {
        /// The integer.
        of: Path,
        /// Empty: everything counts.
        per: Vec<Path>,
    },
    /// Distinct values; what has none of the first counts by itself.
    Distinct {
        /// One or more paths that are taken together.
        of: Vec<Path>,
        /// Instead of a figure so many codes by number, most first.
        top: Option<u64>,
    },
}

/// One counting rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// `recruits`.
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// `T08`, where a formula of the report asks for it.
    pub formula: Option<String>,
    /// The list whose items are counted.
    pub of: Option<Path>,
    /// What is counted at all.
    pub filter: Condition,
    /// See [`MeasureDate`].
    pub date: MeasureDate,
    /// See [`Counted`].
    pub counted: Counted,
}

impl Measure {
    /// What the figure is called: `T08.recruits`, or `station.stations`; a name with a dot stands as it is.
    pub fn figure(&self, register: &str) -> String {
        if self.name.contains('.') {
            return self.name.clone();
        }
        format!("{}.{}", self.formula.as_deref().unwrap_or(register), self.name)
    }

    fn read(name: &str, node: &Node<'_>, rows: Scope<'_>, faults: &mut Faults) -> Option<Self> {
        check_name(name, node, faults);
        check_keys(node, faults);
        let label = read_label(node, "label", faults);
        let formula = node.get("formula").and_then(|formula| formula.text(faults)).map(str::to_owned);
        let list = node.get("of").and_then(|of| Some((rows.path(&of, faults)?, of)));
        let item = list.as_ref().and_then(|((_, found), of)| item_schema(of, found, rows.root, faults));
        if node.get("of").is_some() && item.is_none() {
            return None;
        }
        let scope = item.map_or(rows, |item| rows.of_item(item));
        let filter = node.get("where").map(|filter| Condition::read(&filter, scope, faults)).unwrap_or_default();
        let date = read_date(node, scope, faults);
        let counted = read_counted(node, scope, faults)?;
        Some(Self { name: name.into(), label, formula, of: list.map(|((path, _), _)| path), filter, date, counted })
    }
}

/// `recruits`, or with its formula `T04.person_times`.
fn check_name(name: &str, node: &Node<'_>, faults: &mut Faults) {
    let (formula, own) = name.split_once('.').unwrap_or(("T", name));
    let is_formula = formula.len() <= 8
        && formula.starts_with(|letter: char| letter.is_ascii_uppercase())
        && formula.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_formula || !is_register_name(own) {
        let zh = "只能用小写字母、数字和“_”，前面可以有公式号（T04.）";
        node.fault(faults, "name_malformed", zh, "lower-case letters, digits and _; a formula (T04.) may stand before");
    }
}

fn check_keys(node: &Node<'_>, faults: &mut Faults) {
    let known = ["label", "formula", "of", "where", "date", "count", "sum", "distinct", "per", "top"];
    for (key, member) in node.members() {
        if !known.contains(&key) {
            let (zh, en) = (format!("不认识“{key}”"), format!("“{key}” is not known here"));
            member.fault(faults, "key_unknown", &zh, &en);
        }
    }
}

fn item_schema<'v>(node: &Node<'_>, found: &Found<'v>, root: &'v Value, faults: &mut Faults) -> Option<&'v Value> {
    let items = match found {
        Found::Schema(schema) if allows(schema, "array") => schema.get("items").map(|items| resolved(root, items)),
        _ => None,
    };
    if items.is_none() {
        node.fault(faults, "not_a_list", "这个字段不是列表", "the field is not a list");
    }
    items
}

fn read_date(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> MeasureDate {
    match node.get("date") {
        None if scope.root.get("x-bucket-date").is_none() => {
            node.fault(
                faults,
                "date_missing",
                "没有 x-bucket-date，要写“date”（可以是 false）",
                "without x-bucket-date there must be a “date” (it may be false)",
            );
            MeasureDate::Never
        }
        None => MeasureDate::Bucket,
        Some(date) if *date.value == Value::Bool(false) => MeasureDate::Never,
        Some(date) => scope.path(&date, faults).map_or(MeasureDate::Never, |(path, _)| MeasureDate::Of(path)),
    }
}

fn read_counted(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Option<Counted> {
    match (node.get("count"), node.get("sum"), node.get("distinct")) {
        (Some(count), None, None) => {
            count.must_be(*count.value == Value::Bool(true), " true", "true", faults);
            Some(Counted::Count)
        }
        (None, Some(sum), None) => {
            let (of, found) = scope.path(&sum, faults)?;
            let is_integer = match found {
                Found::Schema(schema) => allows(schema, "integer"),
                Found::County(column) => column == "value_fen",
            };
            if !is_integer {
                sum.fault(faults, "not_an_integer", "这个字段不是整数", "the field is not an integer");
            }
            let per = node.get("per").map(|per| read_paths(&per, scope, faults)).unwrap_or_default();
            Some(Counted::Sum { of, per })
        }
        (None, None, Some(distinct)) => {
            let of = read_paths(&distinct, scope, faults);
            let top = node.get("top").and_then(|top| read_top(&top, faults));
            Some(Counted::Distinct { of, top })
        }
        _ => {
            let zh = "要写 count、sum、distinct 中的一个";
            node.fault(faults, "measure_counts_nothing", zh, "this must have one of count, sum, distinct");
            None
        }
    }
}

fn read_paths(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Vec<Path> {
    let nodes = if node.value.is_array() { node.items() } else { vec![node.clone()] };
    node.must_be(!nodes.is_empty(), "路径", "a path", faults);
    nodes.iter().filter_map(|node| scope.path(node, faults)).map(|(path, _)| path).collect()
}

fn read_top(node: &Node<'_>, faults: &mut Faults) -> Option<u64> {
    let top = match node.value {
        Value::Bool(true) => Some(u64::MAX),
        value => value.as_u64().filter(|count| *count > 0),
    };
    node.must_be(top.is_some(), " true 或正整数", "true or a positive whole number", faults);
    top
}

pub(super) fn read_measures(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Vec<Measure> {
    let Some(measures) = root.get("x-measures") else { return Vec::new() };
    measures.must_be(measures.value.is_object(), "对象", "an object", faults);
    let read = |(name, node): (&str, Node<'_>), faults: &mut Faults| Measure::read(name, &node, scope, faults);
    measures.members().into_iter().filter_map(|member| read(member, faults)).collect()
}
