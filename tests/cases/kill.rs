//! What was acknowledged outlives anything: the server's death in the middle of exchanges, and the loss of its index.

use serde_json::Value;
use zoufang_sync_protocol::document::Address;
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::measured::Records;
use zoufang_tests::measures::{Options, kill};

/// Kills the server five times under load: every receipt that a phone got stands in the journal afterwards.
#[test]
fn every_receipt_is_in_the_journal_after_the_server_was_killed() {
    let options = Options { evidence: None, seed: 7, phones: 0, records: 0, cycles: 5 };
    let figures = kill::run(&options).unwrap();
    assert!(figures["receipts"].as_u64().unwrap() > 10, "too little was written to prove anything: {figures:?}");
    assert_eq!(figures["lost"], 0, "{figures:?}");
}

/// Everything the county can be asked for, without the time of asking.
fn all_rows(bed: &Bed) -> Value {
    let mut county = bed.county();
    let asked = ["visits?limit=500", "matters", "phones", "units", "overview"];
    let mut answers: Vec<Value> =
        asked.iter().map(|path| county.get(&format!("/api/county/{path}")).unwrap()).collect();
    for answer in &mut answers {
        if let Some(fields) = answer.as_object_mut() {
            fields.remove("as_of_ms");
        }
    }
    Value::from(answers)
}

#[test]
fn a_lost_index_is_rebuilt_with_equal_rows_and_enrolled_devices() {
    let mut bed = Bed::empty().unwrap();
    let mut stations = [bed.station(VILLAGE, "陈志远").unwrap(), bed.station(VILLAGE, "李桂花").unwrap()];
    let address = Address::parse(&format!("visit/{VILLAGE}/2024")).unwrap();
    for (seed, station) in stations.iter_mut().enumerate() {
        let mut records = Records::new(seed as u64, VILLAGE);
        for _ in 0..5 {
            let (id, record) = records.write();
            station.phone.log(&id, &address, &record, station.now_ms).unwrap();
        }
        station.exchange().unwrap();
    }
    bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 10);
    let before = all_rows(&bed);

    for peaceful in [true, false] {
        if peaceful {
            bed.stop().unwrap()
        } else {
            bed.kill().unwrap()
        }
        std::fs::remove_dir_all(bed.data().join("index")).unwrap();
        bed.start().unwrap();
        assert_eq!(all_rows(&bed), before, "rows differ after a rebuild");
    }
    for station in &mut stations {
        station.client.go_to(bed.server().address());
        station.exchange().unwrap();
        assert_eq!(station.phone.records(&address).len(), 10);
        assert_eq!(station.phone.unsent(), 0);
    }
}
