//! Writes `pwa/src/shared/generated.ts`. Deliberately not here: what stands in it.

use std::path::Path;
use zoufang_tests::generated_types::{path, typescript};

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(path().parent().unwrap_or(Path::new(".")))?;
    std::fs::write(path(), typescript())?;
    println!("{}", path().display());
    Ok(())
}
