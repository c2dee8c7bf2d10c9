//! Writes `tests/vectors/`. Deliberately not here: what stands in them.

use zoufang_tests::vectors::{files, folder};

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(folder())?;
    for (name, text) in files() {
        std::fs::write(folder().join(name), text)?;
        println!("{name}");
    }
    Ok(())
}
