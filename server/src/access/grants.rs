//! The grant rule: a device may read and write the units of its grants, on their days.
//!
//! Days are those of China (+08:00), where the villages are. Deliberately not here: what feeds exist.

use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit as UnitRow;
use crate::store::contract::{Store, StoreError};
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeSet;
use zoufang_sync_protocol::exchange::Grant;
use zoufang_sync_protocol::register::Registers;
use zoufang_sync_protocol::unit::{Level, Unit};

const CHINA_SECONDS_EAST: i32 = 8 * 3600;

/// Day in China at `time_ms`, `YYYY-MM-DD`.
pub fn day_of(time_ms: u64) -> String {
    let zone = FixedOffset::east_opt(CHINA_SECONDS_EAST).expect("eight hours is an offset");
    let time = DateTime::from_timestamp_millis(time_ms as i64).unwrap_or_default();
    time.with_timezone(&zone).format("%Y-%m-%d").to_string()
}

/// The units that are granted at `time_ms`.
pub fn granted(grants: &[Grant], time_ms: u64) -> Vec<Unit> {
    let day = day_of(time_ms);
    let holds = |grant: &&Grant| grant.from <= day && grant.until.as_ref().is_none_or(|until| *until >= day);
    grants.iter().filter(holds).filter_map(|grant| Unit::parse(&grant.unit).ok()).collect()
}

/// Whether `unit` may be written at `time_ms`.
pub fn may_write(grants: &[Grant], unit: &Unit, time_ms: u64) -> bool {
    granted(grants, time_ms).iter().any(|granted| granted.contains(unit))
}

/// The feeds a device reads at `time_ms`: those of each granted unit and of every unit in it, tables and all registers,
/// whether they have entries or not. Tables come first, so that a phone knows a register before its records; then by name.
pub fn feeds(store: &dyn Store, county: &str, grants: &[Grant], time_ms: u64) -> Result<Vec<String>, StoreError> {
    let own: Vec<String> = store.value(keys::REGISTERS)?.unwrap_or_default();
    let built_in = Registers::built_in();
    let names: BTreeSet<&str> = built_in.names().chain(own.iter().map(String::as_str)).chain(["tables"]).collect();
    let granted = granted(grants, time_ms);
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

    #[test]
    fn a_grant_holds_on_its_days_alone() {
        let grant = |from: &str, until: Option<&str>| Grant {
            unit: "990101103".into(),
            from: from.into(),
            until: until.map(Into::into),
        };
        let village = Unit::parse("990101103200").unwrap();
        let noon = 1_722_484_800_000; // 2024-08-01 12:00 in China
        assert_eq!(day_of(noon), "2024-08-01");
        assert!(may_write(&[grant("2024-08-01", Some("2024-08-01"))], &village, noon));
        assert!(!may_write(&[grant("2024-08-02", None)], &village, noon));
        assert!(!may_write(&[grant("2024-07-01", Some("2024-07-31"))], &village, noon));
        assert!(!may_write(&[grant("2024-07-01", None)], &Unit::parse("990101104200").unwrap(), noon));
    }
}
