//! Folds one admitted chunk: the document moves on, and each record it touched gets its row, history and matters anew.
//!
//! Always true: what is written depends on the document, its authors and the tables at this place of the journal, and on
//! nothing else. A field that only some may write is shown only as one of them wrote it (`privilege`).

use super::author::{Authors, device_name};
use super::graph::Graph;
use super::matters::{self, Clash, SettledGroup};
use super::record::history;
use super::record::privilege::Privilege;
use super::record::row::{self, RowContext};
use super::record::worth;
use super::{FoldError, doubles, matter_rows};
use crate::admission;
use crate::county::view::{Matter, MatterKind, MatterValue, RecordRow, SettledMatter, VisitRow};
use crate::rows::counting::{counts, short_digest};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{RecordPlace, VisitOfPerson};
use crate::rows::visit::{VISIT, visit_row};
use crate::store::contract::{Position, StoreError};
use automerge::AutoCommit;
use std::collections::BTreeSet;
use std::sync::Arc;
use zoufang_sync_protocol::document::{Address, is_plain_id, read_record};
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::register::{Register, Registers};
use zoufang_sync_protocol::roster::Campaign;

/// One document in the middle of folding.
struct Folding<'o, 's> {
    overlay: &'o mut Overlay<'s>,
    register: Arc<Register>,
    address: Address,
    document: AutoCommit,
    graph: Graph,
    authors: Authors,
    heads: Vec<String>,
    campaigns: Vec<Campaign>,
}

/// Applies `chunk`, brought by the envelope at `position`, which was admitted. Returns the person id of who wrote it, if one
/// did.
pub fn fold_chunk(
    overlay: &mut Overlay<'_>,
    registers: &Registers,
    position: Position,
    chunk: &Chunk,
) -> Result<Option<String>, FoldError> {
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
    let known = registers.get(&address.register).cloned();
    let register = known.unwrap_or_else(|| Arc::new(Register::bare(&address.register)));
    let heads = document.get_heads().iter().map(ToString::to_string).collect();
    let mut folding =
        Folding { overlay, register, address, document, graph, authors: Authors::default(), heads, campaigns };
    folding.records(position, &added)?;
    Ok(folding.only_writer(&added)?)
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

    fn only_writer(&mut self, added: &BTreeSet<String>) -> Result<Option<String>, StoreError> {
        let mut writers = BTreeSet::new();
        for change in (0..self.graph.changes.len()).filter(|change| added.contains(&self.graph.changes[*change])) {
            let writer = self.authors.writer(self.overlay, &self.graph, change)?;
            writers.extend(writer.map(|writer| writer.person_id.clone()));
        }
        Ok(writers.pop_first().filter(|_| writers.is_empty()))
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

    /// Removes what somebody wrote who may not; returns the names of the fields.
    fn drop_forged(&mut self, record: &str, fields: &mut Record) -> Result<Vec<String>, StoreError> {
        let mut privilege = Privilege {
            register: &self.register,
            unit: &self.address.unit,
            graph: &self.graph,
            authors: &mut self.authors,
        };
        privilege.drop_forged(self.overlay, record, fields)
    }

    fn row(&mut self, record: &str, fields: &Record, invalid_fields: Vec<String>) -> Result<RecordRow, StoreError> {
        let first = self.graph.of_record(record).next().map(|write| write.change);
        let author = match first {
            Some(change) => self.authors.writer(self.overlay, &self.graph, change)?,
            None => None,
        };
        let context = RowContext {
            register: &self.register,
            record_id: record,
            address: &self.address,
            author: author.as_ref().map(|author| author.person.clone()).unwrap_or_default(),
            received_ms: author.map(|author| author.received_ms).unwrap_or_default(),
            invalid_fields,
        };
        row::row(self.overlay, &self.campaigns, fields, context)
    }

    fn replace_row(&mut self, record: &str, fields: &Record, row: &RecordRow) -> Result<(), StoreError> {
        let key = keys::row(&row.register, &row.unit, record);
        let before: Option<RecordRow> = self.overlay.value(&key)?;
        self.overlay.put(key, row);
        self.overlay.put(keys::fields(record), fields);
        let place = RecordPlace { address: row.address.clone(), unit: row.unit.clone() };
        self.overlay.put(keys::record(record), &place);
        match row.register.as_str() {
            VISIT => self.replace_visit(before.map(visit_row), &visit_row(row.clone()), fields),
            _ => Ok(()),
        }
    }

    /// What campaigns need: who was visited, and who twice.
    fn replace_visit(&mut self, before: Option<VisitRow>, row: &VisitRow, fields: &Record) -> Result<(), StoreError> {
        let is_listed = |row: &&VisitRow| is_plain_id(&row.campaign_id) && is_plain_id(&row.person_ref);
        let key = |row: &VisitRow| keys::visit_of_person(&row.campaign_id, &row.person_ref, &row.record_id);
        if let Some(before) = before.as_ref().filter(is_listed) {
            self.overlay.remove(key(before));
        }
        if is_listed(&row) {
            self.overlay.put(key(row), &visit_of_person(row, fields));
        }
        if let Some(before) = before {
            doubles::refresh(self.overlay, &before.campaign_id, &before.person_ref)?;
        }
        doubles::refresh(self.overlay, &row.campaign_id, &row.person_ref)
    }

    fn replace_matters(&mut self, row: &RecordRow, fields: &Record) -> Result<(), StoreError> {
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

    fn matter(&mut self, row: &RecordRow, fields: &Record, clash: Clash) -> Result<Matter, StoreError> {
        let mut values = Vec::new();
        for (change, value) in &clash.sides {
            let author = self.authors.writer(self.overlay, &self.graph, *change)?;
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
            worth::standard_fen(self.overlay, &self.campaigns, &row.unit, fields)?
        } else {
            None
        };
        Ok(Matter {
            id: short_digest(&format!("{}\0{}\0{}", row.record_id, clash.field, ids.join("\0"))),
            kind: clash.kind,
            unit: row.unit.clone(),
            person_name: person_name(row),
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

/// Whom a matter is about; for a record without a person, what names it.
fn person_name(row: &RecordRow) -> String {
    let person = row.columns.get("county").and_then(|county| county.get("person_name")).and_then(|name| name.as_str());
    person.unwrap_or(&row.title).to_owned()
}

fn invalid_matter(row: &RecordRow) -> Matter {
    Matter {
        id: short_digest(&format!("{}\0invalid", row.record_id)),
        kind: MatterKind::Invalid,
        unit: row.unit.clone(),
        person_name: person_name(row),
        record_ids: vec![row.record_id.clone()],
        field: Some(row.invalid_fields.join(" ")),
        values: Vec::new(),
        heads: Vec::new(),
        standard_fen: None,
        code: Some("record_invalid".to_owned()),
        settled: None,
    }
}
