//! Whether a text holds something like a citizen number or an account: it is not repeated, and not kept in the clear.
//!
//! Always true: fifteen digits in a row are enough, and fifteen or eighteen where blanks, dots or dashes part them; no
//! code, day, telephone or household is so long. Deliberately not here: whose number it is, and whether it is right.

/// Digits that no harmless number of a list has.
const DIGITS_MIN: usize = 15;
/// Digits of citizen numbers, old and new.
const CITIZEN: [usize; 2] = [15, 18];

/// Whether `text` holds such a number. Full-width digits count as digits.
pub fn holds_number(text: &str) -> bool {
    let signs: Vec<char> = super::plain(text).chars().collect();
    let mut rest = signs.as_slice();
    while let Some(start) = rest.iter().position(char::is_ascii_digit) {
        let (close, parted) = (run(&rest[start..], |_| false), run(&rest[start..], is_parting));
        if close.digits >= DIGITS_MIN || CITIZEN.contains(&parted.digits) {
            return true;
        }
        rest = &rest[start + parted.signs..];
    }
    false
}

struct Run {
    digits: usize,
    signs: usize,
}

/// The digits from the first sign on, with what may stand between them; an X counts as the last one.
fn run(signs: &[char], between: impl Fn(char) -> bool) -> Run {
    let is_of = |sign: char| sign.is_ascii_digit() || between(sign);
    let length = signs.iter().take_while(|sign| is_of(**sign)).count();
    let digits = signs[..length].iter().filter(|sign| sign.is_ascii_digit()).count();
    let has_check = digits == CITIZEN[1] - 1 && signs.get(length).is_some_and(|sign| matches!(sign, 'x' | 'X'));
    Run { digits: digits + usize::from(has_check), signs: length }
}

fn is_parting(sign: char) -> bool {
    matches!(sign, ' ' | '-' | '.' | '_')
}

#[cfg(test)]
mod tests {
    use super::holds_number;

    #[test]
    fn numbers_are_seen_however_they_are_written() {
        for text in [
            "990101194808010017",
            "丁移990101197010010054",
            "99010119631107003X",
            "９９０１０１ 19480801 0017",
            "990101-19631107-003x",
            "990101631107003",
            "卡号 6222020200112233445",
        ] {
            assert!(holds_number(text), "{text}");
        }
    }

    #[test]
    fn codes_days_and_telephones_are_none() {
        for text in [
            "990101103200",
            "2024-05-01 00:00:00",
            "12-3",
            "100 1234 5678、100 8765 4321",
            "3组",
            "",
            "女儿王芳 10012345678",
        ] {
            assert!(!holds_number(text), "{text}");
        }
    }
}
