//! Folds one admitted chunk: the document moves on, and each record it touched gets its row, history and matters anew.
//!
//! Always true: what is written depends on the document, its authors and the tables at this place of the journal, and on
//! nothing else. A field that only the county may write is shown only if the county's key wrote it.

use super::author::{Authors, device_name};
use super::graph::Graph;
use super::matters::{self, Clash, SettledGroup};
use super::visit::{self, RowContext};
use super::{FoldError, doubles, history, matter_rows};
use crate::admission;
use crate::county::view::{Matter, MatterKind, MatterValue, SettledMatter, VisitRow};
use crate::rows::counting::{counts, short_digest};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{RecordPlace, VisitOfPerson};
use crate::store::contract::{Position, StoreError};
use automerge::AutoCommit;
use std::collections::BTreeSet;
use zoufang_sync_protocol::document::{Address, is_plain_id, read_record};
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::record::{Record, is_county_field};
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::roster::Campaign;

/// One document in the middle of folding.
struct Folding<'o, 's> {
    overlay: &'o mut Overlay<'s>,
    register: &'o Register,
    address: Address,
    document: AutoCommit,
    graph: Graph,
    authors: Authors,
    heads: Vec<String>,
    campaigns: Vec<Campaign>,
}

/// Applies `chunk`, brought by the envelope at `position`, which was admitted.
pub fn fold_chunk(
    overlay: &mut Overlay<'_>,
    register: &Register,
    position: Position,
    chunk: &Chunk,
) -> Result<(), FoldError> {
    let unreadable = |reason: String| FoldError::Unreadable { position, reason };
    let address = Address::parse(&chunk.address).map_err(|error| unreadable(error.to_string()))?;
    let saved = overlay.bytes(&keys::document(&chunk.address))?.unwrap_or_default();
    let mut document = admission::load(&saved).map_err(|error| unreadable(error.to_string()))?;
    let before = document.get_heads();
    document.load_incremental(&chunk.payload).map_err(|error| unreadable(error.to_string()))?;
    let added: BTreeSet<String> =
        document.get_changes(&before).iter().map(|change| change.hash().to_string()).collect();
    for change in &added {
        overlay.put(keys::change(change), &position);
    }
    overlay.put_bytes(keys::document(&chunk.address), document.save());
    let campaigns = overlay.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let graph = Graph::of(&mut document);
    let heads = document.get_heads().iter().map(ToString::to_string).collect();
    let mut folding =
        Folding { overlay, register, address, document, graph, authors: Authors::default(), heads, campaigns };
    folding.records(position, &added)?;
    Ok(())
}

impl Folding<'_, '_> {
    fn records(&mut self, position: Position, added: &BTreeSet<String>) -> Result<(), StoreError> {
        let is_new = |change: usize| added.contains(&self.graph.changes[change]);
        let touched: BTreeSet<String> =
            self.graph.writes.iter().filter(|write| is_new(write.change)).map(|write| write.record.clone()).collect();
        let events = history::events(self.overlay, &self.graph, &mut self.authors, added)?;
        for (index, (record, event)) in events.iter().enumerate() {
            self.overlay.put(keys::history(record, position, index), event);
        }
        touched.iter().try_for_each(|record| self.record(record))
    }

    fn record(&mut self, record: &str) -> Result<(), StoreError> {
        let mut fields = read_record(&self.document, record).unwrap_or_default();
        let forged = self.drop_forged(record, &mut fields)?;
        let mut invalid_fields = self.register.invalid_fields(&fields);
        invalid_fields.extend(forged);
        let row = self.row(record, &fields, invalid_fields)?;
        self.replace_row(record, &fields, &row)?;
        self.replace_matters(&row, &fields)
    }

    /// Removes fields that only the county may write and did not; returns their names.
    fn drop_forged(&mut self, record: &str, fields: &mut Record) -> Result<Vec<String>, StoreError> {
        let mut forged = Vec::new();
        let claimed: Vec<String> = fields.keys().filter(|field| is_county_field(field)).cloned().collect();
        for field in claimed {
            let mut genuine = None;
            for write in self.graph.of_record(record).filter(|write| write.field == field) {
                if self.authors.is_county(self.overlay, &self.graph.changes[write.change])? {
                    genuine = Some(write.value.clone());
                }
            }
            if genuine.as_ref() != fields.get(&field) {
                forged.push(field.clone());
                match genuine {
                    Some(value) => fields.insert(field, value),
                    None => fields.remove(&field),
                };
            }
        }
        Ok(forged)
    }

    fn row(&mut self, record: &str, fields: &Record, invalid_fields: Vec<String>) -> Result<VisitRow, StoreError> {
        let first = self.graph.of_record(record).next().map(|write| write.change);
        let author = match first {
            Some(change) => self.authors.of(self.overlay, &self.graph.changes[change])?,
            None => None,
        };
        let context = RowContext {
            record_id: record,
            address: &self.address.to_string(),
            unit: self.address.unit.as_str(),
            author: author.as_ref().map(|author| author.person.clone()).unwrap_or_default(),
            received_ms: author.map(|author| author.received_ms).unwrap_or_default(),
            invalid_fields,
        };
        visit::row(self.overlay, &self.campaigns, fields, context)
    }

    fn replace_row(&mut self, record: &str, fields: &Record, row: &VisitRow) -> Result<(), StoreError> {
        let key = keys::row(&self.address.register, self.address.unit.as_str(), record);
        let before: Option<VisitRow> = self.overlay.value(&key)?;
        if let Some(before) =
            before.as_ref().filter(|row| is_plain_id(&row.campaign_id) && is_plain_id(&row.person_ref))
        {
            self.overlay.remove(keys::visit_of_person(&before.campaign_id, &before.person_ref, record));
        }
        self.overlay.put(key, row);
        self.overlay.put(keys::fields(record), fields);
        let place = RecordPlace { address: row.address.clone(), unit: row.unit.clone() };
        self.overlay.put(keys::record(record), &place);
        if is_plain_id(&row.campaign_id) && is_plain_id(&row.person_ref) {
            let visited = visit_of_person(row, fields);
            self.overlay.put(keys::visit_of_person(&row.campaign_id, &row.person_ref, record), &visited);
        }
        if let Some(before) = before {
            doubles::refresh(self.overlay, &before.campaign_id, &before.person_ref)?;
        }
        doubles::refresh(self.overlay, &row.campaign_id, &row.person_ref)
    }

    fn replace_matters(&mut self, row: &VisitRow, fields: &Record) -> Result<(), StoreError> {
        matter_rows::remove_matters_of(self.overlay, &row.record_id)?;
        let mut settlements: Vec<SettledGroup> = Vec::new();
        for (change, settled) in matters::settlement_writes(&self.graph, &row.record_id) {
            if self.authors.is_county(self.overlay, change)? {
                settlements.push(settled);
            }
        }
        for clash in matters::clashes(&self.graph, &row.record_id, &settlements) {
            let matter = self.matter(row, fields, clash)?;
            matter_rows::put_matter(self.overlay, &matter);
        }
        if !row.invalid_fields.is_empty() && row.void_reason.is_none() {
            matter_rows::put_matter(self.overlay, &invalid_matter(row));
        }
        Ok(())
    }

    fn matter(&mut self, row: &VisitRow, fields: &Record, clash: Clash) -> Result<Matter, StoreError> {
        let mut values = Vec::new();
        for (change, value) in &clash.sides {
            let author = self.authors.of(self.overlay, &self.graph.changes[*change])?;
            values.push(MatterValue {
                id: self.graph.changes[*change].clone(),
                shown: is_shown(&clash, value, fields),
                value: value.clone(),
                author: author.as_ref().map(|author| author.person.clone()).unwrap_or_default(),
                device: author.as_ref().map(|author| device_name(author)).unwrap_or_default(),
                written_ms: author.map(|author| author.written_ms).unwrap_or_default(),
            });
        }
        let mut ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
        ids.sort_unstable();
        let standard_fen = if clash.field == "gift" {
            visit::standard_fen(self.overlay, &self.campaigns, row, fields.get("gift"))?
        } else {
            None
        };
        Ok(Matter {
            id: short_digest(&format!("{}\0{}\0{}", row.record_id, clash.field, ids.join("\0"))),
            kind: clash.kind,
            unit: row.unit.clone(),
            person_name: row.person_name.clone(),
            record_ids: vec![row.record_id.clone()],
            field: Some(clash.field),
            values,
            heads: self.heads.clone(),
            standard_fen,
            code: None,
            settled: clash.settled.map(|settled| SettledMatter {
                chosen: settled.chosen,
                note: settled.note,
                by: settled.by,
                at_ms: settled.at,
            }),
        })
    }
}

fn is_shown(clash: &Clash, value: &serde_json::Value, fields: &Record) -> bool {
    match (clash.kind, value.as_object()) {
        (MatterKind::VoidAgainstEdit, Some(written)) => {
            written.iter().all(|(field, value)| fields.get(field) == Some(value))
        }
        _ => fields.get(&clash.field) == Some(value),
    }
}

fn visit_of_person(row: &VisitRow, fields: &Record) -> VisitOfPerson {
    let settled = fields
        .get(zoufang_sync_protocol::record::SETTLED_DOUBLE)
        .and_then(|group| serde_json::from_value::<SettledGroup>(group.clone()).ok());
    VisitOfPerson {
        unit: row.unit.clone(),
        counts: counts(row),
        outcome: row.outcome.clone(),
        date: row.date.clone(),
        double_of: row.double_of.clone(),
        real_beside: settled
            .filter(|settled| settled.kept.is_none())
            .map(|settled| settled.records)
            .unwrap_or_default(),
    }
}

fn invalid_matter(row: &VisitRow) -> Matter {
    Matter {
        id: short_digest(&format!("{}\0invalid", row.record_id)),
        kind: MatterKind::Invalid,
        unit: row.unit.clone(),
        person_name: row.person_name.clone(),
        record_ids: vec![row.record_id.clone()],
        field: Some(row.invalid_fields.join(" ")),
        values: Vec::new(),
        heads: Vec::new(),
        standard_fen: None,
        code: Some("record_invalid".to_owned()),
        settled: None,
    }
}
