//! What the county sees, from rows alone. It has never seen a document.
//!
//! Always true: every answer is filtered by the unit that was asked for, and nothing here writes.

pub mod access;
pub mod coverage;
pub mod identity;
pub mod measures;
pub mod queue;
pub mod records;
pub mod report;
pub mod view;

use crate::store::contract::StoreError;

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
