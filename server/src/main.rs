//! Reads arguments, chooses a store, nothing else.
fn main() {}
