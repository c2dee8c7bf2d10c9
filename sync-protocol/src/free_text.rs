//! What free text must not hold: designations of units of the forces, and numbers of papers or accounts (L-20). The phone says
//! so while it is written; the county sees which records hold such text all the same.
//!
//! Always true: it only finds and names; nothing is changed or refused, and what is seen of a number is too little to use. The
//! published label of one category, 原8023部队, may stay. Phone and server find alike: shared vectors prove it. Deliberately
//! not here: which fields hold free text (`register::odd`).

use fancy_regex::Regex;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const CHINESE: &str = "〇零○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟幺";
/// Words for units, each without those with which daily words go on: 旅游, 团圆, 营养, 连休.
const UNITS: &str = "部队|集团军|旅(?![游行店客馆程途费居伴])|团(?![圆结员购年聚体拜糟和火饭餐建子伙委])(?!大战)|\
                     营(?![业养运造销地收利镇乡村庄街])|连(?![续接连忙同带夜日天年任线锁衣休冠胜串环载翻号着])|舰(?![长]?模)|基地(?!组织)|信箱";

static PUBLISHED_LABEL: LazyLock<Regex> = LazyLock::new(|| compiled(r"原\s*8\s*0\s*2\s*3\s*部队"));
static DESIGNATION: LazyLock<Regex> = LazyLock::new(|| {
    let number = format!(r"(?:[0-9{CHINESE}](?:[\s·.-]{{0,2}}[0-9{CHINESE}])*)");
    compiled(&format!(r"第?\s*{number}\s*号?\s*(?:{UNITS})"))
});
/// The same the other way round: 部队代号 61234, 信箱 205 号.
static REVERSED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?:部队(?:番号|代号)?|信箱)\s*[:：]?\s*第?\s*[0-9](?:\s?[0-9]){2,}"));
/// Digits written together or with spaces and dashes between them.
static TOKENS: LazyLock<Regex> = LazyLock::new(|| compiled(r"[0-9]+[xX]?(?:[\s·.-][0-9]+[xX]?)*"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns are constants")
}

/// Something that should not stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// `unit`, `identity`, `card`.
    pub kind: &'static str,
    /// As it stands there; of a number its ends alone.
    pub seen: String,
}

/// All that should not stand in this text.
pub fn forbidden(text: &str) -> Vec<Found> {
    let plain: String = text.nfkc().collect();
    let plain = PUBLISHED_LABEL.replace_all(&plain, "");
    let mut found = designations(&plain, &DESIGNATION);
    found.extend(designations(&plain, &REVERSED));
    found.extend(long_numbers(&plain));
    found
}

fn designations(text: &str, pattern: &Regex) -> Vec<Found> {
    let is_day_count = |seen: &str, end: usize| {
        let next = text[end..].trim_start().chars().next();
        seen == "一连" && next.is_some_and(is_counting)
    };
    let matches = pattern.find_iter(text).filter_map(Result::ok);
    let seen = matches.map(|found| (found.as_str().trim().to_owned(), found.end()));
    seen.filter(|(seen, end)| !is_day_count(seen, *end)).map(|(seen, _)| Found { kind: "unit", seen }).collect()
}

/// 一连三天 and 一连几天 count days.
fn is_counting(sign: char) -> bool {
    sign.is_ascii_digit() || "几数好多".contains(sign) || CHINESE.contains(sign)
}

fn long_numbers(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for run in TOKENS.find_iter(text).filter_map(Result::ok) {
        // A credit code has letters before its digits.
        let before = text[..run.start()].chars().next_back();
        if !before.is_some_and(|sign| sign.is_ascii_alphabetic()) {
            let is_between = |sign: char| sign.is_whitespace() || "·.-".contains(sign);
            found.extend(in_run(&run.as_str().split(is_between).collect::<Vec<_>>()));
        }
    }
    found
}

fn in_run(tokens: &[&str]) -> Option<Found> {
    for first in 0..tokens.len() {
        for last in first + 1..=tokens.len() {
            let (joined, is_one) = (tokens[first..last].concat(), last == first + 1);
            if is_whole(&joined) && (is_one || has_birthday(&joined)) {
                return Some(Found { kind: "identity", seen: ends(&joined) });
            }
            if is_one && (16..=19).contains(&joined.len()) && is_digits(&joined) {
                return Some(Found { kind: "card", seen: ends(&joined) });
            }
        }
    }
    None
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_whole(number: &str) -> bool {
    let digits = number.strip_suffix(['x', 'X']).unwrap_or(number);
    is_digits(digits) && (number.len() == 18 || (number.len() == 15 && digits.len() == 15))
}

/// Whether a day stands where an identity number has its birthday.
fn has_birthday(number: &str) -> bool {
    let day = if number.len() == 18 { number[6..14].to_owned() } else { format!("19{}", &number[6..12]) };
    let part = |from: usize, to: usize| day.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (century, month, date) = (part(0, 2), part(4, 6), part(6, 8));
    matches!(century, 19 | 20) && (1..=12).contains(&month) && (1..=31).contains(&date)
}

/// Enough to find it, not enough to know it.
fn ends(number: &str) -> String {
    format!("{}…{}", &number[..3], &number[number.len() - 2..])
}
