//! Tables as CSV: for spreadsheets, and for the open formats that other platforms take.
//!
//! Plug in: [`csv()`] gives the bytes of a table; columns, headings and words come from the register's file.
//!
//! Always true: names of people, contacts and phone numbers are masked, sensitive columns are left out, and nothing that
//! people wrote can become a formula. UTF-8 with a byte order mark, since spreadsheet programs look for it. Deliberately
//! not here: a full export, which needs a second person; writing down that one was made.

mod columns;
mod masked;
mod said;

use super::measures::Days;
use super::queue::OpenMatters;
use super::records::{self, without_sensitive};
use super::view::{ExportRequest, RecordRow};
use super::{CountyError, is_day_or_none, lists, measures, registers, unit_within};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit;
use crate::store::contract::Store;
use columns::Column;
use said::Words;
use std::collections::BTreeMap;

/// Spreadsheet programs read the file as UTF-8 by this.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The day of a period without bounds: all are in it.
const ANY_DAY: &str = "9999-12-31";

/// The table of `request` within `county`.
pub fn csv(store: &dyn Store, county: &str, request: &ExportRequest) -> Result<String, CountyError> {
    let unit = unit_within(county, &request.unit)?;
    for (name, day) in [("from", &request.from), ("to", &request.to)] {
        if !is_day_or_none(day) {
            return Err(CountyError::BadParameter(name));
        }
    }
    let register = registers::find(store, &request.register)?;
    let days = Days::between(&request.from, &request.to, ANY_DAY);
    let mut rows = records::rows(store, &register.name, unit.as_str())?;
    rows.retain(|row| days.hold(Some(&row.date)));
    rows.sort_by(|a, b| (&a.unit, &a.date, &a.record_id).cmp(&(&b.unit, &b.date, &b.record_id)));
    let rows: Vec<RecordRow> = rows.into_iter().map(|row| without_sensitive(&register, row)).collect();
    let units: Vec<Unit> = store.value(keys::UNITS)?.unwrap_or_default();
    let units: BTreeMap<&str, &str> = units.iter().map(|unit| (unit.unit.as_str(), unit.name.as_str())).collect();
    let words = Words::new(lists::all(store)?);
    let open = OpenMatters::read(store)?;
    let columns = columns::of_register(&register, &rows);
    let mut text = BYTE_ORDER_MARK.to_owned();
    let headings = ["区划代码", "单位"].map(str::to_owned).into_iter();
    line(&mut text, headings.chain(columns.iter().map(Column::heading)).chain(["记录状态".to_owned()]));
    for row in &rows {
        let unit_name = units.get(row.unit.as_str()).copied().unwrap_or_default();
        let place = [row.unit.clone(), unit_name.to_owned()].into_iter();
        let cells = columns.iter().map(|column| column.cell(row, &words));
        line(&mut text, place.chain(cells).chain([condition(row, &open)]));
    }
    Ok(text)
}

/// Whether the record counts, and why not.
fn condition(row: &RecordRow, open: &OpenMatters) -> String {
    match &row.void_reason {
        Some(_) => "已作废".to_owned(),
        None if row.double_of.is_some() => "重复，不计".to_owned(),
        None if !measures::is_counted(row) => "填写有误".to_owned(),
        None if open.of(&row.record_id) > 0 => "待核对".to_owned(),
        None => "有效".to_owned(),
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|cell| quoted(&defused(cell))).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

/// What a spreadsheet program would take for a formula gets an apostrophe before it.
fn defused(cell: String) -> String {
    // A program may skip blanks before it looks, and full-width signs work as the narrow ones do in some.
    let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula(&cell) || is_formula(cell.trim_start()) { format!("'{cell}") } else { cell }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_commas_quoted() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1"] {
            assert!(defused(formula.into()).starts_with('\''), "{formula:?}");
        }
        assert_eq!(defused("1-2".into()), "1-2");
        let mut text = String::new();
        line(
            &mut text,
            ["米, 油".to_owned(), "说\"好\"".to_owned(), "a\nb".to_owned(), "=HYPERLINK(1)".to_owned()].into_iter(),
        );
        assert_eq!(text, "\"米, 油\",\"说\"\"好\"\"\",\"a\nb\",'=HYPERLINK(1)\r\n");
    }
}
