//! Spreadsheet files as counties have them (.xlsx, .xls, .ods, CSV), read into rows of plain text.
//!
//! Plug in: [`read`] gives all sheets of a file, [`table::Table::of`] what stands below their column titles.
//!
//! Always true: a cell is text without blanks around, full-width letters and digits in half width; a number that has lost
//! digits in the spreadsheet program shows it (`9.90101E17`). Line numbers are those of the program, from 1. Deliberately
//! not here: what a column means.

pub mod day;
pub mod fault;
pub mod number;
pub mod table;
mod workbook;

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Bytes of a file.
pub const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Rows of a sheet.
pub const ROWS_MAX: usize = 100_000;
/// Rows among which the heading is looked for.
const HEADING_WITHIN: usize = 20;

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// As the workbook calls it; text has none.
    pub name: String,
    /// Not shown by the spreadsheet program.
    pub is_hidden: bool,
    /// Rows that are not empty.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet program counts.
    pub line: u32,
    /// From the first column on.
    pub cells: Vec<String>,
}

/// Why a file cannot be read. Its code is stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    /// Neither a workbook nor text.
    #[error("file_unreadable")]
    Unreadable,
    /// Over [`FILE_BYTES_MAX`] or [`ROWS_MAX`].
    #[error("file_too_large")]
    TooLarge,
    /// No row of column titles that are known.
    #[error("heading_missing")]
    NoHeading,
}

/// All sheets of a file; which kind it is shows in its first bytes, not in its name.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(SheetError::TooLarge);
    }
    let sheets = if workbook::is_workbook(bytes) { workbook::read(bytes)? } else { vec![text(bytes)?] };
    if sheets.iter().any(|sheet| sheet.rows.len() > ROWS_MAX) { Err(SheetError::TooLarge) } else { Ok(sheets) }
}

/// A cell in one form: blanks and line ends are single spaces, letters and digits half width.
pub fn plain(cell: &str) -> String {
    let half = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        other => other,
    };
    let is_blank = |sign: char| sign.is_whitespace() || matches!(sign, '\u{feff}' | '\u{200b}' | '\0');
    let words: Vec<&str> = cell.split(is_blank).filter(|word| !word.is_empty()).collect();
    let plain: String = words.join(" ").chars().map(half).collect();
    // An apostrophe before digits tells spreadsheet programs that they are text.
    match plain.strip_prefix(['\'', '\u{2018}', '\u{2019}']) {
        Some(digits) if digits.starts_with(|sign: char| sign.is_ascii_digit()) => digits.to_owned(),
        _ => plain,
    }
}

/// CSV in UTF-8 or, as older programs write it, GB 18030; in UTF-16 where a mark says so.
fn text(bytes: &[u8]) -> Result<Sheet, SheetError> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0),
        Err(_) => (GB18030, 0),
    });
    let text = match encoding.decode_without_bom_handling(&bytes[mark..]) {
        (_, true) => return Err(SheetError::Unreadable),
        (text, false) => text,
    };
    let delimiter = delimiter(&text);
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| SheetError::Unreadable)?;
        let line = record.position().map_or(0, |position| position.line() as u32);
        push(&mut rows, line, record.iter().map(plain).collect());
    }
    Ok(Sheet { rows, ..Sheet::default() })
}

/// What parts cells: a title above the table has none of it, so the lines among which the heading lies decide together.
fn delimiter(text: &str) -> u8 {
    let count = |sign: u8| -> usize {
        text.lines().take(HEADING_WITHIN).map(|line| line.matches(char::from(sign)).count()).sum()
    };
    // The last of those that are equal: a comma.
    [b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

fn push(rows: &mut Vec<Row>, line: u32, cells: Vec<String>) {
    if cells.iter().any(|cell| !cell.is_empty()) {
        rows.push(Row { line, cells });
    }
}

#[cfg(test)]
mod tests {
    use super::table::Table;
    use super::*;

    const CSV: &str = "示例县花名册,,\n\n姓名, 身份证号 ,村\n张　三,９９０１０１,\"石门,村\"\n";

    fn is_known(cell: &str) -> bool {
        ["姓名", "身份证号", "村"].contains(&cell)
    }

    #[test]
    fn utf8_with_a_mark_and_gb18030_read_alike() {
        let (gb, ..) = GB18030.encode(CSV);
        for bytes in [CSV.as_bytes().to_vec(), [b"\xef\xbb\xbf", CSV.as_bytes()].concat(), gb.into_owned()] {
            let sheets = read(&bytes).expect("text");
            let table = Table::of(sheets, is_known).expect("titles");
            assert_eq!(table.headings, ["姓名", "身份证号", "村"]);
            assert_eq!(table.rows[0], Row { line: 4, cells: ["张 三", "990101", "石门,村"].map(str::to_owned).into() });
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(&[0xff, 0xfe, 0x00, 0x80, 0xff]), Err(SheetError::Unreadable));
        assert_eq!(read(b"PK\x03\x04 but no workbook"), Err(SheetError::Unreadable));
        let sheets = read("没有标题\n1,2\n".as_bytes()).expect("text");
        assert_eq!(Table::of(sheets, is_known), Err(SheetError::NoHeading));
        assert_eq!(read(&vec![b'a'; FILE_BYTES_MAX + 1]), Err(SheetError::TooLarge));
    }

    #[test]
    fn utf16_with_a_mark_and_text_below_a_title_read_as_well() {
        let text = "双河镇优抚对象花名册\n姓名\t身份证号\t村\n张三\t'990101\t石门村\n";
        let little: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), little, big] {
            let table = Table::of(read(&bytes).expect("text"), is_known).expect("titles");
            assert_eq!(table.rows[0].cells, ["张三", "990101", "石门村"]);
        }
    }

    #[test]
    fn tabs_and_semicolons_part_cells_too() {
        for sign in ["\t", ";"] {
            let sheets = read(format!("姓名{sign}村\n张三{sign}石门,村\n").as_bytes()).expect("text");
            assert_eq!(sheets[0].rows[1].cells, ["张三", "石门,村"]);
        }
    }
}
