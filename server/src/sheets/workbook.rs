//! Workbooks of office programs, by crate `calamine`.
//!
//! Always true: a damaged workbook is an error, never a panic or an endless wait. Deliberately not here: formulas; their
//! last value counts, as it is shown.

use super::{Row, Sheet, SheetError, plain, push};
use calamine::{Data, Dimensions, Range, Reader, SheetType, SheetVisible, Sheets};
use std::io::Cursor;

/// Above this a spreadsheet program has rounded: 15 digits are all it keeps.
const EXACT_BELOW: f64 = 1e15;

/// Zip (xlsx, ods) or the older compound file (xls).
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    let mut workbook = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    let mut sheets = Vec::new();
    for about in workbook.sheets_metadata().to_vec() {
        if about.typ == SheetType::WorkSheet {
            let range = workbook.worksheet_range(&about.name).map_err(|_| SheetError::Unreadable)?;
            let is_hidden = about.visible != SheetVisible::Visible;
            let mut rows = rows(&range)?;
            merged_down(&mut workbook, &about.name).iter().for_each(|merged| fill(&mut rows, merged));
            sheets.push(Sheet { name: about.name, is_hidden, rows });
        }
    }
    Ok(sheets)
}

/// Cells that were merged over several lines; other programs' files than .xlsx do not say.
fn merged_down(workbook: &mut Sheets<Cursor<&[u8]>>, sheet: &str) -> Vec<Dimensions> {
    let Sheets::Xlsx(workbook) = workbook else { return Vec::new() };
    #[allow(deprecated)]
    let merged = workbook.worksheet_merge_cells(sheet).and_then(Result::ok).unwrap_or_default();
    merged.into_iter().filter(|merged| merged.end.0 > merged.start.0).collect()
}

/// What stands in the first of them stands for all lines that they cover.
fn fill(rows: &mut [Row], merged: &Dimensions) {
    let column = merged.start.1 as usize;
    let (first, last) = (merged.start.0 + 1, merged.end.0 + 1);
    let value = |rows: &[Row]| rows.iter().find(|row| row.line == first)?.cells.get(column).cloned();
    let Some(value) = value(rows).filter(|value| !value.is_empty()) else { return };
    for row in rows.iter_mut().filter(|row| (first..=last).contains(&row.line)) {
        if let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.is_empty()) {
            cell.clone_from(&value);
        }
    }
}

fn rows(range: &Range<Data>) -> Result<Vec<Row>, SheetError> {
    if range.height() > super::ROWS_MAX * 2 {
        return Err(SheetError::TooLarge);
    }
    let (first, left) = range.start().unwrap_or_default();
    let mut rows = Vec::new();
    for (number, cells) in range.rows().enumerate() {
        // Columns keep their places where the first ones are empty.
        let empty = std::iter::repeat_n(String::new(), left as usize);
        push(&mut rows, first + number as u32 + 1, empty.chain(cells.iter().map(cell)).collect());
    }
    Ok(rows)
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => plain(text),
        Data::Int(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::Float(number) => number_text(*number),
        Data::DateTime(time) => match time.as_datetime() {
            Some(time) => time.format("%Y-%m-%d").to_string(),
            None => number_text(time.as_f64()),
        },
        Data::DateTimeIso(text) | Data::DurationIso(text) => plain(text.split('T').next().unwrap_or_default()),
    }
}

fn number_text(number: f64) -> String {
    if number.abs() >= EXACT_BELOW { format!("{number:E}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed_and_show_what_they_lost() {
        assert_eq!(number_text(12.0), "12");
        assert_eq!(number_text(990_101_103_200.0), "990101103200");
        assert_eq!(number_text(990_101_194_808_010_000.0), "9.9010119480801E17");
    }
}
