//! Writes `tests/vectors/`. Deliberately not here: what stands in them.

use zoufang_tests::vectors::{files, folder};

fn main() -> std::io::Result<()> {
    for (name, text) in files() {
        let file = folder().join(name);
        std::fs::create_dir_all(file.parent().expect("the file is named below the folder"))?;
        std::fs::write(file, text)?;
        println!("{name}");
    }
    Ok(())
}
