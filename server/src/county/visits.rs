//! The merged visits: filtered, paged, with totals; one record with its history. Made from rows of all registers' form.
//!
//! Always true: a page has no categories unless they were asked for (sensitive, L-02). Deliberately not here: records of other registers (`records`).

use super::measures::visits::{is_counted, totals};
use super::queue::OpenMatters;
use super::units::of_year::TreeOfYear;
use super::view::{VisitDetail, VisitPage, VisitRow};
use super::{CountyError, records, unit_within};
use crate::rows::visit::{VISIT, visit_row};
use crate::store::contract::{Store, StoreError};
use serde::Deserialize;

const LIMIT_DEFAULT: usize = 50;
const LIMIT_MAX: usize = 500;

/// The question of `/api/county/visits`; an empty text is none.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VisitQuery {
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// Campaign id.
    pub campaign: String,
    /// `visit_kind`.
    pub kind: String,
    /// `outcome`.
    pub outcome: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// `counted`, `void`, `invalid`, `matter`, `odd`, `unmatched`, `waiting`.
    pub state: String,
    /// Part of a name.
    pub person: String,
    /// `received`: what the county had last comes first; else the newest day of visit.
    pub order: String,
    /// Rows to skip.
    pub offset: usize,
    /// Rows to show.
    pub limit: usize,
    /// Shows categories as well; that is written down.
    pub sensitive: bool,
}

impl VisitQuery {
    fn matches(&self, row: &VisitRow, open: &OpenMatters) -> bool {
        let same = |wanted: &str, actual: &str| wanted.is_empty() || wanted == actual;
        let state = match self.state.as_str() {
            "counted" => is_counted(row),
            "void" => row.void_reason.is_some(),
            "invalid" => !row.invalid_fields.is_empty(),
            "matter" => open.of(&row.record_id) > 0,
            "odd" => row.void_reason.is_none() && !row.odd_fields.is_empty(),
            "waiting" => is_waiting(row),
            "unmatched" => row.void_reason.is_none() && row.person_ref.is_empty(),
            _ => true,
        };
        state
            && same(&self.campaign, &row.campaign_id)
            && same(&self.kind, &row.kind)
            && same(&self.outcome, &row.outcome)
            && (self.from.is_empty() || row.date >= self.from)
            && (self.to.is_empty() || row.date <= self.to)
            && (self.person.is_empty() || row.person_name.contains(&self.person))
    }
}

/// Whether a step of it waits, and it counts as a record at all.
fn is_waiting(row: &VisitRow) -> bool {
    !row.step.is_empty() && row.void_reason.is_none() && row.double_of.is_none() && row.invalid_fields.is_empty()
}

/// The page that `query` asks for, within `county`.
pub fn visits(store: &dyn Store, county: &str, query: &VisitQuery, now_ms: u64) -> Result<VisitPage, CountyError> {
    let unit = unit_within(county, &query.unit)?;
    if !matches!(query.state.as_str(), "" | "counted" | "void" | "invalid" | "matter" | "odd" | "unmatched" | "waiting")
    {
        return Err(CountyError::BadParameter("state"));
    }
    let open = OpenMatters::read(store)?;
    let mut rows = rows(store, unit.as_str())?;
    rows.retain(|row| query.matches(row, &open));
    match query.order.as_str() {
        "received" => rows.sort_by(|a, b| (b.received_ms, &b.record_id).cmp(&(a.received_ms, &a.record_id))),
        _ => rows.sort_by(|a, b| (&b.date, &b.record_id).cmp(&(&a.date, &a.record_id))),
    }
    let totals = totals(rows.iter(), |campaign, person| open.is_double(campaign, person));
    let limit = if query.limit == 0 { LIMIT_DEFAULT } else { query.limit.min(LIMIT_MAX) };
    let matching = rows.len() as u32;
    let mut page: Vec<VisitRow> = rows.into_iter().skip(query.offset).take(limit).collect();
    for row in &mut page {
        row.open_matters = open.of(&row.record_id);
        if !query.sensitive {
            row.categories.clear();
        }
    }
    Ok(VisitPage { rows: page, matching, totals, as_of_ms: now_ms })
}

/// All rows of visits within `unit` (any level).
pub fn rows(store: &dyn Store, unit: &str) -> Result<Vec<VisitRow>, StoreError> {
    Ok(records::rows(store, VISIT, unit)?.into_iter().map(visit_row).collect())
}

/// All visits that count for `unit` in the report of a year.
pub fn rows_of_year(store: &dyn Store, unit: &str, tree: &TreeOfYear) -> Result<Vec<VisitRow>, StoreError> {
    Ok(records::rows_of_year(store, VISIT, unit, tree)?.into_iter().map(visit_row).collect())
}

/// One visit with everything that happened to it.
pub fn visit(store: &dyn Store, record: &str) -> Result<VisitDetail, CountyError> {
    let found = records::detail(store, record)?;
    if found.row.register != VISIT {
        return Err(CountyError::NotFound(found.row.record_id));
    }
    let row = visit_row(found.row);
    Ok(VisitDetail { row, fields: found.fields, history: found.history, matters: found.matters })
}
