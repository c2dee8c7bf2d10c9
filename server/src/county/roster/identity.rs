//! The check of a citizen number (公民身份号码, GB 11643): what a person at the county is told when two rosters are matched.
//!
//! Always true: nothing here refuses a number; a verdict is a word for a person to judge by. Digits in full width, small x
//! and spaces are brought into one form first. Deliberately not here: keeping numbers; no record and no phone has one.

use chrono::NaiveDate;

/// Weights of the first seventeen digits (ISO 7064, MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check digit by the sum's remainder.
const CHECKS: &[u8; 11] = b"10X98765432";
/// First two digits of provinces, by GB/T 2260.
const PROVINCES: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
];

/// What is to be said of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Eighteen signs, a date, the right check digit.
    Valid,
    /// Eighteen signs and a date, but the check digit is another.
    WrongCheckDigit,
    /// The old form without check digit: from imports alone.
    FifteenDigits,
    /// Valid, but issued where no county is known: an abolished one perhaps. A warning, no more.
    UnknownPrefix,
    /// Nothing of the kind.
    Malformed,
}

impl Verdict {
    /// A stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::WrongCheckDigit => "wrong_check_digit",
            Self::FifteenDigits => "fifteen_digits",
            Self::UnknownPrefix => "unknown_prefix",
            Self::Malformed => "malformed",
        }
    }
}

/// A number in one form, with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// ASCII digits and a capital X; no spaces.
    pub number: String,
    /// See [`Verdict`].
    pub verdict: Verdict,
}

/// Judges a number as somebody typed it. `known` says whether six digits name a county that is or was; digits of an
/// existing province are known without asking.
pub fn identity(typed: &str, known: impl Fn(&str) -> bool) -> Identity {
    let number = normalised(typed);
    let verdict = verdict(&number, known);
    Identity { number, verdict }
}

/// The form of 18 digits, by which a person is found: an old number of 15 gets its century and its check digit.
pub fn of_eighteen(number: &str) -> String {
    if number.len() != 15 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let long = format!("{}19{}", &number[..6], &number[6..]);
    let check = char::from(check_digit(&long));
    long + &check.to_string()
}

/// `990101********0017`: enough to compare, too little to use.
pub fn masked(number: &str) -> String {
    let signs: Vec<char> = number.chars().collect();
    let is_shown = |at: usize| at < 6 || at + 4 >= signs.len();
    signs.iter().enumerate().map(|(at, sign)| if is_shown(at) { *sign } else { '*' }).collect()
}

fn verdict(number: &str, known: impl Fn(&str) -> bool) -> Verdict {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    match (number.len(), digits) {
        (15, 15) => match date(&format!("19{}", &number[6..12])) {
            Some(_) => Verdict::FifteenDigits,
            None => Verdict::Malformed,
        },
        (18, 17 | 18) if date(&number[6..14]).is_some() => {
            if check_digit(number) != number.as_bytes()[17] {
                return Verdict::WrongCheckDigit;
            }
            let prefix = &number[..6];
            let is_known = PROVINCES.contains(&&prefix[..2]) || known(prefix);
            if is_known { Verdict::Valid } else { Verdict::UnknownPrefix }
        }
        _ => Verdict::Malformed,
    }
}

/// One form for what keyboards and old lists make of it.
fn normalised(typed: &str) -> String {
    let sign = |sign: char| match sign {
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10),
        'x' | 'ｘ' | 'Ｘ' => Some('X'),
        space if space.is_whitespace() => None,
        other => Some(other),
    };
    typed.chars().filter_map(sign).collect()
}

fn check_digit(number: &str) -> u8 {
    let sum: u32 = number.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECKS[(sum % 11) as usize]
}

fn date(digits: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(digits, "%Y%m%d").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(typed: &str) -> Verdict {
        identity(typed, |prefix| prefix == "990101").verdict
    }

    #[test]
    fn numbers_of_nobody_pass() {
        for number in [
            "990101194808010017",
            "990101195703150026",
            "99010119631107003X",
            "99010120040922004X",
            "990101197010010054",
            "99010119550815008X",
        ] {
            assert_eq!(judge(number), Verdict::Valid, "{number}");
        }
    }

    #[test]
    fn every_other_check_digit_is_wrong() {
        for last in "012345689X".chars() {
            assert_eq!(judge(&format!("99010119480801001{last}")), Verdict::WrongCheckDigit, "{last}");
        }
        // Two neighbours changed places.
        assert_eq!(judge("990101198408010017"), Verdict::WrongCheckDigit);
    }

    #[test]
    fn old_numbers_and_old_counties_are_named_not_refused() {
        assert_eq!(judge("990101480801001"), Verdict::FifteenDigits);
        assert_eq!(identity("990101194808010017", |_| false).verdict, Verdict::UnknownPrefix);
    }

    #[test]
    fn an_old_number_finds_the_new_one() {
        assert_eq!(of_eighteen("990101480801001"), "990101194808010017");
        assert_eq!(of_eighteen("990101194808010017"), "990101194808010017");
        assert_eq!(masked("990101194808010017"), "990101********0017");
    }

    #[test]
    fn what_keyboards_make_of_it_is_brought_into_one_form() {
        let typed = identity(" ９９０１０１ 19631107　003ｘ", |_| true);
        assert_eq!((typed.number.as_str(), typed.verdict), ("99010119631107003X", Verdict::Valid));
    }

    #[test]
    fn nonsense_is_malformed_and_breaks_nothing() {
        for text in [
            "",
            "X",
            "12345",
            "99010119481301001X",
            "9901011948080100170",
            "九九零一零一一九四八零八零一零零一七",
            "990101X94808010017",
        ] {
            assert_eq!(judge(text), Verdict::Malformed, "{text}");
        }
    }
}
