//! The server of Zoufang. See `README.md` for the rooms and which way data flows.

pub mod access;
pub mod admission;
pub mod commands;
pub mod config;
pub mod county;
pub mod demo;
pub mod fold;
pub mod intake;
pub mod metrics;
pub mod photos;
pub mod routes;
pub mod rows;
pub mod serve;
pub mod sheets;
pub mod store;
