//! Matters of one record that come from the change graph: conflicts, void against edit, overwritten unseen.
//!
//! A **clash** is a set of writes to one field, none of which saw another, with differing values. It is open until a
//! settlement by the county names all of its changes. Clashes are looked for now (*conflict*) and below every later
//! write (*overwritten unseen*: an ordinary write covered values that nobody compared). Equal values are no clash.
//! Deliberately not here: doubles (they span documents).

use super::graph::{Graph, Write};
use crate::county::view::MatterKind;
use serde_json::Value;
use std::collections::BTreeMap;
use zoufang_sync_protocol::record::{SETTLED_PREFIX, VOID_REASON, is_county_field};

/// A settlement as it stands in a document.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SettledGroup {
    /// Time, ms.
    pub at: u64,
    /// Who.
    pub by: String,
    /// The chosen change (for a double: see `kept`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// The record that counts; null where all are real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
    /// Why.
    pub note: String,
    /// Changes that were compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<String>,
    /// Records that were compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<String>,
}

/// A clash, not yet dressed for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// What kind of matter.
    pub kind: MatterKind,
    /// The field; `void_reason` for a void against an edit.
    pub field: String,
    /// Changes that clash with the value each wrote: `(change index, value)`.
    pub sides: Vec<(usize, Value)>,
    /// The settlement that names them all.
    pub settled: Option<SettledGroup>,
}

/// All clashes of `record`, open and settled. `settlements` are those the county wrote in this record.
pub fn clashes(graph: &Graph, record: &str, settlements: &[SettledGroup]) -> Vec<Clash> {
    let writes: Vec<&Write> = graph.of_record(record).collect();
    let mut by_field: BTreeMap<&str, Vec<&Write>> = BTreeMap::new();
    for write in writes.iter().copied().filter(|write| !is_county_field(&write.field)) {
        by_field.entry(&write.field).or_default().push(write);
    }
    let mut found: Vec<Clash> =
        by_field.values().flat_map(|writes| field_clashes(graph, writes, settlements)).collect();
    found.extend(void_clashes(graph, &writes, settlements));
    found
}

fn field_clashes(graph: &Graph, writes: &[&Write], settlements: &[SettledGroup]) -> Vec<Clash> {
    if writes.len() < 2 {
        return Vec::new();
    }
    let mut sets: BTreeMap<Vec<usize>, MatterKind> = BTreeMap::new();
    for write in writes {
        let seen: Vec<&Write> =
            writes.iter().copied().filter(|other| graph.is_ancestor(other.change, write.change)).collect();
        sets.insert(changes_of(&graph.newest(&seen)), MatterKind::OverwrittenUnseen);
    }
    sets.insert(changes_of(&graph.newest(writes)), MatterKind::Conflict);
    let value_of = |change: usize| writes.iter().find(|write| write.change == change).map(|write| write.value.clone());
    sets.into_iter()
        .filter_map(|(changes, kind)| {
            let sides: Vec<(usize, Value)> =
                changes.into_iter().filter_map(|change| Some((change, value_of(change)?))).collect();
            let differ = sides.iter().any(|(_, value)| *value != sides[0].1);
            let field = writes[0].field.clone();
            differ.then(|| dress(graph, kind, field, sides, settlements))
        })
        .collect()
}

fn changes_of(writes: &[&Write]) -> Vec<usize> {
    writes.iter().map(|write| write.change).collect()
}

fn void_clashes(graph: &Graph, writes: &[&Write], settlements: &[SettledGroup]) -> Vec<Clash> {
    let is_void = |write: &&&Write| write.field == VOID_REASON && !write.value.is_null();
    writes
        .iter()
        .filter(is_void)
        .filter_map(|void| {
            let mut edits: BTreeMap<usize, serde_json::Map<String, Value>> = BTreeMap::new();
            // A value that the one who voided saw or wrote is no edit against the void: equal values are no clash.
            let is_equal = |edit: &Write| {
                let seen = |other: &&&Write| {
                    other.field == edit.field
                        && (other.change == void.change || graph.is_ancestor(other.change, void.change))
                };
                let seen: Vec<&Write> = writes.iter().filter(seen).copied().collect();
                graph.newest(&seen).iter().any(|shown| shown.value == edit.value)
            };
            let is_edit =
                |write: &&&Write| write.field != VOID_REASON && !is_county_field(&write.field) && !is_equal(write);
            for edit in writes.iter().filter(is_edit) {
                if graph.is_concurrent(void.change, edit.change) {
                    edits.entry(edit.change).or_default().insert(edit.field.clone(), edit.value.clone());
                }
            }
            let voided = serde_json::json!({ VOID_REASON: void.value });
            let mut sides = vec![(void.change, voided)];
            sides.extend(edits.into_iter().map(|(change, fields)| (change, Value::Object(fields))));
            let kind = MatterKind::VoidAgainstEdit;
            (sides.len() > 1).then(|| dress(graph, kind, VOID_REASON.to_owned(), sides, settlements))
        })
        .collect()
}

fn dress(
    graph: &Graph,
    kind: MatterKind,
    field: String,
    sides: Vec<(usize, Value)>,
    settlements: &[SettledGroup],
) -> Clash {
    let names_all = |settlement: &&SettledGroup| {
        sides.iter().all(|(change, _)| settlement.over.iter().any(|hash| *hash == graph.changes[*change]))
    };
    let settled = settlements.iter().rfind(names_all).cloned();
    let kind = if settled.is_some() && kind == MatterKind::OverwrittenUnseen { MatterKind::Conflict } else { kind };
    Clash { kind, field, sides, settled }
}

/// Settlements in a record, in causal order; the caller drops those that the county's key did not write.
pub fn settlement_writes<'g>(graph: &'g Graph, record: &str) -> Vec<(&'g str, SettledGroup)> {
    graph
        .of_record(record)
        .filter(|write| write.field.starts_with(SETTLED_PREFIX))
        .filter_map(|write| {
            let settled = serde_json::from_value(write.value.clone()).ok()?;
            Some((graph.changes[write.change].as_str(), settled))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::AutoCommit;
    use serde_json::json;
    use zoufang_sync_protocol::document::write_record;
    use zoufang_sync_protocol::record::Record;

    fn write(document: &mut AutoCommit, field: &str, value: Value) {
        write_record(document, "r", &Record::from([(field.to_owned(), value)])).unwrap();
        document.commit();
    }

    fn two_phones() -> (AutoCommit, AutoCommit) {
        let mut phone = AutoCommit::new();
        write(&mut phone, "gift", json!({"money_fen": 1}));
        let other = phone.fork();
        (phone, other)
    }

    #[test]
    fn differing_concurrent_writes_clash_and_equal_ones_do_not() {
        let (mut phone, mut other) = two_phones();
        write(&mut phone, "gift", json!({"money_fen": 2}));
        write(&mut other, "gift", json!({"money_fen": 3}));
        write(&mut phone, "note", json!("same"));
        write(&mut other, "note", json!("same"));
        phone.merge(&mut other).unwrap();
        let found = clashes(&Graph::of(&mut phone), "r", &[]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].field.as_str(), found[0].sides.len()), (MatterKind::Conflict, "gift", 2));
    }

    #[test]
    fn a_void_against_an_edit_clashes() {
        let (mut phone, mut other) = two_phones();
        write(&mut phone, VOID_REASON, json!("mistake"));
        write(&mut other, "gift", json!({"money_fen": 3}));
        phone.merge(&mut other).unwrap();
        let found = clashes(&Graph::of(&mut phone), "r", &[]);
        assert_eq!(found.iter().map(|clash| clash.kind).collect::<Vec<_>>(), [MatterKind::VoidAgainstEdit]);
    }

    #[test]
    fn a_later_write_is_overwriting_unseen_until_a_settlement_names_the_values() {
        let (mut phone, mut other) = two_phones();
        write(&mut phone, "gift", json!({"money_fen": 2}));
        write(&mut other, "gift", json!({"money_fen": 3}));
        phone.merge(&mut other).unwrap();
        write(&mut phone, "gift", json!({"money_fen": 4}));
        let graph = Graph::of(&mut phone);
        let found = clashes(&graph, "r", &[]);
        assert_eq!(found.iter().map(|clash| clash.kind).collect::<Vec<_>>(), [MatterKind::OverwrittenUnseen]);
        let over = found[0].sides.iter().map(|(change, _)| graph.changes[*change].clone()).collect();
        let settled = SettledGroup {
            at: 1,
            by: "刘敏".into(),
            chosen: None,
            kept: None,
            note: "核对".into(),
            over,
            records: vec![],
        };
        assert_eq!(clashes(&graph, "r", std::slice::from_ref(&settled))[0].settled, Some(settled));
    }
}
