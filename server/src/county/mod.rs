//! What the county sees, from rows alone.

pub mod view;
