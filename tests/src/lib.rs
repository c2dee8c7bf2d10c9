//! The harness: simulated phones, the real server as a process, faults on the way between them, vectors and measures.
//!
//! Always true: nothing here sleeps to wait for something, and all randomness is seeded. Deliberately not here: the
//! promises themselves; they stand in `tests/cases/`.

pub mod generated_types;
pub mod vectors;

use std::path::PathBuf;

/// The folder of the whole project.
pub fn repository() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the crate stands in the project's folder").to_owned()
}
