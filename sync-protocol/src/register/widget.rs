//! Which component fits which type, and the words of choices.
//!
//! Always true: each value of an `enum` has a word in both languages. Deliberately not here: other hints.

use super::fault::{Faults, Node};
use super::field::{check_members, label_of};
use super::path::{Scope, allows, resolved};
use super::sentence::check_sentence;
use crate::roster::LISTS;
use serde_json::Value;

/// Checks that `widget` is known and fits the schema at `node`; false where it is unknown.
pub(super) fn check(widget: &str, node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> bool {
    let wanted = match widget {
        "choice" | "date" | "month" | "batch" | "text" | "long_text" | "phone" | "code" | "unit" => "string",
        "number" | "money" => "integer",
        "switch" => "boolean",
        "choices" | "participants" | "items" | "staff" | "photos" => "array",
        "group" | "person" | "gift" | "checklist" => "object",
        "hidden" => return true,
        _ => {
            let (zh, en) = (format!("没有“{widget}”这种组件"), format!("there is no component “{widget}”"));
            node.fault(faults, "widget_unknown", &zh, &en);
            return false;
        }
    };
    if !allows(node.value, wanted) {
        let zh = format!("“{widget}”的值必须是 {wanted}");
        node.fault(faults, "widget_type", &zh, &format!("values of “{widget}” must be of type {wanted}"));
    }
    match widget {
        "choice" => check_choices(node, None, faults),
        "choices" => check_choices(node, node.get("items"), faults),
        "checklist" if node.get("x-list").is_none() => {
            node.fault(faults, "list_missing", "清单要写 x-list", "a checklist needs x-list");
        }
        "group" => check_members(node, scope, faults),
        "items" | "participants" => check_items(node, scope, faults),
        _ => {}
    }
    true
}

fn check_choices(node: &Node<'_>, items: Option<Node<'_>>, faults: &mut Faults) {
    let has = |key: &str| node.get(key).is_some() || items.as_ref().is_some_and(|items| items.get(key).is_some());
    if has("enum") == has("x-list") {
        let zh = "要写 enum 或 x-list，只写一个";
        node.fault(faults, "choices_missing", zh, "this needs either enum or x-list");
    }
}

fn check_items(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    let Some(items) = node.needed("items", faults) else { return };
    let items = Node { value: resolved(scope.root, items.value), pointer: items.pointer };
    check_members(&items, scope.of_item(items.value), faults);
    check_sentence(&items, scope.of_item(items.value), faults);
}

/// Words for the values of `enum`, here and in the items of a list of choices, and the id of a list.
pub(super) fn check_options(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) {
    check_own_options(node, node.get("x-options"), faults);
    if let Some(items) = node.get("items").filter(|items| items.get("properties").is_none()) {
        let items = Node { value: resolved(scope.root, items.value), pointer: items.pointer };
        let options = items.get("x-options").or_else(|| node.get("x-options"));
        check_own_options(&items, options, faults);
    }
    // What a component draws by itself has no hints of its own but words for its choices.
    if !matches!(node.value["x-widget"].as_str(), Some("group" | "items" | "participants")) {
        for (_, member) in node.get("properties").iter().flat_map(Node::members) {
            check_options(&member, scope, faults);
        }
    }
    if let Some(list) = node.get("x-list")
        && !list.value.as_str().is_some_and(|list| LISTS.contains(&list))
    {
        let (zh, en) = (format!("县里的清单只有 {}", LISTS.join("、")), format!("the lists are {}", LISTS.join(", ")));
        list.fault(faults, "list_unknown", &zh, &en);
    }
}

fn check_own_options(node: &Node<'_>, options: Option<Node<'_>>, faults: &mut Faults) {
    let Some(values) = node.get("enum") else { return };
    for value in values.items().iter().filter(|value| !value.value.is_null()) {
        let Value::String(word) = value.value else {
            value.fault(faults, "option_not_text", "选项要写文字", "a choice is text");
            continue;
        };
        match options.as_ref().and_then(|options| options.get(word)) {
            Some(label) => drop(label_of(&label, faults)),
            None => {
                let (zh, en) = (format!("“{word}”没有 x-options 名称"), format!("“{word}” has no word in x-options"));
                value.fault(faults, "option_label_missing", &zh, &en);
            }
        }
    }
    for (word, label) in options.iter().flat_map(Node::members) {
        if !values.items().iter().any(|value| value.value == word) {
            let (zh, en) = (format!("enum 里没有“{word}”"), format!("“{word}” is not in enum"));
            label.fault(faults, "option_unknown", &zh, &en);
        }
    }
}
