//! What the county must list, found a second time and by another way: from what the test itself wrote.
//!
//! Always true: nothing here reads an Automerge document or asks the server. For each change the model knows which changes its
//! writer had seen; a clash is a set of writes to one field none of which saw another, with differing values. Deliberately not
//! here: doing the writing.

use automerge::ChangeHash;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use zoufang_server::county::view::{Matter, MatterKind};
use zoufang_sync_protocol::record::{Record, VOID_REASON};

/// One field written by one change.
#[derive(Debug, Clone)]
struct Write {
    change: ChangeHash,
    record: String,
    field: String,
    value: Value,
}

/// A matter as far as the model knows it: kind, record, field, sides by change.
pub(super) type Listed = (MatterKind, String, String, BTreeMap<String, Value>);

/// See the module's header.
#[derive(Default)]
pub(super) struct Model {
    writes: Vec<Write>,
    seen_by: BTreeMap<ChangeHash, BTreeSet<ChangeHash>>,
}

impl Model {
    /// Remembers what `change` wrote, made at `heads` over a record that looked like `before`.
    pub(super) fn wrote(
        &mut self,
        change: ChangeHash,
        heads: &[ChangeHash],
        record: &str,
        before: &Record,
        after: &Record,
    ) {
        let mut seen: BTreeSet<ChangeHash> = heads.iter().copied().collect();
        for head in heads {
            seen.extend(self.seen_by.get(head).into_iter().flatten());
        }
        self.seen_by.insert(change, seen);
        let changed = after.iter().filter(|(field, value)| before.get(*field) != Some(value));
        self.writes.extend(changed.map(|(field, value)| Write {
            change,
            record: record.to_owned(),
            field: field.clone(),
            value: value.clone(),
        }));
    }

    /// All changes that were made.
    pub(super) fn changes(&self) -> impl Iterator<Item = &ChangeHash> {
        self.seen_by.keys()
    }

    /// What must be listed, doubles apart.
    pub(super) fn matters(&self) -> Vec<Listed> {
        let fields: BTreeSet<(&str, &str)> =
            self.writes.iter().map(|write| (write.record.as_str(), write.field.as_str())).collect();
        let mut listed = Vec::new();
        for (record, field) in fields {
            let of_field = |write: &&Write| write.record == record && write.field == field;
            let writes: Vec<&Write> = self.writes.iter().filter(of_field).collect();
            self.list_field(&writes, &mut listed);
            if field == VOID_REASON {
                self.list_voids(&writes, &mut listed);
            }
        }
        listed.sort_by_key(|(kind, record, field, sides)| (record.clone(), field.clone(), *kind, format!("{sides:?}")));
        listed
    }

    fn has_seen(&self, later: &Write, earlier: &Write) -> bool {
        self.seen_by[&later.change].contains(&earlier.change)
    }

    /// Those that none of the others has seen.
    fn newest<'w>(&self, writes: &[&'w Write]) -> Vec<&'w Write> {
        let is_covered = |write: &Write| writes.iter().any(|later| self.has_seen(later, write));
        writes.iter().copied().filter(|write| !is_covered(write)).collect()
    }

    fn list_field(&self, writes: &[&Write], listed: &mut Vec<Listed>) {
        let mut add = |kind: MatterKind, sides: Vec<&Write>| {
            if sides.iter().any(|side| side.value != sides[0].value) {
                let values = sides.iter().map(|side| (side.change.to_string(), side.value.clone())).collect();
                let matter = (kind, sides[0].record.clone(), sides[0].field.clone(), values);
                if !listed.contains(&matter) {
                    listed.push(matter);
                }
            }
        };
        add(MatterKind::Conflict, self.newest(writes));
        for write in writes {
            let seen: Vec<&Write> = writes.iter().copied().filter(|earlier| self.has_seen(write, earlier)).collect();
            add(MatterKind::OverwrittenUnseen, self.newest(&seen));
        }
    }

    /// Whether whoever voided had the edit's value before them, from another change: equal values are no clash.
    fn is_shown(&self, void: &Write, edit: &Write) -> bool {
        let is_of_field = |write: &&Write| write.record == edit.record && write.field == edit.field;
        let is_before = |write: &&Write| write.change == void.change || self.has_seen(void, write);
        let seen: Vec<&Write> = self.writes.iter().filter(is_of_field).filter(is_before).collect();
        self.newest(&seen).iter().any(|write| write.value == edit.value)
    }

    fn list_voids(&self, voids: &[&Write], listed: &mut Vec<Listed>) {
        for void in voids.iter().filter(|void| !void.value.is_null()) {
            let mut sides = BTreeMap::from([(void.change.to_string(), json!({ VOID_REASON: void.value }))]);
            let is_side = |edit: &&Write| {
                edit.record == void.record
                    && edit.field != VOID_REASON
                    && edit.change != void.change
                    && !self.has_seen(edit, void)
                    && !self.has_seen(void, edit)
                    && !self.is_shown(void, edit)
            };
            for edit in self.writes.iter().filter(is_side) {
                let fields = sides.entry(edit.change.to_string()).or_insert_with(|| json!({}));
                fields[&edit.field] = edit.value.clone();
            }
            if sides.len() > 1 {
                listed.push((MatterKind::VoidAgainstEdit, void.record.clone(), VOID_REASON.to_owned(), sides));
            }
        }
    }
}

/// Open matters of the county in the model's words, doubles apart.
pub(super) fn listed(matters: &[Matter]) -> Vec<Listed> {
    let mut listed: Vec<Listed> = matters
        .iter()
        .filter(|matter| matter.kind != MatterKind::Double)
        .map(|matter| {
            let sides = matter.values.iter().map(|value| (value.id.clone(), value.value.clone())).collect();
            (matter.kind, matter.record_ids.join(" "), matter.field.clone().unwrap_or_default(), sides)
        })
        .collect();
    listed.sort_by_key(|(kind, record, field, sides)| (record.clone(), field.clone(), *kind, format!("{sides:?}")));
    listed
}
