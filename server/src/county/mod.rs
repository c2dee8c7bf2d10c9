//! What the county sees, from rows alone. It has never seen a document.
//!
//! Always true: every answer is filtered by the unit that was asked for, and nothing here writes.

pub mod campaigns;
pub mod coverage;
pub mod export;
pub mod lists;
pub mod measures;
pub mod people;
pub mod queue;
pub mod records;
pub mod registers;
pub mod report;
pub mod roster;
pub mod units;
pub mod view;
pub mod visits;

use crate::store::contract::StoreError;
use zoufang_sync_protocol::unit::Unit;

/// Why a question cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum CountyError {
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such thing.
    #[error("not found: {0}")]
    NotFound(String),
    /// A query parameter is not as it should be.
    #[error("bad parameter {0}")]
    BadParameter(&'static str),
}

/// The unit that was asked for, within the county; empty for the county itself.
pub fn unit_within(county: &str, unit: &str) -> Result<Unit, CountyError> {
    let unit = Unit::parse(if unit.is_empty() { county } else { unit });
    let unit = unit.map_err(|_| CountyError::BadParameter("unit"))?;
    if unit.county().as_str() == county { Ok(unit) } else { Err(CountyError::NotFound(unit.to_string())) }
}

/// Whether a day may stand in a question: `YYYY-MM-DD`, or empty for none.
pub fn is_day_or_none(day: &str) -> bool {
    day.is_empty() || (day.len() == 10 && day.parse::<chrono::NaiveDate>().is_ok())
}
