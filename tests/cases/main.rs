//! Promises of the whole: the table of contents. One binary, so that linking stays quick.
//!
//! Cases above the line look at rules and need no server; those below start the real one.

#![allow(clippy::unwrap_used, reason = "everything here is a test, what its functions call too")]

mod convergence;
mod parked;
mod registers;
mod schema_break;
mod tidy;
mod types;
mod vectors;

mod bad_input;
mod county;
mod kill;
mod newcomer;
mod people;
mod photos;
mod year;
