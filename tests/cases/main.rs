//! Promises of the whole: the table of contents. One binary, so that linking stays quick.

mod bad_input;
mod convergence;
mod schema_break;
mod tidy;
mod types;
mod vectors;
