//! Whose turn it is: what a village asked for waits at the level that acts next, until that level did.
//!
//! Deliberately not here: steps as such (`records_api`), and the page that says it (`tests/browser/cases/office.test.mjs`).

use serde_json::{Value, json};
use zoufang_server::county::view::{Overview, RecordDetail, Waiting};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::measured::Records;

const TOWNSHIP: &str = "990101103";

fn visit(number: u64, more: Value) -> (String, Record) {
    let (id, mut record) = Records::new(number, VILLAGE).write();
    record.extend(more.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
    (id, record)
}

fn aid() -> Record {
    let fields = json!({
        "person": {"name": "张三丰", "village": "石门村", "category": "55"}, "applied_on": "2024-05-06",
        "situation_code": "old_injury", "kinds": ["living"], "division_code": VILLAGE,
        "entry": {"entered_by": "s-1", "entered_at": "2024-05-06T15:20+08:00", "source": "phone"},
    });
    serde_json::from_value(fields).unwrap()
}

fn waiting(county: &mut County, unit: &str) -> Vec<Waiting> {
    county.get::<Overview>(&format!("/api/county/overview?unit={unit}")).unwrap().waiting
}

fn one(register: &str, step: &str, records: u32) -> Waiting {
    Waiting { register: register.to_owned(), step: step.to_owned(), records }
}

/// Goal: a need that a village raised is on the county's list until it noted how it ended, and only real needs are.
#[test]
fn what_waits_is_said_to_the_level_whose_turn_it_is() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let visits = Address::parse(&format!("visit/{VILLAGE}/2024")).unwrap();
    let needs = [json!(["none", "housing"]), json!(["medical"]), json!(["none"]), json!([])];
    let mut ids = Vec::new();
    for (number, need_codes) in (1..).zip(needs) {
        let (id, record) = visit(number, json!({"need_codes": need_codes}));
        station.phone.log(&id, &visits, &record, station.now_ms).unwrap();
        ids.push(id);
    }
    let void = Record::from([("void_reason".to_owned(), json!("mistake"))]);
    station.phone.log(&ids[1], &visits, &void, station.now_ms).unwrap();
    let aids = Address::parse(&format!("hardship_aid/{VILLAGE}/2024")).unwrap();
    station.phone.log("018d6a00-0000-7000-8000-000000000009", &aids, &aid(), station.now_ms).unwrap();
    station.exchange().unwrap();

    let mut county = bed.county();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 4);
    county.wait_for("the aid", |county| {
        (county.records(&json!({"register": "hardship_aid"})).ok()?.matching == 1).then_some(())
    });
    assert_eq!(waiting(&mut county, ""), [one("visit", "need", 1)]);
    assert_eq!(waiting(&mut county, TOWNSHIP), [one("hardship_aid", "accept", 1)]);
    assert_eq!(waiting(&mut county.clerk_of(TOWNSHIP, "周云").unwrap(), ""), [one("hardship_aid", "accept", 1)]);
    let page = county.visits("state=waiting").unwrap();
    assert_eq!(
        (page.matching, page.rows[0].record_id.as_str(), page.rows[0].step.as_str()),
        (1, ids[0].as_str(), "need")
    );
    let open = |county: &mut County| county.records(&json!({"register": "visit"})).unwrap().figures["needs_open"];
    assert_eq!(open(&mut county), 1);

    let before = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
    let heads = county.record(&ids[0]).unwrap().heads;
    let answer = json!({"need_answer": {"result": "passed_on", "on": "2024-02-06", "text": "已请住建局看房"}});
    let edit = json!({"fields": answer, "heads": heads, "note": "跟进困难"});
    let ended: RecordDetail = county.post(&format!("/api/county/records/{}", ids[0]), &edit).unwrap();
    assert_eq!((ended.row.step.as_str(), ended.row.invalid_fields.len()), ("", 0));
    assert_eq!((waiting(&mut county, ""), open(&mut county)), (vec![], 0));
    assert_eq!(county.visits("state=waiting").unwrap().matching, 0);
    station.exchange().unwrap();
    assert_eq!(station.phone.records(&visits)[&ids[0]]["need_answer"]["text"], "已请住建局看房");
    let mut document = station.phone.document(&visits).unwrap().content().clone();
    let newest = document.get_changes(&[]).iter().map(|change| change.timestamp()).max().unwrap();
    assert!(newest >= before, "the county's change says its day in the record's history: {newest}");
}
