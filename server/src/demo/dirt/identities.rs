//! Citizen numbers as old lists hold them. No record and no phone has one: they come with a roster, at the county alone.
//!
//! Always true: the numbers are those of nobody (prefix 990101), or of a county that never was.

use super::answer::Answer;
use serde_json::json;

/// Kind, the number as it was typed, the verdict, and its one form.
const NUMBERS: [(&str, &str, &str, &str); 4] = [
    ("identity_wrong_check_digit", "990101194808010018", "wrong_check_digit", "990101194808010018"),
    ("identity_fifteen_digits", "990101480801001", "fifteen_digits", "990101480801001"),
    ("identity_old_prefix", "990199194808010012", "unknown_prefix", "990199194808010012"),
    ("identity_full_width", "９９０１０１ 19631107 003ｘ", "valid", "99010119631107003X"),
];

pub(super) fn answers() -> Vec<Answer> {
    NUMBERS
        .iter()
        .map(|(kind, typed, verdict, number)| {
            Answer::about(kind, []).right(json!({ "typed": typed, "verdict": verdict, "number": number }))
        })
        .collect()
}
