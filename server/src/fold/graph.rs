//! The change graph of a document: who wrote what over what.
//!
//! Conflicts come from here and not from Automerge's own list, which misses a void against an edit, an edit inside a
//! replaced group, and a rewrite that covers a value nobody saw. Always true: `writes` are in causal order, at most one
//! per change, record and field. Deliberately not here: authors, and which clashes matter.

use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{AutoCommit, Change};
use serde_json::Value;
use std::collections::HashMap;
use zoufang_sync_protocol::record::from_scalar;

/// One write of one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Write {
    /// Index of its change in [`Graph::changes`].
    pub change: usize,
    /// Record id.
    pub record: String,
    /// Field name.
    pub field: String,
    /// What was written.
    pub value: Value,
    /// Values that the writer saw and replaced.
    pub replaced: Vec<Value>,
}

/// A document's history.
#[derive(Debug, Default)]
pub struct Graph {
    /// Change hashes, hexadecimal, in causal order.
    pub changes: Vec<String>,
    /// What each change says why it was made; empty for most.
    pub notes: Vec<String>,
    /// All writes, in causal order.
    pub writes: Vec<Write>,
    ancestors: Vec<Vec<u64>>,
    by_record: HashMap<String, Vec<usize>>,
}

impl Graph {
    /// Reads the whole history of `document`.
    pub fn of(document: &mut AutoCommit) -> Self {
        let changes = document.get_changes(&[]);
        let mut graph = Self { ancestors: ancestors(&changes), ..Self::default() };
        let mut records: HashMap<OpId, String> = HashMap::new();
        let mut values: HashMap<OpId, Value> = HashMap::new();
        for (index, change) in changes.iter().enumerate() {
            graph.changes.push(change.hash().to_string());
            graph.notes.push(change.message().map(|note| note.to_string()).unwrap_or_default());
            graph.read_change(index, change, &mut records, &mut values);
        }
        for (place, write) in graph.writes.iter().enumerate() {
            graph.by_record.entry(write.record.clone()).or_default().push(place);
        }
        graph
    }

    /// The writes of one record, in causal order.
    pub fn of_record(&self, record: &str) -> impl Iterator<Item = &Write> {
        self.by_record.get(record).into_iter().flatten().map(|place| &self.writes[*place])
    }

    fn read_change(
        &mut self,
        index: usize,
        change: &Change,
        records: &mut HashMap<OpId, String>,
        values: &mut HashMap<OpId, Value>,
    ) {
        let first_write = self.writes.len();
        for (offset, operation) in change.decode().operations.iter().enumerate() {
            let id = OpId::new(change.start_op().get() + offset as u64, change.actor_id());
            let Key::Map(key) = &operation.key else { continue };
            match (&operation.obj, &operation.action) {
                (ObjectId::Root, OpType::Make(_)) => {
                    records.insert(id, key.to_string());
                }
                (ObjectId::Id(object), OpType::Put(scalar)) => {
                    let (Some(record), Some(value)) = (records.get(object), from_scalar(scalar)) else { continue };
                    let replaced = operation.pred.iter().filter_map(|pred| values.get(pred).cloned()).collect();
                    values.insert(id, value.clone());
                    let write =
                        Write { change: index, record: record.clone(), field: key.to_string(), value, replaced };
                    self.push_write(first_write, write);
                }
                _ => {}
            }
        }
    }

    /// A change that writes a field twice counts with its last value.
    fn push_write(&mut self, first_write: usize, write: Write) {
        let same = |other: &Write| other.record == write.record && other.field == write.field;
        match self.writes[first_write..].iter().position(same) {
            Some(offset) => self.writes[first_write + offset].value = write.value,
            None => self.writes.push(write),
        }
    }

    /// Whether change `earlier` was seen by the writer of change `later`.
    pub fn is_ancestor(&self, earlier: usize, later: usize) -> bool {
        self.ancestors[later][earlier / 64] & (1 << (earlier % 64)) != 0
    }

    /// Neither saw the other.
    pub fn is_concurrent(&self, a: usize, b: usize) -> bool {
        a != b && !self.is_ancestor(a, b) && !self.is_ancestor(b, a)
    }

    /// Those of `writes` that no other of them was written over.
    pub fn newest<'w>(&self, writes: &[&'w Write]) -> Vec<&'w Write> {
        let covered = |write: &Write| writes.iter().any(|other| self.is_ancestor(write.change, other.change));
        writes.iter().copied().filter(|write| !covered(write)).collect()
    }
}

/// For each change the set of all changes before it, as bits.
fn ancestors(changes: &[Change]) -> Vec<Vec<u64>> {
    let index: HashMap<_, _> = changes.iter().enumerate().map(|(index, change)| (change.hash(), index)).collect();
    let words = changes.len().div_ceil(64);
    let mut sets: Vec<Vec<u64>> = Vec::with_capacity(changes.len());
    for change in changes {
        let mut set = vec![0; words];
        for parent in change.deps().iter().filter_map(|hash| index.get(hash)) {
            sets[*parent].iter().zip(&mut set).for_each(|(bits, mine)| *mine |= bits);
            set[parent / 64] |= 1 << (parent % 64);
        }
        sets.push(set);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use zoufang_sync_protocol::document::write_record;
    use zoufang_sync_protocol::record::Record;

    #[test]
    fn concurrent_writes_are_seen_as_such_and_later_ones_cover_them() {
        let record = |value: i64| Record::from([("a".to_owned(), json!(value))]);
        let mut phone = AutoCommit::new();
        write_record(&mut phone, "r", &record(1)).unwrap();
        let mut other = phone.fork();
        write_record(&mut phone, "r", &record(2)).unwrap();
        write_record(&mut other, "r", &record(3)).unwrap();
        phone.merge(&mut other).unwrap();
        write_record(&mut phone, "r", &record(4)).unwrap();
        let graph = Graph::of(&mut phone);
        let writes: Vec<&Write> = graph.writes.iter().collect();
        assert_eq!(writes.len(), 4);
        assert!(graph.is_concurrent(1, 2) && graph.is_ancestor(0, 2) && graph.is_ancestor(1, 3));
        assert_eq!(graph.newest(&writes[..3]).len(), 2);
        assert_eq!(graph.newest(&writes).len(), 1);
        assert_eq!(graph.writes[3].replaced.len(), 2);
    }
}
