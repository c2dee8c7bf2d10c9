//! A second opinion: figures of a county's year, counted by plain arithmetic from the fields of its records.
//!
//! Always true: nothing here asks the product to count; the rules are those of the work, written down once more by hand.
//! Deliberately not here: any of the product's measures.

mod ceremonies;
mod rules;
mod sources;
mod year;

pub use rules::{Counting, Fields};
pub use sources::{all_rows, demo_county};
pub use year::{Year, figures};
