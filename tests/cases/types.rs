//! The web app's types are the server's types.

use zoufang_tests::generated_types::{path, typescript};

#[test]
fn generated_types_are_fresh() {
    let committed = std::fs::read_to_string(path()).unwrap_or_default();
    assert!(
        committed == typescript(),
        "pwa/src/shared/generated.ts is stale: cargo run -p zoufang-tests --bin generate-types"
    );
}
