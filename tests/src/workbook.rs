//! Rosters as .xlsx, written as the most used office program writes them: shared strings, a merged title, text columns.
//!
//! Always true: the seed alone decides who is on it; citizen numbers begin with 990101, which no region has. Deliberately
//! not here: reading one.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use zoufang_server::demo::seed::Seed;

/// Column titles.
pub const TITLES: [&str; 8] = ["序号", "姓名", "身份证号", "村代码", "户号", "组", "类别", "亲属"];
const FAMILY: &[char] = &['李', '王', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙'];
const GIVEN: &[char] =
    &['国', '强', '建', '军', '志', '明', '华', '秀', '英', '玉', '兰', '德', '福', '海', '山', '林'];
const CATEGORIES: [&str; 4] = ["60周岁以上农村籍退役士兵", "参战退役人员", "11", "带病回乡退伍军人、36"];

/// A workbook with one sheet.
pub fn workbook(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), rows)?;
    book.save_to_buffer()
}

/// A workbook with a sheet for each name, the last one hidden.
pub fn sheets(named: Vec<(&str, Vec<Vec<String>>)>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let last = named.len() - 1;
    for (at, (name, rows)) in named.into_iter().enumerate() {
        let sheet = book.add_worksheet().set_name(name)?;
        sheet.set_hidden(at == last);
        fill(sheet, rows)?;
    }
    book.save_to_buffer()
}

/// A workbook whose titles take two lines, the address over township, village and group, and whose township and village are
/// merged down over all people of a village.
pub fn merged(township: &str, villages: &[(&str, &[&str])]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (sheet, plain) = (book.add_worksheet(), Format::new());
    sheet.merge_range(0, 0, 0, 5, "示例县优抚对象花名册", &plain)?;
    for (column, title) in [(0, "序号"), (1, "姓名"), (5, "类别")] {
        sheet.merge_range(1, column, 2, column, title, &plain)?;
    }
    sheet.merge_range(1, 2, 1, 4, "家庭住址", &plain)?;
    for (column, title) in [(2, "乡镇"), (3, "村"), (4, "组")] {
        sheet.write_string(2, column, title)?;
    }
    let people: u32 = villages.iter().map(|(_, people)| people.len() as u32).sum();
    sheet.merge_range(3, 2, 2 + people, 2, township, &plain)?;
    let mut line = 3;
    for (village, people) in villages {
        sheet.merge_range(line, 3, line + people.len() as u32 - 1, 3, village, &plain)?;
        for name in *people {
            sheet.write_string(line, 1, *name)?;
            sheet.write_string(line, 5, "36")?;
            line += 1;
        }
    }
    book.save_to_buffer()
}

/// A title over all columns, an empty row, the titles, the rows.
fn fill(sheet: &mut Worksheet, rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), XlsxError> {
    sheet.merge_range(0, 0, 0, TITLES.len() as u16 - 1, "示例县优抚对象花名册", &Format::new())?;
    for (column, title) in (0..).zip(TITLES) {
        sheet.write_string(2, column, title)?;
    }
    for (line, row) in (3..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string(line, column, cell)?;
        }
    }
    Ok(())
}

/// A roster of so many people in these villages.
pub fn people(seed: u64, count: u32, villages: &[String]) -> impl Iterator<Item = Vec<String>> {
    let mut seed = Seed::new(seed, "roster");
    (0..count).map(move |number| {
        let mut pick = |signs: &[char]| signs[seed.below(signs.len())];
        let name: String = [pick(FAMILY), pick(GIVEN), pick(GIVEN)].iter().collect();
        let village = &villages[number as usize % villages.len()];
        let category = CATEGORIES[number as usize % CATEGORIES.len()];
        let household = (number as usize / villages.len() / 2).to_string();
        let cells =
            [&number.to_string(), &name, &citizen_number(number), village, &household, "3", category, "女儿王芳"];
        cells.map(str::to_owned).into()
    })
}

/// The number of nobody: born on a day of 1950 to 1977, in the order of `number` (GB 11643).
pub fn citizen_number(number: u32) -> String {
    let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 1, 1950 + number / 336 % 28);
    let start = format!("990101{year}{month:02}{day:02}{:03}", number / 9_408 % 1_000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = start.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{start}{}", char::from(b"10X98765432"[(sum % 11) as usize]))
}
