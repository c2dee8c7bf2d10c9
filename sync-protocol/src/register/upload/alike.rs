//! What phone and server would not read alike, though each takes it: regular expressions beyond the plain ones, and `format`.
//!
//! Plug in: [`faults`] looks at a file that is to come in.
//!
//! Always true: a pattern that passes means the same to the server's engine and to ECMA-262 with the flag `u`; one that a
//! phone cannot read would stop that phone. Deliberately not here: patterns that neither can read (`parse`).

use super::super::fault::{Faults, Node, RegisterFault, RegisterFaults};

/// Signs that may stand behind a backslash.
const ESCAPED: &str = ".*+?()[]{}|^$/\\";

/// What would not be read alike; empty for a good file.
pub fn faults(schema: &serde_json::Value) -> Vec<RegisterFault> {
    let mut faults = Faults::default();
    look(&Node::root(schema), &mut faults);
    RegisterFaults::from(faults).0
}

fn look(node: &Node<'_>, faults: &mut Faults) {
    for (key, member) in node.members() {
        match key {
            // These hold values and names, not schemas.
            "enum" | "const" | "x-options" | "x-default" => {}
            "pattern" => check(member.value.as_str().unwrap_or_default(), &member, faults),
            "format" if member.value.is_string() => {
                let zh = "不用 format：手机和县里判断不一样，请用 pattern";
                member.fault(
                    faults,
                    "format_refused",
                    zh,
                    "phones and the county judge format differently; use pattern",
                );
            }
            "patternProperties" => {
                for (pattern, schema) in member.members() {
                    check(pattern, &schema, faults);
                    look(&schema, faults);
                }
            }
            "properties" => member.members().iter().for_each(|(_, field)| look(field, faults)),
            _ => look(&member, faults),
        }
    }
    node.items().iter().for_each(|item| look(item, faults));
}

fn check(pattern: &str, node: &Node<'_>, faults: &mut Faults) {
    if !is_plain(pattern) {
        let zh = "这个 pattern 手机读不了：只用普通写法，如 [0-9]，不用 \\d、\\w、(?i)";
        node.fault(
            faults,
            "pattern_not_plain",
            zh,
            "phones cannot read this pattern: plain ones alone, as [0-9]; no \\d, \\w, (?i)",
        );
    }
}

fn is_plain(pattern: &str) -> bool {
    let signs: Vec<char> = pattern.chars().collect();
    let (mut at, mut in_class) = (0, false);
    while let Some(sign) = signs.get(at) {
        let rest = &signs[at + 1..];
        let next = rest.first().copied();
        at += match sign {
            '\\' if next.is_some_and(|next| ESCAPED.contains(next)) => 2,
            '\\' => return false,
            ']' if in_class => {
                in_class = false;
                1
            }
            // Sets of sets mean nothing to a phone.
            '[' | '&' | '~' if in_class && (*sign == '[' || next == Some(*sign)) => return false,
            '-' if in_class && next == Some('-') => return false,
            _ if in_class => 1,
            '[' => {
                in_class = true;
                1
            }
            '(' if next == Some('?') && rest.get(1) != Some(&':') => return false,
            '{' => match repeated(rest) {
                Some(length) => length + 2,
                None => return false,
            },
            ']' | '}' => return false,
            _ => 1,
        };
    }
    !in_class
}

/// Length of what stands before the closing brace of `{2}`, `{2,}`, `{2,4}`.
fn repeated(rest: &[char]) -> Option<usize> {
    let length = rest.iter().position(|sign| *sign == '}')?;
    let is_count = rest[..length].first().is_some_and(char::is_ascii_digit)
        && rest[..length].iter().all(|sign| sign.is_ascii_digit() || *sign == ',')
        && rest[..length].iter().filter(|sign| **sign == ',').count() <= 1;
    is_count.then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn plain_patterns_pass_and_others_do_not() {
        for good in
            ["^[0-9]{4}-(0[1-9]|1[0-2])$", "^(?:ab|c)+$", "^[A-Z-]{2,}$", "\\+08:00", "一二?三*", "^[^a-z]$", ""]
        {
            assert!(is_plain(good), "{good}");
        }
        for bad in [
            "(?i)^a$", "\\d+", "^\\-", "\\p{Han}", "[a&&b]", "[[a]b]", "(?=a)", "(?<n>a)", "a{x}", "a}", "a]", "[a",
            "[a--b]",
        ] {
            assert!(!is_plain(bad), "{bad}");
        }
    }

    #[test]
    fn each_is_named_with_its_place_wherever_it_stands() {
        let schema = json!({
            "properties": {
                "format": {"type": "string", "pattern": "^[0-9]+$"},
                "pattern": {"type": "string", "format": "date"},
                "parts": {"items": {"properties": {"no": {"pattern": "\\d"}}}},
            },
            "patternProperties": {"(?i)x": {"type": "object"}},
            "allOf": [{"properties": {"a": {"pattern": "(?i)a"}}}],
        });
        let found: Vec<(String, String)> =
            faults(&schema).into_iter().map(|fault| (fault.pointer, fault.code)).collect();
        let wanted = [
            ("/allOf/0/properties/a/pattern", "pattern_not_plain"),
            ("/patternProperties/(?i)x", "pattern_not_plain"),
            ("/properties/parts/items/properties/no/pattern", "pattern_not_plain"),
            ("/properties/pattern/format", "format_refused"),
        ];
        let mut found = found;
        found.sort();
        assert_eq!(found, wanted.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }
}
