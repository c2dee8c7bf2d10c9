//! Stations with their people and phones, vacant ones too. No statistics of anybody's activity.
//!
//! Always true: stations stand in the order of their codes, never by rate; a village that was merged stays as long as
//! somebody serves it or something waits there; when a phone was used is not known here.
//! Deliberately not here: held work (its records are folded, `fold`).

mod phones;

pub use phones::{phone, phones};

use super::view::{MatterKind, Station, StationPerson, StationPhone, WaitingPhone};
use super::{CountyError, queue, unit_within};
use crate::access::{grants, person, posts};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit as UnitRow;
use crate::store::contract::{Store, StoreError};
use std::collections::BTreeMap;
use zoufang_sync_protocol::unit::COUNTY_DIGITS;

/// All villages and townships within `unit` that stand on `day`, by code.
pub fn stations_of(store: &dyn Store, unit: &str, day: &str) -> Result<Vec<UnitRow>, StoreError> {
    Ok(units_below(store, unit)?.into_iter().filter(|row| stands(row, day)).collect())
}

fn units_below(store: &dyn Store, unit: &str) -> Result<Vec<UnitRow>, StoreError> {
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    let is_below = |row: &UnitRow| row.unit.len() > COUNTY_DIGITS && row.unit.starts_with(unit);
    let mut below: Vec<UnitRow> = units.into_iter().filter(is_below).collect();
    below.sort_by(|a, b| a.unit.cmp(&b.unit));
    Ok(below)
}

fn stands(row: &UnitRow, day: &str) -> bool {
    row.valid_to.as_deref().is_none_or(|last| last >= day) && row.valid_from.as_deref().is_none_or(|first| first <= day)
}

/// What a unit is called; its code if it is not in the tree.
pub fn name_of(store: &dyn Store, unit: &str) -> Result<String, StoreError> {
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    Ok(units.into_iter().find(|row| row.unit == unit).map_or_else(|| unit.to_owned(), |row| row.name))
}

/// The stations of `unit` (empty: of the county), each with who and what is there.
pub fn stations(store: &dyn Store, county: &str, unit: &str, now_ms: u64) -> Result<Vec<Station>, CountyError> {
    let unit = unit_within(county, unit)?;
    let mut phones = phones_by_unit(store, county)?;
    let mut waiting = waiting_by_unit(store, now_ms)?;
    let mut held: BTreeMap<String, u32> = BTreeMap::new();
    for matter in queue::matters(store, true)?.into_iter().filter(|matter| matter.kind == MatterKind::Held) {
        *held.entry(matter.unit).or_default() += 1;
    }
    let day = grants::day_of(now_ms);
    let mut stations = Vec::new();
    for row in units_below(store, unit.as_str())? {
        let people = posts::serving(store, &row.unit)?;
        let people = people.into_iter().map(|(post, person)| StationPerson {
            id: person.id,
            name: person.name,
            since: post.day,
        });
        let stands = stands(&row, &day);
        let station = Station {
            people: people.collect(),
            phones: phones.remove(&row.unit).unwrap_or_default(),
            waiting: waiting.remove(&row.unit).unwrap_or_default(),
            held: held.get(&row.unit).copied().unwrap_or_default(),
            unit: row.unit,
            name: row.name,
            last_day: row.valid_to.filter(|_| !stands),
            merged_into: row.replaced_by.filter(|_| !stands),
        };
        if stands || !is_empty(&station) {
            stations.push(station);
        }
    }
    Ok(stations)
}

fn is_empty(station: &Station) -> bool {
    station.people.is_empty() && station.phones.is_empty() && station.waiting.is_empty() && station.held == 0
}

fn phones_by_unit(store: &dyn Store, county: &str) -> Result<BTreeMap<String, Vec<StationPhone>>, StoreError> {
    let mut by_unit: BTreeMap<String, Vec<StationPhone>> = BTreeMap::new();
    for phone in phones(store, county)? {
        for unit in &phone.units {
            by_unit.entry(unit.clone()).or_default().push(phone.clone());
        }
    }
    Ok(by_unit)
}

fn waiting_by_unit(store: &dyn Store, now_ms: u64) -> Result<BTreeMap<String, Vec<WaitingPhone>>, StoreError> {
    let mut by_unit: BTreeMap<String, Vec<WaitingPhone>> = BTreeMap::new();
    for (waiting, code) in posts::waiting(store, now_ms)? {
        let person = person(store, &code.person_id)?.map(|person| person.name).unwrap_or_default();
        let digits = waiting.digits().unwrap_or_default();
        for grant in code.grants {
            by_unit.entry(grant.unit.clone()).or_default().push(WaitingPhone {
                id: waiting.device.clone(),
                person: person.clone(),
                unit: grant.unit,
                digits: digits.clone(),
                since_ms: waiting.time_ms,
            });
        }
    }
    Ok(by_unit)
}
