//! The server of Zoufang. See `README.md` for the rooms and which way data flows.

pub mod county;
pub mod demo;
pub mod store;
