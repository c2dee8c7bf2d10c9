//! The grant rule: a device may read and write the units of its grants, on their days.
//!
//! Days are those of China (+08:00), where the villages are. A village that was merged and the one it was merged into
//! are granted together, and that is said here alone. Deliberately not here: what feeds exist.

use super::Device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit as UnitRow;
use crate::store::contract::{Store, StoreError};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::register::Registers;
use zoufang_sync_protocol::signature::digest;
use zoufang_sync_protocol::unit::{Level, Unit};

const CHINA_SECONDS_EAST: i32 = 8 * 3600;
/// Where in a version of grants a mark of 20 bits stands for what follows from mergers: phones count exactly below 2^53.
const MERGED_SHIFT: u32 = 32;

/// Day in China at `time_ms`, `YYYY-MM-DD`.
pub fn day_of(time_ms: u64) -> String {
    let zone = FixedOffset::east_opt(CHINA_SECONDS_EAST).expect("eight hours is an offset");
    let time = DateTime::from_timestamp_millis(time_ms as i64).unwrap_or_default();
    time.with_timezone(&zone).format("%Y-%m-%d").to_string()
}

/// A unit that was merged into another, as grants need to know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// It is no more.
    pub unit: String,
    /// What it was merged into.
    pub into: String,
    /// Its last day; none: long ago.
    pub last_day: Option<String>,
}

/// What grants need of the tree: who was merged into whom.
pub fn mergers(tree: &[UnitRow]) -> Vec<Merged> {
    let merged = |row: &UnitRow| {
        let into = row.replaced_by.clone()?;
        Some(Merged { unit: row.unit.clone(), into, last_day: row.valid_to.clone() })
    };
    tree.iter().filter_map(merged).collect()
}

/// `grants` with those that follow from mergers: who has the successor has what was merged into it, and who has a unit
/// that was merged has its successor, on the days of the grant they follow from.
pub fn with_merged(
    index: &(impl ReadIndex + ?Sized),
    grants: &[Grant],
    time_ms: u64,
) -> Result<Vec<Grant>, StoreError> {
    let mut merged: Vec<Merged> = index.value(keys::MERGED)?.unwrap_or_default();
    let day = day_of(time_ms);
    merged.retain(|merged| merged.last_day.as_ref().is_none_or(|last| *last < day));
    let mut all = grants.to_vec();
    for grant in grants {
        add_successors(&merged, grant, &mut all);
        add_predecessors(&merged, grant, &mut all);
    }
    Ok(all)
}

/// Each step ends, for a unit that is there already is not added again.
fn add_successors(merged: &[Merged], grant: &Grant, all: &mut Vec<Grant>) {
    for merger in merged.iter().filter(|merger| merger.unit == grant.unit) {
        let next = Grant { unit: merger.into.clone(), ..grant.clone() };
        if !all.contains(&next) {
            all.push(next.clone());
            add_successors(merged, &next, all);
        }
    }
}

fn add_predecessors(merged: &[Merged], grant: &Grant, all: &mut Vec<Grant>) {
    for merger in merged.iter().filter(|merger| merger.into.starts_with(&grant.unit)) {
        let next = Grant { unit: merger.unit.clone(), ..grant.clone() };
        if !all.contains(&next) {
            all.push(next.clone());
            add_predecessors(merged, &next, all);
        }
    }
}

/// The units that `device` may read and write at `time_ms`: by its grants of that day and by mergers; none once it was
/// withdrawn.
pub fn granted(index: &(impl ReadIndex + ?Sized), device: &Device, time_ms: u64) -> Result<Vec<Unit>, StoreError> {
    let day = day_of(time_ms);
    let holds = |grant: &Grant| grant.from <= day && grant.until.as_ref().is_none_or(|until| *until >= day);
    let grants = with_merged(index, device.granted(), time_ms)?;
    Ok(grants.iter().filter(|grant| holds(grant)).filter_map(|grant| Unit::parse(&grant.unit).ok()).collect())
}

/// The version that a phone compares: another one whenever the device's grants, or what follows from mergers, changes.
pub fn version(device: &Device, with_merged: &[Grant]) -> u64 {
    let followed = &with_merged[device.grants.grants.len().min(with_merged.len())..];
    if followed.is_empty() {
        return device.grants.version;
    }
    let text: Vec<String> = followed.iter().map(|grant| format!("{} {}", grant.unit, grant.from)).collect();
    let digest = digest(text.join("\n").as_bytes());
    let mark = u32::from_be_bytes([0, digest[0], digest[1], digest[2]]) >> 4;
    device.grants.version + (u64::from(mark.max(1)) << MERGED_SHIFT)
}

/// Whether `unit` lies in one of `granted`.
pub fn holds(granted: &[Unit], unit: &Unit) -> bool {
    granted.iter().any(|granted| granted.contains(unit))
}

/// The feeds a device reads at `time_ms`: those of each granted unit and of every unit in it, tables and all registers,
/// whether they have entries or not. Tables come first, so that a phone knows a register before its records; then by name.
pub fn feeds(store: &dyn Store, county: &str, device: &Device, time_ms: u64) -> Result<Vec<String>, StoreError> {
    let own: Vec<String> = store.value(keys::REGISTERS)?.unwrap_or_default();
    let built_in = Registers::built_in();
    let names: BTreeSet<&str> = built_in.names().chain(own.iter().map(String::as_str)).chain(["tables"]).collect();
    let granted = granted(store, device, time_ms)?;
    let tree: Vec<UnitRow> = match granted.iter().all(|unit| unit.level() == Level::Village) {
        true => Vec::new(),
        false => store.value(keys::UNITS)?.unwrap_or_default(),
    };
    let below = tree.iter().filter_map(|row| Unit::parse(&row.unit).ok());
    let below = below.filter(|unit| granted.iter().any(|granted| granted.contains(unit)));
    let units: BTreeSet<Unit> = below.chain(granted.iter().cloned()).collect();
    let mut feeds: Vec<String> =
        units.iter().flat_map(|unit| names.iter().map(move |name| format!("{name}/{unit}"))).collect();
    feeds.push(format!("tables/{county}"));
    feeds.sort_by_cached_key(|feed| (!feed.starts_with("tables/"), feed.clone()));
    feeds.dedup();
    Ok(feeds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::DeviceGrants;
    use crate::rows::index::Overlay;
    use crate::store::embedded::{EmbeddedStore, Options};

    const NOON: u64 = 1_722_484_800_000; // 2024-08-01 12:00 in China

    fn device(unit: &str, from: &str, until: Option<&str>) -> Device {
        let grants = vec![Grant { unit: unit.into(), from: from.into(), until: until.map(Into::into) }];
        Device {
            id: "d".into(),
            public_key: String::new(),
            person_id: "p".into(),
            grants: DeviceGrants { version: 1, grants },
            code: String::new(),
            certificate: String::new(),
            enrolled_ms: 0,
            withdrawn_ms: None,
            withdrawn: None,
            others: vec![],
            former: vec![],
        }
    }

    fn may_write(overlay: &Overlay<'_>, device: &Device, unit: &str) -> bool {
        holds(&granted(overlay, device, NOON).unwrap(), &Unit::parse(unit).unwrap())
    }

    #[test]
    fn a_grant_holds_on_its_days_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), &Options::default()).unwrap();
        let overlay = Overlay::new(&store);
        let village = "990101103200";
        assert_eq!(day_of(NOON), "2024-08-01");
        assert!(may_write(&overlay, &device("990101103", "2024-08-01", Some("2024-08-01")), village));
        assert!(!may_write(&overlay, &device("990101103", "2024-08-02", None), village));
        assert!(!may_write(&overlay, &device("990101103", "2024-07-01", Some("2024-07-31")), village));
        assert!(!may_write(&overlay, &device("990101103", "2024-07-01", None), "990101104200"));
        let withdrawn = Device { withdrawn_ms: Some(1), ..device("990101103", "2024-07-01", None) };
        assert!(!may_write(&overlay, &withdrawn, village));
    }

    /// Two villages were merged into a third yesterday, one more will be tomorrow.
    #[test]
    fn a_merged_village_and_its_successor_are_granted_together_from_its_last_day_on() {
        let folder = tempfile::tempdir().unwrap();
        let store = EmbeddedStore::open(folder.path(), &Options::default()).unwrap();
        let mut overlay = Overlay::new(&store);
        let merged = |unit: &str, last: &str| Merged {
            unit: unit.into(),
            into: "990101104300".into(),
            last_day: Some(last.into()),
        };
        let all = vec![
            merged("990101103200", "2024-07-31"),
            merged("990101103201", "2024-07-31"),
            merged("990101103202", "2024-08-01"),
        ];
        overlay.put(keys::MERGED.to_vec(), &all);
        let old = device("990101103200", "2024-01-01", None);
        let new = device("990101104300", "2024-01-01", None);
        let township = device("990101104", "2024-01-01", None);
        assert!(may_write(&overlay, &old, "990101104300") && may_write(&overlay, &new, "990101103200"));
        assert!(may_write(&overlay, &township, "990101103201"), "it looks after what came to it");
        assert!(!may_write(&overlay, &old, "990101103201"), "not what was merged beside it");
        assert!(!may_write(&overlay, &new, "990101103202"), "not before its last day is over");
        let told = with_merged(&overlay, &new.grants.grants, NOON).unwrap();
        assert_eq!((told.len(), version(&new, &told) > version(&new, &new.grants.grants)), (3, true));
    }
}
