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
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let raw = if plain { std::fs::read(Path::new(DIST).join(path)).ok()? } else { return None };
    let mut digest = DefaultHasher::new();
    raw.hash(&mut digest);
    Some(Asset { tag: format!("{:016x}", digest.finish()), raw: raw.into(), brotli: None })
}

/// What to show for a page while the app is not built.
pub(super) fn instead_of(path: &str) -> Option<String> {
    matches!(path, "index.html" | "county.html").then(|| {
        "<!doctype html><meta charset=utf-8><title>走访</title><p>网页还没有构建。请在 pwa 文件夹里运行:</p>\
         <p>The web app is not built yet. In the folder pwa run:</p><pre>npm ci\nnpm run build</pre>"
            .to_owned()
    })
}
