//! What the county workbench is shown: the JSON of `/api/county/…` and `/api/report/…`, with TypeScript generated from it.
//!
//! Always true: money is integer fen, dates are `YYYY-MM-DD`, times are milliseconds since 1970, units are 6, 9 or 12
//! digits. Deliberately not here: how any of it is computed.

mod access;
mod campaigns;
mod coverage;
mod failure;
mod matters;
mod pages;
mod people;
mod records;
mod registers;
mod report;
mod roster;
mod units;

pub use access::*;
pub use campaigns::*;
pub use coverage::*;
pub use failure::*;
pub use matters::*;
pub use pages::*;
pub use people::*;
pub use records::*;
pub use registers::*;
pub use report::*;
pub use roster::*;
pub use units::*;
