//! Doubles: two records of one person in one campaign that both deliver. That is money paid twice, or one visit that
//! was logged twice; only a person can say which.
//!
//! Always true: the matter of a campaign and person is computed anew whenever one of their visits moved, from rows
//! alone. Deliberately not here: what reports make of open doubles (`county::measures`).

use crate::county::view::{HistoryEvent, Matter, MatterKind, MatterValue, RecordRow, SettledMatter, VisitRow};
use crate::rows::counting::double_id;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{RecordPlace, VisitOfPerson};
use crate::rows::visit::{VISIT, visit_row};
use crate::store::contract::StoreError;
use serde_json::json;
use std::collections::BTreeMap;
use zoufang_sync_protocol::document::is_plain_id;

/// Recomputes the matter of `person` in `campaign`.
pub fn refresh(overlay: &mut Overlay<'_>, campaign: &str, person: &str) -> Result<(), StoreError> {
    if !is_plain_id(campaign) || !is_plain_id(person) {
        return Ok(());
    }
    let prefix = keys::visits_of_person(campaign, person);
    let visits: BTreeMap<String, VisitOfPerson> = overlay
        .all(&prefix)?
        .into_iter()
        .map(|(key, bytes)| {
            let record = String::from_utf8_lossy(&key[prefix.len()..]).into_owned();
            Ok((record, crate::rows::index::decode(&key, &bytes)?))
        })
        .collect::<Result<_, StoreError>>()?;
    let counting: Vec<&String> = visits.iter().filter(|(_, visit)| visit.counts).map(|(record, _)| record).collect();
    let id = double_id(campaign, person);
    if counting.len() < 2 {
        return withdraw(overlay, &id);
    }
    let single: Vec<&String> = counting.iter().copied().filter(|record| visits[*record].double_of.is_none()).collect();
    let all_real = single
        .iter()
        .all(|record| single.iter().all(|other| other == record || visits[*record].real_beside.contains(other)));
    let settled = single.len() < 2 || all_real;
    write(overlay, &id, &counting, settled)
}

fn withdraw(overlay: &mut Overlay<'_>, id: &str) -> Result<(), StoreError> {
    if let Some(matter) = overlay.value::<Matter>(&keys::matter(id))? {
        matter.record_ids.iter().for_each(|record| overlay.remove(keys::matter_of(record, id)));
        overlay.remove(keys::open_matter(id));
        overlay.remove(keys::matter(id));
    }
    Ok(())
}

fn write(overlay: &mut Overlay<'_>, id: &str, records: &[&String], settled: bool) -> Result<(), StoreError> {
    let mut values = Vec::new();
    let mut first: Option<VisitRow> = None;
    let mut settlement = None;
    for record in records {
        let Some(place) = overlay.value::<RecordPlace>(&keys::record(record))? else { continue };
        let Some(row) = overlay.value::<RecordRow>(&keys::row(VISIT, &place.unit, record))? else { continue };
        let row = visit_row(row);
        let fields: zoufang_sync_protocol::record::Record = overlay.value(&keys::fields(record))?.unwrap_or_default();
        settlement = settlement.or_else(|| settled_matter(&fields));
        let begun: Option<HistoryEvent> = overlay.values(&keys::history_of(record))?.into_iter().next();
        values.push(side(&row, begun));
        first = first.or(Some(row));
    }
    let Some(first) = first else { return Ok(()) };
    let record_ids: Vec<String> = records.iter().map(|record| (*record).clone()).collect();
    let matter = Matter {
        id: id.to_owned(),
        kind: MatterKind::Double,
        unit: first.unit,
        person_name: first.person_name,
        record_ids: record_ids.clone(),
        field: None,
        values,
        heads: Vec::new(),
        standard_fen: None,
        code: None,
        settled: if settled { settlement } else { None },
    };
    super::matter_rows::put_matter(overlay, &matter);
    Ok(())
}

fn side(row: &VisitRow, begun: Option<HistoryEvent>) -> MatterValue {
    let (device, written_ms) = begun.map_or((String::new(), row.received_ms), |event| (event.device, event.written_ms));
    MatterValue {
        id: row.record_id.clone(),
        value: json!({
            "visit_date": row.date, "outcome": row.outcome, "value_fen": row.value_fen,
            "lead_rank": row.lead_rank, "receiver": row.receiver,
        }),
        author: row.author.clone(),
        device,
        written_ms,
        shown: row.double_of.is_none(),
    }
}

fn settled_matter(fields: &zoufang_sync_protocol::record::Record) -> Option<SettledMatter> {
    let group = fields.get(zoufang_sync_protocol::record::SETTLED_DOUBLE)?;
    let settled: super::matters::SettledGroup = serde_json::from_value(group.clone()).ok()?;
    Some(SettledMatter { chosen: settled.kept, note: settled.note, by: settled.by, at_ms: settled.at })
}
