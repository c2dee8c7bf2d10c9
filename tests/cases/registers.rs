//! Registers as data, on the server: a file that a county brings in is all that a new kind of record needs; each level
//! writes its own steps and no other.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use zoufang_server::county::lists;
use zoufang_server::county::view::RecordRow;
use zoufang_server::demo::phone::Phone;
use zoufang_server::rows::table::{RosterEntry, TableRecord, Unit};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::register::Registers;
use zoufang_sync_protocol::roster::{CountyList, Label, ListVersion, VillageTable};
use zoufang_tests::desk::{CAMPAIGN, Desk};

const TOWNSHIP: &str = "990101103";
const VILLAGE: &str = "990101103200";
const FIRST: &str = "018d6a00-0000-7000-8000-000000000001";
const SECOND: &str = "018d6a00-0000-7000-8000-000000000002";

fn well() -> String {
    let label = |zh: &str, en: &str| json!({"zh": zh, "en": en});
    json!({
        "x-register": "well", "x-version": 1, "x-label": label("水井", "Wells"), "x-bucket": "none", "type": "object",
        "x-levels": ["village"], "x-title": "place", "x-bucket-date": "seen_on", "required": ["place"],
        "properties": {
            "place": {"x-label": label("地点", "Place"), "x-widget": "text", "type": "string"},
            "seen_on": {"x-label": label("日期", "Date"), "x-widget": "date", "type": "string"},
            "note": {"x-label": label("备注", "Note"), "x-widget": "text", "type": "string", "x-row": false},
        },
    })
    .to_string()
}

fn record(fields: Value) -> Record {
    serde_json::from_value(fields).unwrap()
}

/// The phone writes one record, and the county folds it.
fn log(desk: &Desk, phone: &mut Phone, address: &str, id: &str, fields: Value, now_ms: u64) {
    phone.log(id, &Address::parse(address).unwrap(), &record(fields), now_ms).unwrap();
    desk.exchange_all(phone, now_ms);
    desk.settled();
}

fn bring_units(desk: &Desk) {
    let unit =
        |unit: &str| Unit { unit: unit.into(), name: unit.into(), valid_from: None, valid_to: None, replaced_by: None };
    desk.bring(&TableRecord::Units { units: ["990101", TOWNSHIP, VILLAGE, "990101205201"].map(unit).to_vec() });
}

fn codes(desk: &Desk) -> Vec<String> {
    desk.open_matters().into_iter().filter_map(|matter| matter.code).collect()
}

#[test]
fn every_file_of_the_folder_is_in_the_build() {
    let built_in = Registers::built_in();
    let folder = zoufang_tests::repository().join("sync-protocol/registers");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let source: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let known = built_in.get(path.file_stem().unwrap().to_str().unwrap());
        assert_eq!(known.map(|register| register.schema()), Some(&source), "{}", path.display());
    }
}

#[test]
fn a_register_brought_into_a_running_county_reaches_phones_and_its_records_become_rows() {
    let desk = Desk::found();
    let (mut phone, mut other) = (desk.enrol(VILLAGE, "陈志远"), desk.enrol(VILLAGE, "李桂花"));
    desk.exchange_all(&mut phone, 1_000);
    assert_eq!(phone.table("tables/990101", "register/well"), None);

    desk.bring(&TableRecord::Register { source: well() });
    desk.exchange_all(&mut phone, 2_000);
    assert_eq!(table(&phone, "register/well"), Some(serde_json::from_str(&well()).unwrap()));
    let address = "well/990101103200/-";
    let fields = json!({"place": "村口", "seen_on": "2024-05-01", "note": "水清", "depth": 12});
    log(&desk, &mut phone, address, FIRST, fields.clone(), 3_000);

    let row = &desk.records("well")[FIRST];
    assert_eq!((row.title.as_str(), row.date.as_str(), row.unit.as_str()), ("村口", "2024-05-01", VILLAGE));
    assert_eq!(row.columns.keys().collect::<Vec<_>>(), ["county", "place", "seen_on"]);
    assert_eq!(row.columns["county"], json!({"level": "village", "township": TOWNSHIP}));
    assert_eq!(row.invalid_fields, Vec::<String>::new());
    desk.exchange_all(&mut other, 4_000);
    assert_eq!(other.records(&Address::parse(address).unwrap())[FIRST], record(fields), "the unknown field too");
    assert_eq!(desk.rebuilt().store.index(), desk.store.index());
}

/// A table of the county as the phone holds it.
fn table(phone: &Phone, name: &str) -> Option<Value> {
    phone.table("tables/990101", name).map(|bytes| serde_json::from_slice(bytes).unwrap())
}

#[test]
fn further_fields_of_a_register_are_judged_and_shown_from_then_on() {
    let desk = Desk::found();
    let mut phone = desk.enrol(VILLAGE, "陈志远");
    let extension = json!({"x-extends": "station", "x-version": 1, "properties": {
        "rooms": {"x-label": {"zh": "间数", "en": "Rooms"}, "x-widget": "number", "type": "integer"}}});
    let station = |rooms: Value| json!({"name": "石门村站", "rooms": rooms});
    log(&desk, &mut phone, "station/990101103200/-", FIRST, station(json!("two")), 1_000);
    assert!(!desk.records("station")[FIRST].invalid_fields.contains(&"rooms".to_owned()), "not known yet");

    desk.bring(&TableRecord::Register { source: extension.to_string() });
    desk.exchange_all(&mut phone, 1_500);
    let merged = table(&phone, "register/station").expect("phones get the register whole");
    assert!(merged["properties"]["rooms"].is_object() && merged["properties"]["name"].is_object());
    log(&desk, &mut phone, "station/990101103200/-", SECOND, station(json!("two")), 2_000);
    assert!(desk.records("station")[SECOND].invalid_fields.contains(&"rooms".to_owned()));
    log(&desk, &mut phone, "station/990101103200/-", SECOND, json!({"rooms": 2}), 3_000);
    assert_eq!(desk.records("station")[SECOND].columns["rooms"], json!(2));
    assert_eq!(desk.rebuilt().store.index(), desk.store.index());
}

/// A package of the county's list, given outside a campaign, counts with its goods at the prices of the record's own day.
#[test]
fn goods_outside_a_campaign_count_at_the_price_of_their_day() {
    let desk = Desk::found();
    let mut phone = desk.enrol(VILLAGE, "陈志远");
    let visit = |day: &str| {
        json!({
            "visit_kind": "hardship", "outcome": "delivered", "visit_date": day, "person_times": 1,
            "gift": {"package_id": "wheelchair", "money_fen": 5_000, "pay_method": "cash", "fund_source": "county",
                "goods": [{"item": "轮椅", "quantity": 2, "measure_word": "辆"}, {"item": "镜子", "quantity": 1}]},
        })
    };
    let mut list = lists::built_in().remove(0);
    desk.bring(&TableRecord::List { list: list.clone() });
    log(&desk, &mut phone, "visit/990101103200/2024", FIRST, visit("2024-05-01"), 1_000);
    let worth = |record: &str| desk.records("visit")[record].columns["county"]["value_fen"].clone();
    assert_eq!(worth(FIRST), json!(2 * 80_000 + 5_000));

    let mut dearer = list.versions[0].clone();
    (dearer.version, dearer.valid_from) = (2, "2025-01-01".to_owned());
    for goods in dearer.items.iter_mut().filter_map(|item| item.gift.as_mut()).flat_map(|gift| &mut gift.goods) {
        goods.price_fen *= 2;
    }
    list.versions.push(dearer);
    desk.bring(&TableRecord::List { list });
    log(&desk, &mut phone, "visit/990101103200/2025", SECOND, visit("2025-05-01"), 2_000);
    assert_eq!(worth(SECOND), json!(2 * 160_000 + 5_000));
    log(&desk, &mut phone, "visit/990101103200/2024", FIRST, json!({"note": "改过"}), 3_000);
    assert_eq!(worth(FIRST), json!(2 * 80_000 + 5_000), "a price of later changes no past record");
}

#[test]
fn what_no_register_describes_goes_to_quarantine_with_its_reason() {
    let desk = Desk::found();
    let mut phone = desk.enrol(TOWNSHIP, "吴建国");
    log(&desk, &mut phone, "well/990101103200/-", FIRST, json!({"place": "村口"}), 1_000);
    assert_eq!(codes(&desk), ["register_unknown"]);
    log(&desk, &mut phone, "outlet/990101103/-", FIRST, json!({"name": "粮油店"}), 2_000);
    log(&desk, &mut phone, "outlet/990101103200/2024", FIRST, json!({"name": "粮油店"}), 3_000);
    let mut all = codes(&desk);
    all.sort();
    assert_eq!(all, ["address_malformed", "address_malformed", "register_unknown"]);
    assert!(desk.records("well").is_empty() && desk.records("outlet").is_empty());
}

/// Method: the same field is written by a village and by its township in turn; the row shows the township's word alone.
#[test]
fn a_village_does_not_write_the_townships_step() {
    let desk = Desk::found();
    bring_units(&desk);
    let (mut village, mut township) = (desk.enrol(VILLAGE, "陈志远"), desk.enrol(TOWNSHIP, "吴建国"));
    let address = "hardship_aid/990101103200/2024";
    let row = |desk: &Desk| -> RecordRow { desk.records("hardship_aid")[FIRST].clone() };
    let applied = json!({
        "person": {"name": "王德山", "village": "石门村", "category": "59"}, "applied_on": "2024-05-01",
        "situation_code": "unemployed", "kinds": ["employment"], "division_code": VILLAGE, "accept_result": "accepted",
        "granted_fen": null,
        "entry": {"entered_by": "s-1", "entered_at": "2024-05-01T15:20+08:00", "source": "phone"},
    });
    log(&desk, &mut village, address, FIRST, applied, 1_000);
    let forged = row(&desk);
    assert_eq!(forged.invalid_fields, ["accept_result"]);
    assert_eq!((forged.step.as_str(), forged.state.as_str(), forged.title.as_str()), ("accept", "accept", "王德山"));
    assert_eq!(forged.columns.get("accept_result"), None);

    desk.exchange_all(&mut township, 2_000);
    let decided = json!({"accept_result": "not_accepted", "accepted_on": "2024-05-03"});
    log(&desk, &mut township, address, FIRST, decided, 3_000);
    let decided = row(&desk);
    assert_eq!((decided.invalid_fields.len(), decided.columns["accept_result"].as_str()), (0, Some("not_accepted")));

    desk.exchange_all(&mut village, 4_000);
    log(&desk, &mut village, address, FIRST, json!({"accept_result": "accepted"}), 5_000);
    let again = row(&desk);
    assert_eq!((again.columns["accept_result"].as_str(), again.invalid_fields.len()), (Some("not_accepted"), 1));
    assert_eq!(desk.rebuilt().store.index(), desk.store.index());
}

#[test]
fn a_township_reads_its_villages_and_writes_its_own_ceremonies() {
    let desk = Desk::found();
    bring_units(&desk);
    let person = RosterEntry {
        person_ref: "r-1".into(),
        name: "王小军".into(),
        unit: VILLAGE.into(),
        household: "h-1".into(),
        group: String::new(),
        categories: Vec::new(),
        ..RosterEntry::default()
    };
    let table = VillageTable::new(TOWNSHIP, "双河镇", "双河镇");
    desk.bring(&TableRecord::Village { table, roster: vec![person] });
    let versions = vec![ListVersion { version: 1, valid_from: "2024-01-01".into(), items: Vec::new() }];
    let list = CountyList { id: "awards".into(), name: Label { zh: "奖励".into(), en: "Awards".into() }, versions };
    desk.bring(&TableRecord::List { list: list.clone() });

    let (mut township, mut village) = (desk.enrol(TOWNSHIP, "吴建国"), desk.enrol(VILLAGE, "陈志远"));
    let participants = json!([{"person": {"person_ref": "r-1"}, "batch": "2024H1"}, {"person": {"contact": "王芳"}}]);
    let ceremony = |unit: &str| {
        json!({"ceremony_kind": "recruit_sendoff", "date": "2024-03-10", "division_code": unit,
               "participants": participants.clone()})
    };
    log(&desk, &mut township, "ceremony/990101103/2024", FIRST, ceremony("990101103000"), 1_000);
    log(&desk, &mut village, "ceremony/990101103200/2024", SECOND, ceremony(VILLAGE), 2_000);
    let rows: BTreeMap<String, RecordRow> = desk.records("ceremony");
    assert_eq!(
        rows[FIRST].columns["county"],
        json!({"level": "township", "people": ["王小军", "王芳"], "contacts": ["王小军", "王芳"], "township": TOWNSHIP})
    );
    assert_eq!((rows[FIRST].title.as_str(), rows[SECOND].state.as_str()), ("王小军、王芳", "recruit_sendoff"));

    desk.exchange_all(&mut township, 3_000);
    desk.exchange_all(&mut village, 3_000);
    let reads = |phone: &Phone, address: &str| phone.records(&Address::parse(address).unwrap()).len();
    assert_eq!(reads(&township, "ceremony/990101103200/2024"), 1);
    assert_eq!(reads(&village, "ceremony/990101103/2024"), 0, "a village does not read its township's");
    assert!(township.table("tables/990101103", "village").is_some());
    let sent: CountyList = serde_json::from_slice(village.table("tables/990101", "list/awards").unwrap()).unwrap();
    assert_eq!(sent, list);
}

/// The store keeps values of up to 1 KiB in place; larger ones are a file each, and a county has thousands of visits.
#[test]
fn a_visits_row_is_small() {
    let desk = Desk::found();
    let mut phone = desk.enrol(VILLAGE, "陈志远");
    let gift = json!({"package_id": "standard", "money_fen": 20_000, "pay_method": "cash", "fund_source": "county",
        "goods": [{"item": "大米", "quantity": 1, "measure_word": "袋"}, {"item": "食用油", "quantity": 1, "measure_word": "桶"}]});
    let visit = json!({
        "campaign_id": CAMPAIGN, "visit_kind": "spring_festival", "outcome": "delivered", "visit_date": "2024-02-03",
        "division_code": VILLAGE, "person": {"person_ref": "p-990101103200-017"}, "person_times": 1, "gift": gift,
        "handover": {"handover_place": "home"}, "lead_rank": "village_cadre", "receiver": "self",
        "visitor_refs": ["s-990101103200-1", "s-990101103200-2"], "note": "门口修路".repeat(40),
        "entry": {"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "phone"},
    });
    log(&desk, &mut phone, "visit/990101103200/2024", FIRST, visit, 1_000);
    let row = serde_json::to_string(&desk.records("visit")[FIRST]).unwrap();
    assert!(row.len() < 1_024, "{} bytes: {row}", row.len());
}
