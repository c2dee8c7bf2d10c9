//! Steps: who acts in turn.
//!
//! Always true: a step is done when the first of its fields has a value; the first that is not done and whose condition
//! holds is the one that waits. Deliberately not here: who wrote a field, which only the county can know.

use super::condition::{Condition, exists, read_level};
use super::fault::{Faults, Node};
use super::field::read_label;
use super::path::Scope;
use crate::document::is_plain_id;
use crate::record::Record;
use crate::roster::Label;
use crate::unit::Level;

/// The state of a record whose steps are all done.
pub const STATE_DONE: &str = "done";

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// `report`.
    pub id: String,
    /// Who acts.
    pub by: Level,
    /// What the step is called.
    pub label: Label,
    /// What its button says.
    pub button: Label,
    /// Its fields; the first decides whether it is done.
    pub fields: Vec<String>,
    /// When there is such a step at all.
    pub when: Condition,
}

impl Step {
    /// Whether it is done in `record`.
    pub fn is_done(&self, record: &Record) -> bool {
        self.fields.first().is_some_and(|field| exists(record.get(field)))
    }

    fn read(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Option<Self> {
        let id = node.needed("id", faults)?;
        let name = id.text(faults)?;
        if !is_plain_id(name) {
            id.fault(faults, "name_malformed", "只能用字母、数字、“-”和“_”", "letters, digits, - and _ only");
        }
        let by = node.needed("by", faults).and_then(|by| read_level(&by, faults));
        let label = read_label(node, "label", faults);
        let button = read_label(node, "button", faults);
        let fields = node.needed("fields", faults).map(|list| read_names(&list, scope, faults));
        let when = node.get("when").map(|when| Condition::read(&when, scope, faults)).unwrap_or_default();
        Some(Self { id: name.to_owned(), by: by?, label, button, fields: fields?, when })
    }
}

/// Names of fields of the record, at least one.
pub(super) fn read_names(node: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Vec<String> {
    let items = node.items();
    node.must_be(!items.is_empty(), "字段名的列表", "a list of names of fields", faults);
    let mut names = Vec::new();
    for item in items {
        let Some(name) = item.text(faults) else { continue };
        if scope.root["properties"].get(name).is_none() {
            let (zh, en) = (format!("没有“{name}”这个字段"), format!("no field has the name “{name}”"));
            item.fault(faults, "path_unknown", &zh, &en);
        }
        names.push(name.to_owned());
    }
    names
}

pub(super) fn read_steps(root: &Node<'_>, scope: Scope<'_>, faults: &mut Faults) -> Vec<Step> {
    let Some(list) = root.get("x-steps") else { return Vec::new() };
    list.must_be(list.value.is_array(), "步骤的列表", "a list of steps", faults);
    let mut steps: Vec<Step> = Vec::new();
    for node in list.items() {
        let Some(step) = Step::read(&node, scope, faults) else { continue };
        if steps.iter().any(|known| known.id == step.id) {
            node.fault(faults, "name_twice", "这个步骤已经有了", "there is a step of this id already");
        }
        steps.push(step);
    }
    steps
}
