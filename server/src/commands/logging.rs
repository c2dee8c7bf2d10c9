//! The log: one JSON object a line on standard error.
//!
//! Always true: a line carries ids, codes and numbers, never names, notes or bodies. Deliberately not here: what is
//! counted (`metrics.rs`).

use tracing_subscriber::EnvFilter;

/// Without `ZOUFANG_LOG`: our own words from `info` on, of others only warnings.
const USUAL: &str = "warn,zoufang_server=info,zoufang=info";

/// Starts logging. A second call changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_env("ZOUFANG_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr);
    // Only a test can have started it before.
    let _ = log.try_init();
}
