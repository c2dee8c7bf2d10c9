//! Conditions that wait for each other: fields of which none could ever be asked.
//!
//! Always true: a field does not depend on itself, neither at once nor over others, nor a member on what its own group waits
//! for. Deliberately not here: whether paths lead somewhere (`condition`).

use super::super::fault::{Faults, Node};
use super::super::path::resolved;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What members stand in; paths of an item's condition lead into the item first, those of a group's into the record.
struct Within<'p> {
    path: &'p str,
    is_item: bool,
}

/// Paths, each with its condition's place and the paths that it waits for.
type Waits<'v> = BTreeMap<String, (Node<'v>, Vec<String>)>;

pub(super) fn check(root: &Node<'_>, faults: &mut Faults) {
    let mut waits = Waits::new();
    if let Some(properties) = root.get("properties") {
        collect(&properties, &Within { path: "", is_item: false }, root.value, &mut waits);
    }
    for (path, (field, _)) in &waits {
        if leads_to(path, path, &waits, &mut BTreeSet::new()) {
            let zh = "x-when 绕了一圈又回到自己：这个字段永远不会问";
            let when = field.get("x-when").unwrap_or_else(|| field.clone());
            when.fault(faults, "when_round", zh, "the conditions lead back to this field: it would never be asked");
        }
    }
}

fn collect<'v>(properties: &Node<'v>, within: &Within<'_>, root: &'v Value, waits: &mut Waits<'v>) {
    for (name, node) in properties.members() {
        let field = Node { value: resolved(root, node.value), pointer: node.pointer };
        let path = if within.path.is_empty() { name.to_owned() } else { format!("{}.{name}", within.path) };
        let conditions = field.get("x-when");
        let wanted = conditions.iter().flat_map(Node::members).map(|(path, _)| path);
        let is_beside = |wanted: &str| properties.value.get(wanted.split('.').next().unwrap_or_default()).is_some();
        let absolute = |wanted: &str| {
            if within.is_item && is_beside(wanted) { format!("{}.{wanted}", within.path) } else { wanted.to_owned() }
        };
        let mut wanted: Vec<String> = wanted.map(absolute).collect();
        // A member is asked where its group is.
        wanted.extend((!within.path.is_empty()).then(|| within.path.to_owned()));
        let members = field.get("properties");
        let of_items = field.get("items").and_then(|items| items.get("properties"));
        waits.insert(path.clone(), (field, wanted));
        for (members, is_item) in [(members, false), (of_items, true)] {
            let within = Within { path: &path, is_item };
            members.iter().for_each(|members| collect(members, &within, root, waits));
        }
    }
}

fn leads_to(from: &str, target: &str, waits: &Waits<'_>, seen: &mut BTreeSet<String>) -> bool {
    let Some((_, wanted)) = waits.get(from) else { return false };
    wanted.iter().any(|path| path == target || (seen.insert(path.clone()) && leads_to(path, target, waits, seen)))
}
