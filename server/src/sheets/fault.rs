//! Faults of lines, with all words for them in one place.
//!
//! Always true: a fault has a stable code and a sentence that says what to do; its value is cut, and never an identity
//! number. Deliberately not here: finding faults.

use super::SheetError;
use super::number::holds_number;
use crate::county::view::LineFault;

/// Characters shown of a value.
const SHOWN_MAX: usize = 40;

/// A fault of one line.
pub fn fault(line: u32, column: &str, value: &str, code: &'static str) -> LineFault {
    let (zh, en) = words(code);
    LineFault {
        sheet: String::new(),
        line,
        column: column.to_owned(),
        value: if holds_number(value) { String::new() } else { value.chars().take(SHOWN_MAX).collect() },
        code: code.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        warning: false,
    }
}

/// A line that is taken all the same.
pub fn warning(line: u32, column: &str, value: &str, code: &'static str) -> LineFault {
    LineFault { warning: true, ..fault(line, column, value, code) }
}

/// A file that cannot be read.
pub fn of_file(error: SheetError) -> LineFault {
    fault(0, "", "", words_of_file(error).0)
}

/// Code and sentences for a file that cannot be read.
pub fn words_of_file(error: SheetError) -> (&'static str, &'static str, &'static str) {
    let code = match error {
        SheetError::Unreadable => "file_unreadable",
        SheetError::TooLarge => "file_too_large",
        SheetError::NoHeading => "heading_missing",
    };
    let (zh, en) = words(code);
    (code, zh, en)
}

/// Sentences in Chinese and English.
fn words(code: &str) -> (&'static str, &'static str) {
    let found = WORDS.iter().find(|(known, ..)| *known == code);
    found.map_or(("这一行不能用，请检查。", "This line cannot be used; check it."), |(_, zh, en)| (zh, en))
}

const WORDS: [(&str, &str, &str); 43] = [
    (
        "file_unreadable",
        "文件读不了：请用 .xlsx 或 CSV 保存后再试。",
        "The file cannot be read: save it as .xlsx or CSV and try again.",
    ),
    (
        "file_too_large",
        "文件太大：最多 32 MB、100,000 行，请分开导入。",
        "The file is too large: 32 MB and 100,000 rows at most; bring it in parts.",
    ),
    (
        "heading_missing",
        "找不到标题行：标题行里要有“姓名”“区划代码”这样的列名。",
        "No heading was found: it needs columns such as name and code.",
    ),
    (
        "sheet_not_read",
        "这张工作表没有读：它被隐藏，或列名和前面的工作表不一样。要读就取消隐藏、列名改成一样，再选一次文件。",
        "This sheet was not read: it is hidden, or its titles differ from those of the sheets before. To have it read, show it, give it the same titles and choose the file again.",
    ),
    (
        "import_failed",
        "没有导入，名册没有改动：请再试一次；还不行请查看服务器日志。",
        "Nothing was taken and the roster is as it was: try again; if it fails again see the server's log.",
    ),
    (
        "column_missing",
        "缺少这一列，请补上或选对列的含义。",
        "This column is missing: add it, or say which column it is.",
    ),
    ("unit_code", "区划代码要写 6、9 或 12 位数字。", "A division code has 6, 9 or 12 digits."),
    ("unit_other_county", "这个代码不属于本县。", "This code does not belong to the county."),
    ("unit_twice", "这个代码出现了两次，请留一行。", "This code stands there twice; keep one line."),
    ("unit_name", "请写名称，最多 50 个字。", "Write a name of at most 50 characters."),
    (
        "unit_parent",
        "上级乡镇不在文件里，也不在现有区划里，请先加上。",
        "Its township is neither in the file nor in the tree; add it first.",
    ),
    ("day_form", "日期看不懂，请写成 2024-05-01。", "The date cannot be read; write it as 2024-05-01."),
    ("days_order", "失效日期早于生效日期，请改正。", "The last day is before the first day."),
    (
        "successor_unknown",
        "并入的单位不存在，请检查代码。",
        "The unit it was merged into is not known; check the code.",
    ),
    (
        "successor_level",
        "村只能并入村，乡镇只能并入乡镇。",
        "A village is merged into a village, a township into a township.",
    ),
    ("successor_circle", "并入关系转了一圈，请改正。", "The mergers go round in a circle."),
    ("successor_day", "写了并入单位就要写失效日期。", "A unit that was merged needs its last day."),
    ("name_missing", "没有姓名，这一行没有导入。", "There is no name; the line was not taken."),
    ("name_long", "姓名最多 50 个字。", "A name has at most 50 characters."),
    ("village_missing", "没有写村，这一行没有导入。", "No village is given; the line was not taken."),
    (
        "village_unknown",
        "区划里没有这个村，请检查村名或代码。",
        "The tree has no such village; check its name or code.",
    ),
    (
        "village_ambiguous",
        "有几个村同名，请加上乡镇名称或写区划代码。",
        "Several villages have this name; add the township or the code.",
    ),
    ("village_gone", "这个村已经撤销，请写现在的村。", "This village is no more; write the one of today."),
    (
        "number_lost_digits",
        "身份证号被表格软件当成数字，后几位已丢失：请把这一列设为文本，重新填写。",
        "The identity number was kept as a number and lost digits: make the column text and type it again.",
    ),
    (
        "identity_malformed",
        "身份证号位数或日期不对，这一行没有导入。",
        "The identity number has a wrong length or date; the line was not taken.",
    ),
    (
        "number_elsewhere",
        "这一格里像有身份证号或账号，这一行没有导入：号码只能放在身份证号那一列，其他列请删去。",
        "This cell seems to hold a citizen or account number, so the line was not taken: numbers belong in their own column; delete it here.",
    ),
    (
        "village_merged",
        "这个村已经并入别的村，按现在的村导入。",
        "This village was merged; the person was taken for the village of today.",
    ),
    ("village_not_yet", "这个村还没有启用，请写现在的村。", "This village does not exist yet; write the one of today."),
    (
        "identity_check",
        "身份证号校验位不对，请核对；这一行照样导入。",
        "The check digit of the identity number is wrong; check it. The line was taken.",
    ),
    ("identity_old", "15 位旧身份证号，照样导入。", "An old number of 15 digits; the line was taken."),
    (
        "identity_prefix",
        "身份证号前六位不是现有地区，请核对；这一行照样导入。",
        "The first six digits are no known region; check them. The line was taken.",
    ),
    (
        "identity_differs",
        "同村同名的人已有另一个身份证号，按新的人导入，请核对。",
        "Somebody of this name and village has another number; taken as a new person, check it.",
    ),
    (
        "row_twice",
        "和前面的一行是同一个人，只导入前面那一行。",
        "The same person as a line above; only that one was taken.",
    ),
    (
        "namesakes",
        "同村有几个同名的人，请补上身份证号或亲属再导入。",
        "Several people of this village have the name; add the identity number or a relative.",
    ),
    (
        "category_unknown",
        "不认识这个类别，没有记类别；请按类别表改正。",
        "This category is not known and was left out; write it as in the list.",
    ),
    (
        "batch_form",
        "批次看不懂，请写成 2024H1 或 2024年春季。",
        "The batch cannot be read; write 2024H1 or 2024年春季.",
    ),
    (
        "honour_unknown",
        "没有荣誉等次，或清单里没有这一等：请按“立功受奖等次”清单写。",
        "No honour, or none of the county's list: write it as in the list of honours.",
    ),
    ("year_form", "年度看不懂，请写成 2025。", "The year cannot be read; write 2025."),
    ("serial_long", "喜报编号太长，最多 40 个字。", "The notice's number is too long: at most 40 characters."),
    (
        "contact_missing",
        "没有家属联系人，村里看不到这一户；这一行照样导入。",
        "There is no family contact, so the village cannot see the household. The line was taken.",
    ),
    (
        "person_unknown",
        "名册里没有这个人：请核对姓名、村和身份证号，或先导入名册。",
        "The roster has nobody like that: check name, village and identity number, or bring the roster in first.",
    ),
    (
        "person_died",
        "名册里记着这个人已去世，不列入。",
        "The roster says that this person has died, and so is not on the list.",
    ),
    ("listed_twice", "和前面的一行是同一个人，只算一次。", "The same person as in a line above; counted once."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_words_of_its_own() {
        let codes: std::collections::BTreeSet<&str> = WORDS.iter().map(|(code, ..)| *code).collect();
        assert_eq!(codes.len(), WORDS.len());
        assert!(WORDS.iter().all(|(_, zh, en)| zh.ends_with('。') && en.ends_with('.')));
        for error in [SheetError::Unreadable, SheetError::TooLarge, SheetError::NoHeading] {
            assert!(codes.contains(of_file(error).code.as_str()), "{error}");
        }
    }
}
