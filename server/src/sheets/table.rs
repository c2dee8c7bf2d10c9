//! The data of a file: what stands below the column titles, of all its sheets that have the same ones.
//!
//! Always true: the lines of one sheet follow those of the sheet before, so that a line's number is its own in the whole
//! file; [`Table::place`] says it as the spreadsheet program does. A sheet with other titles, or a hidden one, is named in
//! a warning and not read; one without titles (notes) is no data. Deliberately not here: what a column means.

use super::{HEADING_WITHIN, ROWS_MAX, Row, Sheet, SheetError, fault};
use crate::county::view::LineFault;

/// A file's data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Column titles.
    pub headings: Vec<String>,
    /// Rows below them.
    pub rows: Vec<Row>,
    parts: Vec<Part>,
    unread: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    sheet: String,
    lines_before: u32,
}

impl Table {
    /// Finds the titles, the first row of which two cells or more are known, and takes what is below them. A second row of
    /// titles (乡镇、村、组 below 家庭住址) goes into the first.
    pub fn of(sheets: Vec<Sheet>, is_known: impl Fn(&str) -> bool) -> Result<Self, SheetError> {
        Self::below(sheets, |row| row.cells.iter().filter(|cell| is_known(cell)).count() >= 2)
    }

    /// As [`Table::of`]; where no title is known, the first row that may be titles is offered, for a person to say what they
    /// mean.
    pub fn to_map(sheets: Vec<Sheet>, is_known: impl Fn(&str) -> bool) -> Result<Self, SheetError> {
        match Self::of(sheets.clone(), is_known) {
            Err(SheetError::NoHeading) => Self::below(sheets, may_be_titles),
            found => found,
        }
    }

    fn below(sheets: Vec<Sheet>, is_heading: impl Fn(&Row) -> bool) -> Result<Self, SheetError> {
        let mut table = Self::default();
        for mut sheet in sheets {
            let Some(at) = sheet.rows.iter().take(HEADING_WITHIN).position(&is_heading) else { continue };
            let mut rows = sheet.rows.split_off(at + 1);
            let mut headings = sheet.rows.pop().map(|row| row.cells).unwrap_or_default();
            if rows.first().is_some_and(|row| is_heading(row) && is_below(&headings, row)) {
                headings = joined(&headings, &rows.remove(0));
            }
            if sheet.is_hidden || !(table.parts.is_empty() || titles(&table.headings) == titles(&headings)) {
                table.unread.push(sheet.name);
                continue;
            }
            table.add(sheet.name, headings, rows);
        }
        match table {
            table if table.parts.is_empty() => Err(SheetError::NoHeading),
            table if table.rows.len() > ROWS_MAX => Err(SheetError::TooLarge),
            table => Ok(table),
        }
    }

    fn add(&mut self, sheet: String, headings: Vec<String>, rows: Vec<Row>) {
        if self.parts.is_empty() {
            self.headings = headings;
        }
        let lines_before = self.rows.last().map_or(0, |row| row.line);
        self.parts.push(Part { sheet, lines_before });
        self.rows.extend(rows.into_iter().map(|row| Row { line: row.line + lines_before, ..row }));
    }

    /// Sheet and line as the spreadsheet program has them; no sheet where only one was read.
    pub fn place(&self, line: u32) -> (String, u32) {
        match self.parts.iter().rfind(|part| part.lines_before < line) {
            Some(part) if self.parts.len() > 1 => (part.sheet.clone(), line - part.lines_before),
            _ => (String::new(), line),
        }
    }

    /// Faults with the places of their lines, after what is to be said of sheets that were not read.
    pub fn placed(&self, faults: Vec<LineFault>) -> Vec<LineFault> {
        let unread = self.unread.iter().map(|sheet| fault::warning(0, "", sheet, "sheet_not_read"));
        let placed = faults.into_iter().map(|fault| {
            let (sheet, line) = self.place(fault.line);
            LineFault { sheet, line, ..fault }
        });
        unread.chain(placed).collect()
    }
}

/// Two cells or more, none of which is a number.
fn may_be_titles(row: &Row) -> bool {
    let mut cells = row.cells.iter().filter(|cell| !cell.is_empty());
    let is_number = |cell: &String| cell.chars().all(|sign| sign.is_ascii_digit() || ".,-%".contains(sign));
    row.cells.iter().filter(|cell| !cell.is_empty()).count() >= 2 && !cells.any(is_number)
}

/// Whether a row says again or more closely what stands above it, and has no title of its own beside the others.
fn is_below(above: &[String], row: &Row) -> bool {
    let mut under = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    let is_empty = |at: usize| above.get(at).is_none_or(String::is_empty);
    let is_same = |at: usize, cell: &String| above.get(at) == Some(cell);
    let follows = |at: usize| (0..at).rev().any(|left| !is_empty(left));
    under.all(|(at, cell)| is_same(at, cell) || is_empty(at) && follows(at) || !is_empty(at) && spans(above, at, cell))
}

/// The first column below a title that stands over several: 家庭住址 over 乡镇、村、组.
fn spans(above: &[String], at: usize, cell: &str) -> bool {
    !cell.is_empty() && above.get(at + 1).is_none_or(String::is_empty) || above.get(at + 1) == above.get(at)
}

/// The lower title where there is one.
fn joined(above: &[String], row: &Row) -> Vec<String> {
    let width = above.len().max(row.cells.len());
    let title = |at: usize| row.cells.get(at).filter(|cell| !cell.is_empty()).or(above.get(at));
    (0..width).map(|at| title(at).cloned().unwrap_or_default()).collect()
}

/// Titles without the empty cells behind them.
fn titles(headings: &[String]) -> &[String] {
    let last = headings.iter().rposition(|heading| !heading.is_empty());
    &headings[..last.map_or(0, |last| last + 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let row = |(at, cells): (usize, &&[&str])| Row {
            line: at as u32 + 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        Sheet { name: name.to_owned(), is_hidden: false, rows: rows.iter().enumerate().map(row).collect() }
    }

    fn table(sheets: Vec<Sheet>) -> Table {
        Table::of(sheets, |cell| ["姓名", "村", "户号"].contains(&cell)).expect("titles")
    }

    #[test]
    fn sheets_with_the_same_titles_are_one_table_and_lines_keep_their_places() {
        let sheets = vec![
            sheet("说明", &[&["怎么填"], &["姓名要写全"]]),
            sheet("双河镇", &[&["双河镇名册"], &["姓名", "村"], &["张三", "石门村"], &["李四", "石门村"]]),
            sheet("大山乡", &[&["姓名", "村", ""], &["王五", "大山村"]]),
        ];
        let table = table(sheets);
        assert_eq!((table.headings.len(), table.rows.len(), table.unread.len()), (2, 3, 0));
        let lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 4, 6]);
        let places: Vec<(String, u32)> = lines.iter().map(|line| table.place(*line)).collect();
        assert_eq!(places, [("双河镇", 3), ("双河镇", 4), ("大山乡", 2)].map(|(name, line)| (name.to_owned(), line)));
        assert_eq!(table.place(0), (String::new(), 0));
    }

    #[test]
    fn titles_of_two_lines_are_one_and_people_are_none_of_them() {
        let two = sheet(
            "",
            &[&["姓名", "家庭住址", "", "户号"], &["", "乡镇", "村", ""], &["张三", "双河镇", "石门村", "1"]],
        );
        let known = |cell: &str| ["姓名", "乡镇", "村", "户号"].contains(&cell);
        let found = Table::of(vec![two], known).expect("titles");
        assert_eq!((found.headings.join(" ").as_str(), found.rows.len()), ("姓名 乡镇 村 户号", 1));
        let repeated = sheet("", &[&["姓名", "村"], &["村", "姓名"], &["张三", "石门村"]]);
        assert_eq!(table(vec![repeated]).rows.len(), 2, "another order is no second line of titles");
    }

    #[test]
    fn unknown_titles_are_offered_to_whoever_maps_them() {
        let unknown = || vec![sheet("", &[&["名单"], &["谁", "在哪"], &["张三", "石门村"], &["1", "2"]])];
        assert_eq!(Table::of(unknown(), |_| false), Err(SheetError::NoHeading));
        let offered = Table::to_map(unknown(), |_| false).expect("a row to map");
        assert_eq!((offered.headings.join(" ").as_str(), offered.rows.len()), ("谁 在哪", 2));
    }

    #[test]
    fn one_sheet_needs_no_name() {
        let table = table(vec![sheet("Sheet1", &[&["姓名", "村"], &["张三", "石门村"]])]);
        assert_eq!(table.place(2), (String::new(), 2));
        assert_eq!(table.placed(vec![fault::fault(2, "村", "", "village_unknown")])[0].sheet, "");
    }

    #[test]
    fn sheet_that_is_not_read_is_named() {
        let hidden = Sheet { is_hidden: true, ..sheet("去年", &[&["姓名", "村"], &["张三", "石门村"]]) };
        let other = sheet("户", &[&["户号", "村"], &["1", "石门村"]]);
        let table = table(vec![hidden, sheet("今年", &[&["姓名", "村"], &["李四", "石门村"]]), other]);
        assert_eq!(table.rows.len(), 1);
        let faults = table.placed(vec![fault::fault(2, "村", "", "village_unknown")]);
        let said: Vec<_> = faults.iter().map(|one| (one.line, one.code.as_str(), one.value.as_str())).collect();
        assert_eq!(said, [(0, "sheet_not_read", "去年"), (0, "sheet_not_read", "户"), (2, "village_unknown", "")]);
        assert!(faults[0].warning && !faults[2].warning);
    }

    #[test]
    fn file_without_titles_or_with_too_many_rows_is_refused() {
        let is_known = |cell: &str| ["姓名", "村"].contains(&cell);
        assert_eq!(Table::of(vec![sheet("", &[&["姓名", "1"]])], is_known), Err(SheetError::NoHeading));
        let long = |name: &str| {
            let mut sheet = sheet(name, &[&["姓名", "村"], &["张三", "石门村"]]);
            let row = sheet.rows.pop().expect("a row");
            sheet.rows.extend(std::iter::repeat_n(row, ROWS_MAX / 2 + 1));
            sheet
        };
        assert_eq!(Table::of(vec![long("1"), long("2")], is_known), Err(SheetError::TooLarge));
    }
}
