//! A visit as the visits' API shows it, made from the row that all registers share.
//!
//! Always true: this is the one place where the fields of the visit register are named for rows. Deliberately not here:
//! how the row came to be.

use crate::county::view::{RecordRow, VisitRow};
use serde_json::Value;

/// The register that campaigns, coverage and doubles are about.
pub const VISIT: &str = "visit";

/// The visit that a row of the visit register is.
pub fn visit_row(row: RecordRow) -> VisitRow {
    let text = |pointer: &[&str]| value(&row, pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let integer = |pointer: &[&str]| value(&row, pointer).and_then(Value::as_i64).unwrap_or_default();
    let outcome = text(&["outcome"]);
    let is_delivered = outcome == "delivered";
    let categories = value(&row, &["county", "categories"]).and_then(Value::as_array).into_iter().flatten();
    VisitRow {
        person_name: text(&["county", "person_name"]),
        person_ref: text(&["person", "person_ref"]),
        categories: categories.filter_map(Value::as_str).map(str::to_owned).collect(),
        campaign_id: text(&["campaign_id"]),
        kind: text(&["visit_kind"]),
        date: text(&["visit_date"]),
        person_times: if is_delivered { integer(&["person_times"]) } else { 0 },
        value_fen: if is_delivered { integer(&["county", "value_fen"]) } else { 0 },
        place: text(&["handover", "handover_place"]),
        receiver: text(&["receiver"]),
        lead_rank: text(&["lead_rank"]),
        outcome,
        record_id: row.record_id,
        address: row.address,
        unit: row.unit,
        author: row.author,
        received_ms: row.received_ms,
        void_reason: row.void_reason,
        invalid_fields: row.invalid_fields,
        odd_fields: row.odd_fields,
        step: row.step,
        double_of: row.double_of,
        open_matters: row.open_matters,
    }
}

fn value<'r>(row: &'r RecordRow, path: &[&str]) -> Option<&'r Value> {
    let (field, members) = path.split_first()?;
    members.iter().try_fold(row.columns.get(*field)?, |value, member| value.get(member))
}
