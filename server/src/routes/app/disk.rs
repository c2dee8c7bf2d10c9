//! The app as it stands in `pwa/dist`, for debug builds.
//!
//! Always true: a path with anything but plain names in it finds nothing. Never part of a release build: it knows where
//! the sources are.

use super::Asset;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Component, Path};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../pwa/dist");

pub(super) fn find(path: &str) -> Option<Asset> {
    let raw = read(Path::new(DIST), path)?;
    let mut digest = DefaultHasher::new();
    raw.hash(&mut digest);
    Some(Asset { tag: format!("{:016x}", digest.finish()), raw: raw.into(), brotli: None })
}

fn read(folder: &Path, path: &str) -> Option<Vec<u8>> {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    if plain { std::fs::read(folder.join(path)).ok() } else { None }
}

/// What to show for a page while the app is not built.
pub(super) fn instead_of(path: &str) -> Option<String> {
    matches!(path, "index.html" | "county.html").then(|| {
        "<!doctype html><meta charset=utf-8><title>走访</title><p>网页还没有构建。请在 pwa 文件夹里运行：</p>\
         <p>The web app is not built yet. In the folder pwa run:</p><pre>npm ci\nnpm run build</pre>"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_beside_the_app_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        std::fs::create_dir(&dist).unwrap();
        std::fs::write(dist.join("index.html"), "app").unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        assert!(read(&dist, "index.html").is_some());
        assert!(read(&dist, "../secret").is_none());
        assert!(read(&dist, folder.path().join("secret").to_str().unwrap()).is_none());
    }
}
