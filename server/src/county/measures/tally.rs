//! The sum in the making: one thing after another is added, then it is a figure.
//!
//! Always true: the order in which things are added makes no difference. Deliberately not here: which things count.

use super::Figure;
use crate::county::view::RecordRow;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::register::condition::exists;
use zoufang_sync_protocol::register::{Counted, Path};

/// See the module's header.
pub(super) struct Tally<'m> {
    counted: &'m Counted,
    total: i64,
    /// What counts once, with the greatest value.
    once: BTreeMap<String, i64>,
    keys: BTreeSet<String>,
    codes: BTreeMap<String, i64>,
}

impl<'m> Tally<'m> {
    pub(super) fn new(counted: &'m Counted) -> Self {
        Self { counted, total: 0, once: BTreeMap::new(), keys: BTreeSet::new(), codes: BTreeMap::new() }
    }

    /// Adds a record or an item of one; `double` names the open double that the record is part of.
    pub(super) fn add(&mut self, row: &RecordRow, item: Option<&Value>, double: Option<&str>) {
        match self.counted {
            Counted::Count => self.total += 1,
            Counted::Sum { of, per } => {
                let value = of.find(&row.columns, item).and_then(Value::as_i64).unwrap_or_default();
                let is_money = of.to_string().ends_with("_fen");
                let once = key(row, item, per).or_else(|| double.filter(|_| !is_money).map(str::to_owned));
                self.sum(value, once);
            }
            Counted::Distinct { of, top: Some(_) } => {
                let codes = of.first().and_then(|path| path.find(&row.columns, item)).map(each).unwrap_or_default();
                for code in codes.into_iter().filter(|code| exists(Some(code))) {
                    *self.codes.entry(plain(code)).or_default() += 1;
                }
            }
            Counted::Distinct { of, top: None } => match key(row, item, of) {
                Some(key) => drop(self.keys.insert(key)),
                None => self.total += 1,
            },
        }
    }

    fn sum(&mut self, value: i64, once: Option<String>) {
        match once {
            Some(key) => {
                let greatest = self.once.entry(key).or_insert(value);
                *greatest = (*greatest).max(value);
            }
            None => self.total = self.total.saturating_add(value),
        }
    }

    /// What it comes to.
    pub(super) fn figure(self) -> Figure {
        if let Counted::Distinct { top: Some(top), .. } = self.counted {
            let mut codes: Vec<(String, i64)> = self.codes.into_iter().collect();
            codes.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            codes.truncate(usize::try_from(*top).unwrap_or(usize::MAX));
            return Figure::Codes(codes);
        }
        let once = self.once.values().fold(0_i64, |sum, value| sum.saturating_add(*value));
        Figure::Number(self.total.saturating_add(once).saturating_add(self.keys.len() as i64))
    }
}

/// What must be equal for two things to be one; `None` where there is nothing at the first path.
fn key(row: &RecordRow, item: Option<&Value>, paths: &[Path]) -> Option<String> {
    let values: Vec<Option<&Value>> = paths.iter().map(|path| path.find(&row.columns, item)).collect();
    let first = *values.first()?;
    exists(first).then(|| serde_json::to_string(&values).expect("values of JSON are JSON"))
}

/// A code, or each of several.
fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(codes) => codes.iter().collect(),
        code => vec![code],
    }
}

fn plain(code: &Value) -> String {
    code.as_str().map_or_else(|| code.to_string(), str::to_owned)
}
