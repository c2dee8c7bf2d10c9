//! Turns what the journal holds into rows, and publishes it.
//!
//! One thread (the [`projector`]) takes every durable record in order of position and applies what it means to the
//! index. **Always true:** the index is a function of the journal, so that rebuilding gives the same rows, byte for
//! byte; a chunk reaches feeds only after it was admitted and folded without fault. Deliberately not here: who may
//! write (`access`), and answering questions about rows (`county`).

pub mod author;
pub mod document;
pub mod doubles;
pub mod graph;
pub mod matter_rows;
pub mod matters;
pub mod project;
pub mod projector;
pub mod publish;
pub mod record;
pub mod settle;
pub mod tables;
pub mod verdicts;
mod work;

use crate::store::contract::StoreError;

/// Why a record could not be folded. Each means that the store or this build is at fault, never a phone.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A journal record that this build cannot read.
    #[error("journal record {position}: {reason}")]
    Unreadable {
        /// Where.
        position: u64,
        /// Why.
        reason: String,
    },
}
