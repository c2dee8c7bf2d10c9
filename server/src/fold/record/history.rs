//! What happened to a record: one event per change and record, with old and new values.
//!
//! Always true: events are written when the change is folded and never altered. The first event of a record carries no
//! values, they are the record itself or the "old" of a later event.

use crate::county::view::{FieldChange, HistoryEvent};
use crate::fold::author::{Authors, device_name};
use crate::fold::graph::Graph;
use crate::rows::index::ReadIndex;
use crate::store::contract::StoreError;
use std::collections::BTreeSet;

/// Events of the changes in `added`, in causal order, with the record each is about.
pub fn events(
    index: &impl ReadIndex,
    graph: &Graph,
    authors: &mut Authors,
    added: &BTreeSet<String>,
) -> Result<Vec<(String, HistoryEvent)>, StoreError> {
    let mut events: Vec<(usize, String, HistoryEvent)> = Vec::new();
    let mut begun: BTreeSet<&str> = BTreeSet::new();
    let mut first_change: std::collections::BTreeMap<&str, usize> = Default::default();
    for write in &graph.writes {
        if begun.insert(&write.record) {
            first_change.insert(&write.record, write.change);
        }
        if !added.contains(&graph.changes[write.change]) {
            continue;
        }
        let known = events.iter().position(|(change, record, _)| *change == write.change && *record == write.record);
        let place = match known {
            Some(place) => place,
            None => {
                let event = event(index, graph, authors, write.change)?;
                events.push((write.change, write.record.clone(), event));
                events.len() - 1
            }
        };
        if first_change.get(write.record.as_str()) != Some(&write.change) {
            let change =
                FieldChange { field: write.field.clone(), old: write.replaced.clone(), new: write.value.clone() };
            events[place].2.changes.push(change);
        }
    }
    Ok(events.into_iter().map(|(_, record, event)| (record, event)).collect())
}

fn event(
    index: &impl ReadIndex,
    graph: &Graph,
    authors: &mut Authors,
    change: usize,
) -> Result<HistoryEvent, StoreError> {
    let hash = graph.changes[change].clone();
    let author = authors.writer(index, graph, change)?;
    // Only the county gives a reason with a change; what else stands there nobody asked for.
    let is_county = author.as_ref().is_some_and(|author| author.county);
    Ok(HistoryEvent {
        change: hash,
        note: if is_county { graph.notes[change].clone() } else { String::new() },
        author: author.as_ref().map(|author| author.person.clone()).unwrap_or_default(),
        device: author.as_ref().map(|author| device_name(author)).unwrap_or_default(),
        written_ms: author.as_ref().map(|author| author.written_ms).unwrap_or_default(),
        received_ms: author.map(|author| author.received_ms).unwrap_or_default(),
        changes: Vec::new(),
    })
}
