//! Durable bytes: the contract every store keeps, the embedded store (journal + index), and what the journal holds.

pub mod contract;
#[cfg(test)]
mod contract_tests;
pub mod disk;
pub mod embedded;
pub mod record;
