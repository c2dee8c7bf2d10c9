//! Durable bytes: the contract every store keeps, and the embedded store (journal + index).

pub mod contract;
pub mod embedded;
