//! Documents tell the truth about paths, and the built app names no other host.

use super::sources::{none, sources};
use std::path::{Path, PathBuf};

/// Hosts whose names may stand in the built app, because nothing ever asks them.
const NAMED_HOSTS: [(&str, &str); 6] = [
    ("www.w3.org", "names of XML vocabularies"),
    ("vuejs.org", "texts of error messages"),
    ("element-plus.org", "texts of error messages"),
    ("json-schema.org", "names of vocabularies"),
    ("automerge.org", "texts of error messages"),
    ("github.com", "texts of error messages"),
];

#[test]
fn paths_that_documents_name_exist() {
    let root = zoufang_tests::repository();
    let mut complaints = Vec::new();
    for source in sources(&["md"]) {
        for path in named_paths(&source.text) {
            if !root.join(&path).exists() && !is_built(&path) {
                complaints.push(format!("{} names {path}", source.path));
            }
        }
        let folder = root.join(Path::new(&source.path).parent().unwrap_or(Path::new("")));
        for link in links(&source.text).into_iter().filter(|link| !folder.join(link).exists()) {
            complaints.push(format!("{} links to {link}", source.path));
        }
    }
    none(complaints);
}

/// What stands in backticks and begins with one of our folders.
fn named_paths(text: &str) -> Vec<String> {
    let tops = ["sync-protocol/", "server/", "pwa/", "tests/", ".ci/", ".cargo/"];
    let is_path = |piece: &&str| tops.iter().any(|top| piece.starts_with(top)) && !piece.contains(['*', '<', ' ', '…']);
    text.split('`').skip(1).step_by(2).filter(is_path).map(|piece| piece.trim_end_matches('/').to_owned()).collect()
}

fn is_built(path: &str) -> bool {
    path.starts_with("pwa/dist") || path.starts_with("pwa/node_modules")
}

/// Targets of links that are neither addresses nor places in the same page.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_file = |target: &&str| !target.contains("://") && !target.starts_with('#') && !target.is_empty();
    targets.filter(is_file).map(|target| target.split('#').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_built_app_names_no_other_host() {
    let built = zoufang_tests::repository().join("pwa/dist");
    if !built.exists() {
        println!("pwa/dist is not built: nothing to look at");
        return;
    }
    let mut complaints = Vec::new();
    for file in files_below(&built) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        for scheme in ["http://", "https://", "ws://", "wss://"] {
            for (at, _) in text.match_indices(scheme) {
                let host: String = text[at + scheme.len()..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
                    .collect();
                if host.contains('.') && !NAMED_HOSTS.iter().any(|(named, _)| *named == host) {
                    complaints.push(format!("{}: {scheme}{host}", file.display()));
                }
            }
        }
    }
    none(complaints);
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder was just there").flatten() {
        if entry.path().is_dir() { files.extend(files_below(&entry.path())) } else { files.push(entry.path()) }
    }
    files
}

#[test]
fn the_search_for_paths_finds_them() {
    let text =
        "see `server/src/main.rs`, `visit/990101103200` and [this](PROTOCOL.md#x) or [that](https://example.org)";
    assert_eq!(named_paths(text), ["server/src/main.rs"]);
    assert_eq!(links(text), ["PROTOCOL.md"]);
}
