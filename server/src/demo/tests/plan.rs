//! What the phones of the year are to log: valid under each register, written by whom may, within the year.

use super::{county, day};
use crate::demo::plan::{PlannedRecord, Round};
use crate::demo::year::plan_year;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::register::{Register, Registers};
use zoufang_sync_protocol::unit::Level;

fn register(name: &str) -> Register {
    let path = format!("{}/../sync-protocol/registers/{name}.json", env!("CARGO_MANIFEST_DIR"));
    Register::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Records as they stand once everybody wrote, by address and id.
fn merged(records: &[PlannedRecord]) -> BTreeMap<(Address, String), Record> {
    let mut rounds: Vec<&PlannedRecord> = records.iter().collect();
    rounds.sort_by_key(|record| record.round);
    let mut merged: BTreeMap<(Address, String), Record> = BTreeMap::new();
    for record in rounds {
        merged.entry((record.address.clone(), record.record_id.clone())).or_default().extend(record.record.clone());
    }
    merged
}

#[test]
fn every_record_of_the_year_is_valid_and_stands_at_a_level_of_its_register() {
    let county = county(7);
    let records = plan_year(&county);
    let mut registers: BTreeMap<String, Register> = BTreeMap::new();
    for ((address, record_id), record) in &merged(&records) {
        let register = registers.entry(address.register.clone()).or_insert_with(|| self::register(&address.register));
        assert_eq!(register.invalid_fields(record), Vec::<String>::new(), "{address} {record_id} {record:?}");
        assert!(register.levels.contains(&address.unit.level()), "{address}");
        assert_eq!(register.waiting_step(record).map(|step| step.id.as_str()), waiting(address, record), "{record:?}");
        for field in record.keys() {
            assert!(register.field(field).is_some(), "{address} has no field {field}");
        }
    }
    assert_eq!(registers.len(), 10);
}

/// All steps are done, but for comments that the county has not answered and needs that it has still to follow up.
fn waiting(address: &Address, record: &Record) -> Option<&'static str> {
    match address.register.as_str() {
        "feedback" if !record.contains_key("reply") => Some("answer"),
        "visit" if record.contains_key("need_codes") => Some("need"),
        _ => None,
    }
}

#[test]
fn only_who_may_writes_the_fields_of_a_step() {
    let county = county(7);
    let registers = Registers::built_in();
    for record in plan_year(&county) {
        let register = registers.get(&record.address.register).unwrap();
        for field in record.record.keys() {
            let least = register.writer_level(field).unwrap_or(Level::Village);
            assert!(record.by.level() <= least, "{} writes {field} of {}", record.by, record.address);
        }
        assert!(record.by.contains(&record.address.unit), "{} writes into {}", record.by, record.address);
    }
}

#[test]
fn records_are_entered_after_they_begin_and_steps_follow_each_other() {
    let county = county(7);
    let now_ms = u64::try_from(county.today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis()).unwrap();
    let mut begun: BTreeMap<String, (Round, u64)> = BTreeMap::new();
    let mut records = plan_year(&county);
    records.sort_by_key(|record| record.round);
    for record in &records {
        assert!(record.entered_ms < now_ms, "{}", record.address);
        if record.record.contains_key("entry") {
            let entered = record.record["entry"]["entered_at"].as_str().unwrap();
            let dated = ["visit_date", "date", "applied_on", "inspected_on"];
            let date = dated.iter().find_map(|name| record.record.get(*name)?.as_str());
            assert!(date.is_none_or(|date| day(date) <= day(&entered[..10])), "{:?}", record.record);
            assert!(begun.insert(record.record_id.clone(), (record.round, record.entered_ms)).is_none());
        } else {
            let before = begun[&record.record_id];
            assert!(before.0 < record.round && before.1 < record.entered_ms, "{:?}", record.record);
            begun.insert(record.record_id.clone(), (record.round, record.entered_ms));
        }
    }
}

#[test]
fn the_county_town_has_four_of_five_outlets() {
    let county = county(7);
    let outlets: Vec<PlannedRecord> =
        plan_year(&county).into_iter().filter(|record| record.address.register == "outlet").collect();
    let counted: Vec<&PlannedRecord> = outlets
        .iter()
        .filter(|outlet| outlet.record["status"] == "active" && outlet.record["active_on"].as_str() < Some("2025"))
        .collect();
    let in_town = |outlet: &&&PlannedRecord| ["990101001", "990101100"].contains(&&outlet.by.as_str()[..9]);
    assert_eq!((counted.len(), counted.iter().filter(in_town).count()), (33, 27));
    let units: BTreeSet<_> = counted.iter().map(|outlet| &outlet.by).collect();
    assert!(units.len() > 10);
}
