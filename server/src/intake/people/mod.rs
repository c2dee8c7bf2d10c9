//! Who serves stations, and their phones: codes, approvals, hand-overs, withdrawals, and work that waits for the county
//! because somebody moved.
//!
//! Always true: one change after the other, each on what the one before left, and each with its audit entry; what is
//! answered as done is in force. Deliberately not here: who may ask (`routes/county/rules.rs`).

mod codes;
mod held;
mod phones;
mod stations;

pub use codes::SheetCode;
pub use stations::LINE_ENDS;
