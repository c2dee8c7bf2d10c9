//! One record of a document that has moved: what its fields say, who may say it, what happened to it.
//!
//! Always true: all of it follows from the record's writes, their authors and the tables at this place of the journal.
//! Deliberately not here: what spans records (`doubles`), and what needs a person (`matters`).

pub mod held;
pub mod history;
pub mod privilege;
pub mod row;
pub mod worth;
