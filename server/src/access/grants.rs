//! The grant rule: a device may read and write the units of its grants, on their days.
//!
//! Days are those of China (+08:00), where the villages are. Deliberately not here: what feeds exist.

use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::Unit as UnitRow;
use crate::store::contract::{Store, StoreError};
use chrono::{DateTime, FixedOffset};
use zoufang_sync_protocol::exchange::Grant;
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

/// The feeds a device reads at `time_ms`, sorted.
pub fn feeds(store: &dyn Store, county: &str, grants: &[Grant], time_ms: u64) -> Result<Vec<String>, StoreError> {
    let mut feeds = vec![format!("tables/{county}")];
    for unit in granted(grants, time_ms) {
        if unit.level() == Level::Village {
            feeds.extend([format!("tables/{unit}"), format!("visit/{unit}")]);
            continue;
        }
        let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
        for village in units.iter().filter_map(|row| Unit::parse(&row.unit).ok()) {
            if village.level() == Level::Village && unit.contains(&village) {
                feeds.extend([format!("tables/{village}"), format!("visit/{village}")]);
            }
        }
    }
    feeds.sort();
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
