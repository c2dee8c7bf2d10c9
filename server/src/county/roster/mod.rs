//! The county's roster and batch lists from its own spreadsheets: what a file says, and what taking it would change.
//!
//! Plug in: [`columns::guess`] reads headings, [`file::Reader`] makes people of rows, [`compare::compare`] finds the three-way
//! difference between the last import, later corrections here, and the file; [`undo::undo`] turns an import back.
//!
//! Always true: an empty cell says nothing, and so does a column that is not there; what was corrected here stays unless a
//! person decides otherwise; people who are missing are looked for only in villages that the file names, so that a
//! township's list cannot empty another's. A person keeps their reference over all imports. Deliberately not here:
//! writing anything down (`intake`), and the lists of campaigns, which follow.

pub mod candidates;
pub mod category;
pub mod columns;
pub mod compare;
pub mod fields;
pub mod file;
pub mod identity;
pub mod known;
pub mod people;
pub mod standing;
pub mod undo;

#[cfg(test)]
mod tests;
