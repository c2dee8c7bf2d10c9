//! Days as people write them in lists.
//!
//! Always true: what cannot be a day is none, never a guess. Deliberately not here: lunar days.

use chrono::{Days, NaiveDate};

/// Day 0 of the spreadsheet programs (ISO/IEC 29500, 1900 date system, from March 1900 on).
const SERIAL_ZERO: (i32, u32, u32) = (1899, 12, 30);
/// Serial numbers that are taken for days: 1927 to 2119.
const SERIALS: std::ops::RangeInclusive<u64> = 10_000..=80_000;

/// `2024-05-01`, `2024/5/1`, `2024.5.1`, `2024年5月1日`, `20240501`, or the number of a spreadsheet, as `YYYY-MM-DD`.
pub fn day(text: &str) -> Option<String> {
    let text = text.split(' ').next().unwrap_or_default().trim_end_matches('日');
    let pieces: Vec<&str> = text.split(['-', '/', '.', '年', '月']).filter(|piece| !piece.is_empty()).collect();
    let date = match pieces.as_slice() {
        [year, month, day] => NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        [digits] if digits.len() == 8 => NaiveDate::parse_from_str(digits, "%Y%m%d").ok(),
        [serial] => from_serial(serial.parse().ok()?),
        _ => None,
    };
    date.filter(|date| (1900..=2100).contains(&chrono::Datelike::year(date))).map(|date| date.to_string())
}

fn from_serial(serial: u64) -> Option<NaiveDate> {
    let (year, month, day) = SERIAL_ZERO;
    let zero = NaiveDate::from_ymd_opt(year, month, day)?;
    SERIALS.contains(&serial).then(|| zero.checked_add_days(Days::new(serial))).flatten()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn usual_forms_are_one_day() {
        for text in ["2024-05-01", "2024/5/1", "2024.05.1", "2024年5月1日", "20240501", "45413", "2024-05-01 00:00:00"]
        {
            assert_eq!(day(text).as_deref(), Some("2024-05-01"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["", "2024-13-01", "2024-02-30", "五月一日", "2024", "1.5", "0024-05-01", "99999999999"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
