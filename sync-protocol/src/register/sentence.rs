//! Checks of sentences: what is read before it is confirmed.
//!
//! Always true: each alternative has both languages, and what it names is there. Deliberately not here: saying them,
//! which the phone does.

use super::condition::Condition;
use super::fault::{Faults, Node};
use super::path::Scope;

/// Checks `x-sentence`.
pub(super) fn check_sentence(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    let Some(parts) = root.get("x-sentence") else { return };
    parts.must_be(parts.value.is_array(), "列表", "a list", faults);
    for part in parts.items() {
        part.must_be(part.value.is_array(), "说法的列表", "a list of alternatives", faults);
        part.items().iter().for_each(|alternative| check_alternative(alternative, scope, faults));
    }
}

fn check_alternative(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    if let Some(when) = node.get("when") {
        Condition::read(&when, scope, faults);
    }
    for language in ["zh", "en"] {
        let Some(text) = node.needed(language, faults) else { continue };
        for path in text.text(faults).into_iter().flat_map(named) {
            scope.lookup(&text, path, faults);
        }
    }
}

/// What stands in braces, without the sign for a number of items.
fn named(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(path, _)| path.trim_end_matches('#'))
}
