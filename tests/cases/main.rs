//! Promises of the whole: the table of contents. One binary, so that linking stays quick.

mod tidy;
mod types;
mod vectors;
