//! Records of any register: filtered, paged, with figures; one record with its history.
//!
//! Plug in: [`page`] for tables, [`detail`] for one, [`rows`] for whoever counts, [`waiting()`] for whose turn it is.
//!
//! Always true: sensitive columns are left out unless they were asked for. Deliberately not here: writing; campaigns and
//! coverage (they are about visits alone).

mod hidden;
mod matching;
mod waiting;

pub use hidden::{for_township, without_sensitive};
pub use waiting::waiting;

use super::measures::{Days, numbers};
use super::queue::{self, OpenMatters};
use super::units::of_year::TreeOfYear;
use super::view::{HistoryEvent, Matter, RecordDetail, RecordPage, RecordQuery, RecordRow};
use super::{CountyError, is_day_or_none, registers, unit_within};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::RecordPlace;
use crate::store::contract::{Store, StoreError};
use matching::Wanted;
use zoufang_sync_protocol::document::{Address, is_plain_id};

const LIMIT_DEFAULT: usize = 50;
const LIMIT_MAX: usize = 500;
/// Characters of a text to look for.
const TEXT_MAX: usize = 64;

/// All rows of a register within `unit` (any level).
pub fn rows(store: &dyn Store, register: &str, unit: &str) -> Result<Vec<RecordRow>, StoreError> {
    store.values(&keys::rows(register, unit))
}

/// All rows of a register that count for `unit` in the report of a year: by the tree of that year.
pub fn rows_of_year(
    store: &dyn Store,
    register: &str,
    unit: &str,
    tree: &TreeOfYear,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut found = Vec::new();
    for prefix in tree.prefixes(unit) {
        found.extend(rows(store, register, &prefix)?);
    }
    // Whoever asks for a village that was merged away asks for what it wrote itself.
    let is_gone = tree.home(unit) != unit;
    found.retain(|row| is_gone || tree.home(&row.unit).starts_with(unit));
    Ok(found)
}

/// Whether whoever asks may read soldiers' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// May.
    County,
    /// Reads their families' contacts.
    Township,
}

/// The page that `query` asks for, within `county`; `today` is the day on which stocks are counted.
pub fn page(
    store: &dyn Store,
    county: &str,
    query: &RecordQuery,
    reader: Reader,
    today: &str,
    now_ms: u64,
) -> Result<RecordPage, CountyError> {
    let unit = unit_within(county, &query.unit)?;
    check(query)?;
    let register = registers::find(store, &query.register)?;
    let open = OpenMatters::read(store)?;
    let days = Days::between(&query.from, &query.to, today);
    let wanted = Wanted::new(&register, query, &days, &open);
    let mut rows = rows(store, &register.name, unit.as_str())?;
    if reader == Reader::Township {
        rows = rows.into_iter().map(for_township).collect();
    }
    rows.retain(|row| wanted.holds(row));
    match query.order.as_str() {
        "received" => rows.sort_by(|a, b| (b.received_ms, &b.record_id).cmp(&(a.received_ms, &a.record_id))),
        _ => rows.sort_by(|a, b| (&b.date, &b.record_id).cmp(&(&a.date, &a.record_id))),
    }
    let figures = numbers(&register, &rows, &days, &open);
    let matching = rows.len() as u32;
    let limit = if query.limit == 0 { LIMIT_DEFAULT } else { query.limit.min(LIMIT_MAX) };
    let shown = rows.into_iter().skip(query.offset).take(limit);
    let shown = shown.map(|row| if query.sensitive { row } else { without_sensitive(&register, row) });
    let rows = shown.map(|row| RecordRow { open_matters: open.of(&row.record_id), ..row }).collect();
    Ok(RecordPage { rows, matching, figures, as_of_ms: now_ms })
}

fn check(query: &RecordQuery) -> Result<(), CountyError> {
    for (name, day) in [("from", &query.from), ("to", &query.to)] {
        if !is_day_or_none(day) {
            return Err(CountyError::BadParameter(name));
        }
    }
    if query.text.chars().count() > TEXT_MAX {
        return Err(CountyError::BadParameter("text"));
    }
    match query.order.as_str() {
        "" | "date" | "received" => Ok(()),
        _ => Err(CountyError::BadParameter("order")),
    }
}

/// One record with everything that happened to it; the heads are added by who can see documents.
pub fn detail(store: &dyn Store, record: &str) -> Result<RecordDetail, CountyError> {
    let not_found = || CountyError::NotFound(record.chars().take(64).collect());
    let place = place(store, record)?;
    let address = Address::parse(&place.address).map_err(|_| not_found())?;
    let key = keys::row(&address.register, &place.unit, record);
    let row: RecordRow = store.value(&key)?.ok_or_else(not_found)?;
    let matters: Vec<Matter> = queue::of_record(store, record)?;
    let open_matters = matters.iter().filter(|matter| matter.settled.is_none()).count() as u32;
    let history: Vec<HistoryEvent> = store.values(&keys::history_of(record))?;
    let fields = store.value(&keys::fields(record))?.unwrap_or_default();
    Ok(RecordDetail { row: RecordRow { open_matters, ..row }, fields, history, matters, heads: Vec::new() })
}

/// Where a record lives.
pub fn place(store: &dyn Store, record: &str) -> Result<RecordPlace, CountyError> {
    let not_found = || CountyError::NotFound(record.chars().take(64).collect());
    if !is_plain_id(record) {
        return Err(not_found());
    }
    store.value(&keys::record(record))?.ok_or_else(not_found)
}
