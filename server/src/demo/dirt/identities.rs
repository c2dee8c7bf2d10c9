//! Citizen numbers as old lists hold them. No record and no phone has one: they come with a roster, at the county alone.
//!
//! Plug in: [`list`] is the file as the county has it, to be brought in as any other; `answers` says what must be seen then.
//!
//! Always true: the numbers are those of nobody (prefix 990101), or of a county that never was; whoever has one is on no list
//! and moves no figure. Deliberately not here: bringing the file in.

use super::answer::Answer;
use crate::demo::county::DemoCounty;
use serde_json::json;

/// What the file is called.
pub const FILE_NAME: &str = "旧名册.csv";

/// Kind, name, the number as it was typed, the warning that its line gets, and the number as the county shows it.
const NUMBERS: [(&str, &str, &str, &str, &str); 4] = [
    ("identity_wrong_check_digit", "方校验", "990101194808010018", "identity_check", "990101********0018"),
    ("identity_fifteen_digits", "龚十五", "990101530706002", "identity_old", "990101********0029"),
    ("identity_old_prefix", "尹老码", "990199194808010012", "identity_prefix", "990199********0012"),
    ("identity_full_width", "阎全角", "９９０１０１ 19631107 003ｘ", "", "990101********003X"),
];

/// The file: a title, a heading, one line for each.
pub fn list(county: &DemoCounty) -> String {
    let unit = village(county);
    let lines = NUMBERS.iter().map(|(_, name, number, ..)| format!("{name},{unit},{number}\n"));
    format!("优抚对象旧名册,,\n姓名,区划代码,身份证号\n{}", lines.collect::<String>())
}

pub(super) fn answers(county: &DemoCounty) -> Vec<Answer> {
    let right = |(kind, name, typed, warning, shown): &(&str, &str, &str, &str, &str)| {
        let right = json!({
            "name": name, "unit": village(county), "file": FILE_NAME, "typed": typed, "warning": warning, "shown": shown,
        });
        Answer::about(kind, []).right(right)
    };
    NUMBERS.iter().map(right).collect()
}

/// A village where no other dirt falls.
fn village(county: &DemoCounty) -> String {
    county.stations[county.stations.len() / 2].unit.to_string()
}
