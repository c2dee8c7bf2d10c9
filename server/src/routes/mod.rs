//! One file a resource: what comes over HTTP is translated here and decided elsewhere.

pub mod app;
pub mod body;
pub mod probes;
pub mod problem;
pub mod secure;
