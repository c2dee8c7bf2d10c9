//! The embedded store: journal and index.
