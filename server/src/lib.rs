//! The server of Zoufang. See `README.md` for the rooms and which way data flows.

pub mod commands;
pub mod config;
pub mod county;
pub mod metrics;
pub mod routes;
pub mod serve;
pub mod store;
