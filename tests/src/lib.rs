//! The harness: simulated phones, the real server as a process, faults on the way between them, vectors and measures.
//!
//! Always true: randomness is seeded, and who waits says for what. Deliberately not here: the promises themselves; they
//! stand in `tests/cases/`.

pub mod bed;
pub mod county;
pub mod desk;
pub mod generated_types;
pub mod http;
pub mod measured;
pub mod measures;
pub mod memory;
pub mod model;
pub mod process;
pub mod proxy;
pub mod station;
pub mod vectors;
pub mod workbook;

use std::path::PathBuf;

/// The folder of the whole project.
pub fn repository() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the crate stands in the project's folder").to_owned()
}
