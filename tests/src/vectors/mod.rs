//! Vectors: files in `tests/vectors/` that Rust and TypeScript both read, so that both sides say the same.
//!
//! Always true: [`files`] gives the same bytes each time, except for signatures, which contain randomness; those that
//! stand in the files and still verify are kept. Deliberately not here: checking them; that is done by the cases, in
//! both languages, against the files as they are committed.

pub mod conditions;
pub mod documents;
pub mod registers;
pub mod signatures;
pub mod wire;
pub mod words;

use serde_json::Value;
use std::path::PathBuf;

/// Where the vectors stand.
pub fn folder() -> PathBuf {
    crate::repository().join("tests/vectors")
}

/// All files by name, as they should stand in the folder.
pub fn files() -> Vec<(&'static str, String)> {
    let files = [
        ("units.json", words::units()),
        ("canonical-json.json", words::canonical_values()),
        ("addresses.json", words::addresses()),
        ("wire.json", wire::vectors()),
        ("signatures.json", signatures::vectors(&read("signatures.json"))),
        ("match-digits.json", words::match_digits_of_codes()),
        ("chains.json", wire::chains()),
        ("documents.json", documents::vectors()),
        ("conditions.json", conditions::vectors()),
    ];
    files.into_iter().chain(registers::files()).map(|(name, value)| (name, laid_out(&value))).collect()
}

/// A committed file; null if it is not there yet.
pub fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(name)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Bytes as the vectors spell them: lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what [`hex`] wrote.
///
/// # Panics
/// If `text` is something else: a vector is damaged.
pub fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("vectors hold hexadecimal digits");
    (0..text.len()).step_by(2).map(digit).collect()
}

/// One line for each entry of a list, so that a difference shows the entry.
fn laid_out(value: &Value) -> String {
    let Value::Object(sections) = value else { return format!("{value}\n") };
    let sections: Vec<String> = sections
        .iter()
        .map(|(name, section)| match section {
            Value::Array(entries) => {
                let lines: Vec<String> = entries.iter().map(|entry| format!("    {entry}")).collect();
                format!("  {}: [\n{}\n  ]", Value::from(name.as_str()), lines.join(",\n"))
            }
            other => format!("  {}: {other}", Value::from(name.as_str())),
        })
        .collect();
    format!("{{\n{}\n}}\n", sections.join(",\n"))
}
