//! Promises of the whole: the table of contents. One binary, so that linking stays quick.

mod types;
mod vectors;
