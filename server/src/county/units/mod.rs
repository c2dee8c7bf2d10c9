//! The division tree (统计用区划代码) from a county's own list: what a file says, and what that changes.
//!
//! Always true: nothing vanishes: a unit that the file does not name stays as it is, and one that was merged stays with its
//! last day, for records keep the code of their day; a list of codes and names un-merges nothing. With a fault nothing is taken. Deliberately not here: writing it
//! down (`intake`); what reports make of the tree (`of_year`).

mod check;
pub mod of_year;

use super::view::{TreeCheck, UnitDays};
use crate::rows::table::Unit;
use crate::sheets::table::Table;
use crate::sheets::{self, SheetError, day, fault};
use std::collections::BTreeMap;
use zoufang_sync_protocol::unit as division;

/// Column titles by what they mean.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("code", &["区划代码", "统计用区划代码", "代码", "编码", "code"]),
    ("name", &["名称", "单位名称", "区划名称", "name"]),
    ("valid_from", &["生效日期", "启用日期", "valid_from"]),
    ("valid_to", &["失效日期", "撤销日期", "valid_to"]),
    ("replaced_by", &["并入", "并入代码", "replaced_by"]),
];
/// Characters of a name.
const NAME_MAX: usize = 50;

/// A unit as a line of the file says it.
struct Line {
    number: u32,
    unit: Unit,
}

/// Reads a file over the tree as it stands. Gives the tree as it would be, and what changes.
pub fn read(county: &str, before: &[Unit], file: &[u8]) -> Result<(Vec<Unit>, TreeCheck), SheetError> {
    let sheets = sheets::read(file)?;
    let meaning = |cell: &str| COLUMNS.iter().find(|(_, titles)| titles.contains(&cell)).map(|(meaning, _)| *meaning);
    let table = Table::of(sheets, |cell| meaning(cell).is_some())?;
    let columns: Vec<Option<&str>> = table.headings.iter().map(|cell| meaning(cell)).collect();
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let cells = columns.iter().zip(&row.cells).filter_map(|(meaning, cell)| Some(((*meaning)?, cell.as_str())));
        match unit(&cells.collect()) {
            Ok(unit) => lines.push(Line { number: row.line, unit: with_known(unit, &columns, before) }),
            Err((column, value, code)) => faults.push(fault::fault(row.line, column, &value, code)),
        }
    }
    let tree = check::tree(county, before, &lines, &mut faults);
    let (added, changed) = differences(before, &tree);
    let (lines, faults) = (table.rows.len() as u32, table.placed(faults));
    Ok((tree, TreeCheck { lines, added, changed, faults, applied: false }))
}

/// A column that is not there says nothing: what is known of the unit stays.
fn with_known(mut unit: Unit, columns: &[Option<&str>], before: &[Unit]) -> Unit {
    let Some(known) = before.iter().find(|known| known.unit == unit.unit) else { return unit };
    let is_there = |column| columns.contains(&Some(column));
    for (column, told, known) in [
        ("valid_from", &mut unit.valid_from, &known.valid_from),
        ("valid_to", &mut unit.valid_to, &known.valid_to),
        ("replaced_by", &mut unit.replaced_by, &known.replaced_by),
    ] {
        if !is_there(column) {
            told.clone_from(known);
        }
    }
    unit
}

/// A line's unit, or the column, the value and the code of what is wrong with it.
fn unit(cells: &BTreeMap<&str, &str>) -> Result<Unit, (&'static str, String, &'static str)> {
    let cell = |column: &str| cells.get(column).copied().unwrap_or_default();
    let code = |column, text: &str| {
        division::Unit::parse(text).map(String::from).map_err(|_| (column, text.to_owned(), "unit_code"))
    };
    let date = |column| match cell(column) {
        "" => Ok(None),
        text => day::day(text).map(Some).ok_or_else(|| (column, text.to_owned(), "day_form")),
    };
    let name = cell("name").trim_start_matches("[已撤销]").trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(("name", name.to_owned(), "unit_name"));
    }
    let replaced_by = match cell("replaced_by") {
        "" => None,
        text => Some(code("replaced_by", text)?),
    };
    let (valid_from, valid_to) = (date("valid_from")?, date("valid_to")?);
    Ok(Unit { unit: code("code", cell("code"))?, name: name.to_owned(), valid_from, valid_to, replaced_by })
}

fn differences(before: &[Unit], after: &[Unit]) -> (Vec<UnitDays>, Vec<UnitDays>) {
    let known: BTreeMap<&str, &Unit> = before.iter().map(|unit| (unit.unit.as_str(), unit)).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for unit in after {
        match known.get(unit.unit.as_str()) {
            None => added.push(unit.clone().into()),
            Some(old) if *old != unit => changed.push(unit.clone().into()),
            Some(_) => {}
        }
    }
    (added, changed)
}

impl From<Unit> for UnitDays {
    fn from(Unit { unit, name, valid_from, valid_to, replaced_by }: Unit) -> Self {
        Self { unit, name, valid_from, valid_to, replaced_by }
    }
}

#[cfg(test)]
mod tests;
