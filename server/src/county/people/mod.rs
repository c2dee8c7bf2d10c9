//! Stations with their people and phones, vacant ones too. No statistics of anybody's activity.
//!
//! Always true: stations stand in the order of their codes, never by rate; when a phone was used is not known here.
//! Deliberately not here: held work (its records are folded, `fold`).

mod phones;

pub use phones::phones;

use super::view::{MatterKind, Station, StationPerson, StationPhone, Unsent, WaitingPhone};
use super::{CountyError, queue, unit_within};
use crate::access::posts::{self, UnsentWork};
use crate::access::{Device, grants, person};
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit as UnitRow;
use crate::store::contract::{Store, StoreError};
use std::collections::BTreeMap;

/// All villages and townships within `unit` that stand on `day`, by code.
pub fn stations_of(store: &dyn Store, unit: &str, day: &str) -> Result<Vec<UnitRow>, StoreError> {
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    let stands = |row: &UnitRow| {
        row.valid_to.as_deref().is_none_or(|last| last >= day)
            && row.valid_from.as_deref().is_none_or(|first| first <= day)
    };
    let mut stations: Vec<UnitRow> =
        units.into_iter().filter(|row| row.unit.len() > 6 && row.unit.starts_with(unit) && stands(row)).collect();
    stations.sort_by(|a, b| a.unit.cmp(&b.unit));
    Ok(stations)
}

/// What a unit is called; its code if it is not in the tree.
pub fn name_of(store: &dyn Store, unit: &str) -> Result<String, StoreError> {
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    Ok(units.into_iter().find(|row| row.unit == unit).map_or_else(|| unit.to_owned(), |row| row.name))
}

/// The stations of `unit` (empty: of the county), each with who and what is there.
pub fn stations(store: &dyn Store, county: &str, unit: &str, now_ms: u64) -> Result<Vec<Station>, CountyError> {
    let unit = unit_within(county, unit)?;
    let mut phones = phones_by_unit(store)?;
    let mut waiting = waiting_by_unit(store, now_ms)?;
    let mut held: BTreeMap<String, u32> = BTreeMap::new();
    for matter in queue::matters(store, true)?.into_iter().filter(|matter| matter.kind == MatterKind::Held) {
        *held.entry(matter.unit).or_default() += 1;
    }
    let mut stations = Vec::new();
    for row in stations_of(store, unit.as_str(), &grants::day_of(now_ms))? {
        let people = posts::serving(store, &row.unit)?;
        let people = people.into_iter().map(|(post, person)| StationPerson {
            id: person.id,
            name: person.name,
            since: post.day,
        });
        stations.push(Station {
            people: people.collect(),
            phones: phones.remove(&row.unit).unwrap_or_default(),
            waiting: waiting.remove(&row.unit).unwrap_or_default(),
            held: held.get(&row.unit).copied().unwrap_or_default(),
            unit: row.unit,
            name: row.name,
        });
    }
    Ok(stations)
}

fn phones_by_unit(store: &dyn Store) -> Result<BTreeMap<String, Vec<StationPhone>>, StoreError> {
    let devices: Vec<Device> = store.values(&keys::device(""))?;
    let mut by_unit: BTreeMap<String, Vec<StationPhone>> = BTreeMap::new();
    for device in devices.into_iter().filter(|device| device.withdrawn_ms.is_none()) {
        let mut people = Vec::new();
        for user in device.users() {
            people.extend(person(store, user)?.map(|person| person.name));
        }
        let unsent: Option<UnsentWork> = store.value(&keys::unsent(&device.id))?;
        let unsent = unsent.map(|unsent| Unsent {
            records: u32::try_from(unsent.records).unwrap_or(u32::MAX),
            since_ms: unsent.since_ms,
        });
        let units: Vec<String> = device.grants.grants.iter().map(|grant| grant.unit.clone()).collect();
        for unit in &units {
            by_unit.entry(unit.clone()).or_default().push(StationPhone {
                id: device.id.clone(),
                device: short_device(&device.id),
                people: people.clone(),
                units: units.clone(),
                enrolled_ms: device.enrolled_ms,
                unsent,
            });
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
