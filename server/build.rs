//! Builds the web app for release builds. (Filled in by the serving room.)
fn main() {}
