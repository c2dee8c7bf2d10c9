//! The files of the project as git knows them, and what a text is made of. Deliberately not here: rules.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// A source file.
pub(super) struct Source {
    /// From the project's folder.
    pub(super) path: String,
    /// All of it.
    pub(super) text: String,
}

/// Paths of all files that are, or could be, committed.
pub(super) fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .current_dir(zoufang_tests::repository())
        .args(["-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard"])
        .output()
        .expect("git is there: the project was fetched with it");
    let text = String::from_utf8(listed.stdout).expect("paths are UTF-8");
    let paths: BTreeSet<&str> = text.lines().filter(|path| zoufang_tests::repository().join(path).is_file()).collect();
    assert!(!paths.is_empty(), "git lists no files");
    paths.into_iter().map(str::to_owned).collect()
}

/// All files with one of these endings, without what is generated.
pub(super) fn sources(endings: &[&str]) -> Vec<Source> {
    let wanted = |path: &String| {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        endings.contains(&ending) && path != "pwa/src/shared/generated.ts"
    };
    paths().into_iter().filter(wanted).filter_map(source).collect()
}

fn source(path: String) -> Option<Source> {
    let text = std::fs::read_to_string(zoufang_tests::repository().join(&path)).ok()?;
    Some(Source { path, text })
}

impl Source {
    /// Whether the whole file is a test, or declared for tests alone.
    pub(super) fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let declared = format!("#[cfg(test)]\nmod {};", name.trim_end_matches(".rs"));
        let parent = std::path::Path::new(&self.path).with_file_name("mod.rs");
        let parent = std::fs::read_to_string(zoufang_tests::repository().join(parent)).unwrap_or_default();
        parent.contains(&declared)
            || self.path.starts_with("tests/cases/")
            || self.path.contains("/tests/")
            || name == "tests.rs"
            || name.ends_with("_tests.rs")
            || name.contains(".test.")
    }

    /// The part before the tests that stand in the same file.
    pub(super) fn product(&self) -> &str {
        self.text.find("\n#[cfg(test)]\nmod tests {").map_or(self.text.as_str(), |end| &self.text[..end])
    }

    /// Functions with their number of lines: from the line with the name to the brace under it. Good for formatted code.
    pub(super) fn functions(&self) -> Vec<(String, usize)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let is_rust = self.path.ends_with(".rs");
        let mut found = Vec::new();
        for (first, line) in lines.iter().enumerate() {
            let body = line.trim_start();
            let indent = &line[..line.len() - body.len()];
            let Some(name) = (if is_rust { rust_function(body) } else { script_function(body) }) else { continue };
            let end = format!("{indent}}}");
            let closes = |line: &&str| line.starts_with(&end);
            if let Some(length) = lines[first + 1..].iter().position(closes) {
                found.push((name, length + 2));
            }
        }
        found
    }
}

fn rust_function(line: &str) -> Option<String> {
    let is_comment = line.starts_with("//") || line.ends_with(';') || line.ends_with('}');
    let (before, after) = line.split_once("fn ")?;
    let words = ["pub", "pub(super)", "pub(crate)", "async", "const"];
    let is_function = before.split_whitespace().all(|word| words.contains(&word));
    (is_function && !is_comment).then(|| name_of(after))
}

fn script_function(line: &str) -> Option<String> {
    let line = line.trim_start_matches("export ").trim_start_matches("default ").trim_start_matches("async ");
    if let Some(rest) = line.strip_prefix("function ") {
        return Some(name_of(rest));
    }
    let is_arrow = line.starts_with("const ") && line.ends_with("=> {");
    if is_arrow {
        return Some(name_of(&line["const ".len()..]));
    }
    let is_method = line.ends_with(") {") || (line.contains("): ") && line.ends_with('{'));
    let words = ["if", "for", "while", "switch", "catch", "}", "return", "test(", "it(", "describe("];
    let is_statement = words.iter().any(|word| line.starts_with(word));
    (is_method && !is_statement).then(|| name_of(line))
}

fn name_of(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Fails with all complaints at once.
pub(super) fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
