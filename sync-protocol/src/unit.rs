//! A node of the administrative tree, named by its division code, and the one prefix rule.
//!
//! Always true: a [`Unit`] holds 6 (county), 9 (township) or 12 (village) digits and no trailing zero group, so that
//! "contains" is "begins with" everywhere: grants, range scans, feeds. Source of the code: 统计用区划代码 (NBS).
//! Deliberately not here: names and validity of units; they are data of a county.

use crate::ProtocolError;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Significant digits of a county's code.
pub const COUNTY_DIGITS: usize = 6;
/// Of a township's.
pub const TOWNSHIP_DIGITS: usize = 9;
/// Of a village's.
pub const VILLAGE_DIGITS: usize = 12;

/// Level of a unit, by the number of its significant digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 6 digits.
    County,
    /// 9 digits.
    Township,
    /// 12 digits.
    Village,
}

/// A division code cut to its significant digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Unit(String);

impl Unit {
    /// Reads 6, 9 or 12 digits; trailing zero groups (`990101103000`) are cut.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let malformed = || ProtocolError::Malformed(text.chars().take(40).collect());
        if !matches!(text.len(), 6 | 9 | 12) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(malformed());
        }
        let mut code = text;
        while code.len() > 6 && code.ends_with("000") {
            code = &code[..code.len() - 3];
        }
        if code.starts_with("000") {
            return Err(malformed());
        }
        Ok(Self(code.to_owned()))
    }

    /// The significant digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 12-digit division code, filled with zeros.
    pub fn division_code(&self) -> String {
        format!("{:0<12}", self.0)
    }

    /// The level of this unit.
    pub fn level(&self) -> Level {
        match self.0.len() {
            6 => Level::County,
            9 => Level::Township,
            _ => Level::Village,
        }
    }

    /// The prefix rule: a unit contains itself and all that begins with it.
    pub fn contains(&self, other: &Unit) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The county this unit lies in.
    pub fn county(&self) -> Unit {
        Self(self.0[..6].to_owned())
    }

    /// The township this unit lies in, if it is not a county.
    pub fn township(&self) -> Option<Unit> {
        self.0.get(..9).map(|code| Self(code.to_owned()))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Unit {
    type Error = ProtocolError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_cut_and_prefixes_contain() {
        let county = Unit::parse("990101000000").unwrap();
        let village = Unit::parse("990101103200").unwrap();
        assert_eq!(county.as_str(), "990101");
        assert_eq!(Unit::parse("990101103").unwrap(), village.township().unwrap());
        assert!(county.contains(&village) && !village.contains(&county));
        assert_eq!(county.division_code(), "990101000000");
        assert_eq!((county.level(), village.level()), (Level::County, Level::Village));
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in ["", "99010", "9901011", "99010110320a", "000000000000", "990101103200 ", "９９０１０１"] {
            assert!(Unit::parse(text).is_err(), "{text}");
        }
    }
}
