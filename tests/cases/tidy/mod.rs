//! The house is tidy: what the rules say of files, sizes, names and the direction of dependencies holds.

mod directions;
mod documents;
mod sources;

use sources::{none, paths, sources};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of a file, without its tests.
const FILE_LINES_MAX: usize = 400;
/// Lines of a function.
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of a component; with a reason in its header, up to [`COMPONENT_LINES_WITH_REASON`].
const COMPONENT_LINES_MAX: usize = 200;
const COMPONENT_LINES_WITH_REASON: usize = 300;
/// Modules in a folder.
const MODULES_MAX: usize = 15;

#[test]
fn files_begin_with_a_header() {
    let has_header = |path: &str, text: &str| match path.rsplit('.').next() {
        Some("rs") => text.starts_with("//! "),
        Some("vue") => text.starts_with("<!--") || text.starts_with("<script setup lang=\"ts\">\n//"),
        _ => text.starts_with("// ") || text.starts_with("/*") || text.starts_with("#!"),
    };
    let endings = ["rs", "ts", "mjs", "vue"];
    let bare = sources(&endings).into_iter().filter(|source| !has_header(&source.path, &source.text));
    none(bare.map(|source| format!("{}: no header", source.path)).collect());
}

#[test]
fn files_are_short() {
    let mut complaints = Vec::new();
    for source in sources(&["rs", "ts", "mjs", "vue"]) {
        let lines = source.product().lines().count();
        let has_reason = source.text.lines().take(12).any(|line| line.contains("long because"));
        let limit = match (source.path.ends_with(".vue"), has_reason) {
            (true, true) => COMPONENT_LINES_WITH_REASON,
            (true, false) => COMPONENT_LINES_MAX,
            (false, _) => FILE_LINES_MAX,
        };
        if lines > limit {
            complaints.push(format!("{}: {lines} lines, at most {limit}", source.path));
        }
    }
    none(complaints);
}

#[test]
fn functions_are_short() {
    let mut complaints = Vec::new();
    let mut functions = 0;
    for source in sources(&["rs", "ts", "mjs", "vue"]) {
        for (name, lines) in source.functions() {
            functions += 1;
            if lines > FUNCTION_LINES_MAX {
                complaints.push(format!("{}: {name} has {lines} lines, at most {FUNCTION_LINES_MAX}", source.path));
            }
        }
    }
    assert!(functions > 100, "only {functions} functions were found: the search is broken");
    none(complaints);
}

#[test]
fn nothing_is_a_drawer() {
    let words = ["utils", "util", "helpers", "helper", "manager", "common"];
    let mut complaints = Vec::new();
    for path in paths() {
        let pieces = path.split(['/', '.', '-', '_']);
        complaints.extend(pieces.filter(|piece| words.contains(piece)).map(|piece| format!("{path}: {piece}")));
    }
    for source in sources(&["rs", "ts", "vue"]) {
        for line in source.text.lines() {
            let mut declared = line.split_whitespace().skip_while(|word| !is_declaration(word)).skip(1);
            let Some(name) = declared.next() else { continue };
            if ["Utils", "Helper", "Helpers", "Manager"]
                .iter()
                .any(|word| name.trim_end_matches(['{', '<']).ends_with(word))
            {
                complaints.push(format!("{}: {name}", source.path));
            }
        }
    }
    none(complaints);
}

fn is_declaration(word: &str) -> bool {
    ["struct", "enum", "trait", "class", "interface", "mod"].contains(&word)
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut complaints = Vec::new();
    for source in sources(&["rs"]).into_iter().filter(|source| !source.is_test()) {
        for (number, line) in source.product().lines().enumerate() {
            if line.contains(concat!(".unwrap", "()")) && !line.trim_start().starts_with("//") {
                complaints.push(format!("{}:{}: {}", source.path, number + 1, line.trim()));
            }
        }
    }
    none(complaints);
}

#[test]
fn folders_hold_few_modules() {
    let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources(&["rs", "ts", "vue"]) {
        let pieces: Vec<&str> = source.path.split('/').collect();
        for depth in 1..pieces.len() {
            // The root of a crate is no module of it.
            if !matches!(pieces[depth], "lib.rs" | "main.rs") {
                folders.entry(pieces[..depth].join("/")).or_default().insert(pieces[depth].to_owned());
            }
        }
    }
    let full = folders.into_iter().filter(|(_, modules)| modules.len() > MODULES_MAX);
    none(full.map(|(folder, modules)| format!("{folder}: {} modules, at most {MODULES_MAX}", modules.len())).collect());
}

#[test]
fn the_top_level_holds_only_the_house() {
    let allowed = ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "sync-protocol", "server", "pwa", "tests"];
    let tops: BTreeSet<String> = paths().iter().filter_map(|path| path.split('/').next().map(str::to_owned)).collect();
    let strangers = tops.into_iter().filter(|top| !top.starts_with('.') && !allowed.contains(&top.as_str()));
    none(strangers.map(|top| format!("{top} stands at the top level")).collect());
}

#[test]
fn no_file_names_a_registry_or_a_machine() {
    // Lock files name packages and digests; where they come from is each machine's own affair.
    let words = [concat!("\"resolved", "\": \"http"), concat!("/home", "/"), concat!("/root", "/")];
    let mut complaints = Vec::new();
    for path in paths().into_iter().filter(|path| path != "Cargo.lock") {
        let Ok(text) = std::fs::read_to_string(zoufang_tests::repository().join(&path)) else { continue };
        complaints.extend(words.iter().filter(|word| text.contains(**word)).map(|word| format!("{path}: {word}")));
    }
    none(complaints);
}
