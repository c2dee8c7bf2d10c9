//! Counting rules of registers, over rows.
//!
//! Plug in: [`count`] gives the [`Figure`] of one measure, [`numbers`] all numbers of a register.
//!
//! Always true: void, invalid and settled doubles count nothing. The dates of the record decide, never the address of its
//! document. Until it is settled, a double counts once in person-times (any sum that is no money) and both times in
//! money (a sum of `…_fen`). Deliberately not here: sentences; how a rule is written (`sync-protocol`).

mod tally;
pub mod visits;

use super::queue::OpenMatters;
use super::view::RecordRow;
use serde_json::Value;
use std::collections::BTreeMap;
use tally::Tally;
use zoufang_sync_protocol::register::{Measure, MeasureDate, Period, Register};

/// What a measure gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(i64),
    /// Codes with how many there are of each, most first.
    Codes(Vec<(String, i64)>),
}

/// The days that figures are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    period: Period,
    /// Without bounds records count whatever their own date is; stocks are those of the period's end.
    is_bounded: bool,
}

impl Days {
    /// A calendar year.
    pub fn year(year: u16) -> Self {
        Self { period: Period::year(year), is_bounded: true }
    }

    /// From one day to another; each may be empty. Without an end, stocks are those of `today`.
    pub fn between(from: &str, to: &str, today: &str) -> Self {
        let from_day = if from.is_empty() { "0000-01-01" } else { from };
        let to_day = if to.is_empty() { today } else { to };
        let period = Period { from: from_day.to_owned(), to: to_day.to_owned() };
        Self { period, is_bounded: !(from.is_empty() && to.is_empty()) }
    }

    /// The day on which stocks are counted.
    pub fn end(&self) -> &str {
        &self.period.to
    }

    /// Whether a date lies within; without bounds any does, none as well.
    pub fn hold(&self, date: Option<&str>) -> bool {
        !self.is_bounded || date.is_some_and(|date| self.period.holds(date))
    }
}

/// A row that counts.
pub fn is_counted(row: &RecordRow) -> bool {
    row.void_reason.is_none() && row.invalid_fields.is_empty() && row.double_of.is_none()
}

/// Counts by `measure` over `rows`.
pub fn count<'r>(
    measure: &Measure,
    rows: impl Iterator<Item = &'r RecordRow>,
    days: &Days,
    open: &OpenMatters,
) -> Figure {
    let mut tally = Tally::new(&measure.counted);
    for row in rows.filter(|row| is_counted(row)) {
        let double = open.double(&row.record_id);
        match &measure.of {
            None if counts(measure, row, None, days) => tally.add(row, None, double),
            None => {}
            Some(list) => {
                let items = list.find(&row.columns, None).and_then(Value::as_array).map(Vec::as_slice);
                for item in items.unwrap_or_default() {
                    if counts(measure, row, Some(item), days) {
                        tally.add(row, Some(item), double);
                    }
                }
            }
        }
    }
    tally.figure()
}

fn counts(measure: &Measure, row: &RecordRow, item: Option<&Value>, days: &Days) -> bool {
    let is_dated = match &measure.date {
        MeasureDate::Bucket => days.hold(Some(&row.date)),
        MeasureDate::Of(path) => days.hold(path.find(&row.columns, item).and_then(Value::as_str)),
        MeasureDate::Never => true,
    };
    is_dated && measure.filter.holds(&row.columns, item, Some(&days.period))
}

/// All measures of one register over `rows` that give a number, by their names.
pub fn numbers(register: &Register, rows: &[RecordRow], days: &Days, open: &OpenMatters) -> BTreeMap<String, i64> {
    let counted = register.measures.iter().filter_map(|measure| match count(measure, rows.iter(), days, open) {
        Figure::Number(number) => Some((measure.name.clone(), number)),
        Figure::Codes(_) => None,
    });
    counted.collect()
}

#[cfg(test)]
mod tests;
