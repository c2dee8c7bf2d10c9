//! Durable bytes: the contract every store keeps, and the embedded store (journal + index).

pub mod contract;
#[cfg(test)]
mod contract_tests;
pub mod embedded;
