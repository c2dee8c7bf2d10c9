//! The fictional county 990101 示例县 and the simulated phones that fill it.
//!
//! Always true: the same seed and the same day make the same county, and its records reach the server only as a real
//! phone's would, through enrolment and exchange. Deliberately not here: HTTP, printing links, choosing a store.

pub mod campaigns;
pub mod county;
pub mod days;
pub mod dirt;
pub mod fill;
pub mod people;
pub mod phone;
pub mod plan;
pub mod seed;
pub mod tables;
pub mod units;
pub mod visits;
pub mod year;

/// The seed of the county that `zoufang demo` makes.
pub const SEED: u64 = 990_101;

#[cfg(test)]
mod tests;
