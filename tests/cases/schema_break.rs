//! A record that breaks the schema withholds nothing: it is marked, and what follows it arrives.

use serde_json::{Value, json};
use zoufang_server::county::view::MatterKind;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_tests::desk::{CAMPAIGN, Desk};

const VILLAGE: &str = "990101103200";

fn visit(person: &str, person_times: Value) -> Record {
    let fields = json!({
        "campaign_id": CAMPAIGN, "visit_kind": "spring_festival", "outcome": "delivered", "visit_date": "2024-02-03",
        "division_code": VILLAGE, "person": {"person_ref": person}, "person_times": person_times,
        "gift": {"money_fen": 20_000}, "handover": {"handover_place": "home"}, "lead_rank": "village_cadre",
        "receiver": "self", "entry": {"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "phone"},
    });
    serde_json::from_value(fields).unwrap()
}

#[test]
fn a_broken_record_is_marked_its_correction_and_its_neighbour_arrive() {
    let desk = Desk::found();
    let mut phone = desk.enrol(VILLAGE, "陈志远");
    let address = Address::parse("visit/990101103200/2024").unwrap();
    let (broken, neighbour) = ("018d6a00-0000-7000-8000-000000000001", "018d6a00-0000-7000-8000-000000000002");

    phone.log(broken, &address, &visit("p-1", json!("one")), 1_000).unwrap();
    desk.exchange_all(&mut phone, 1_000);
    desk.settled();
    assert_eq!(desk.rows()[broken].invalid_fields, ["person_times"]);
    let matter = desk.open_matters().into_iter().find(|matter| matter.kind == MatterKind::Invalid);
    assert_eq!(matter.expect("the county is told").record_ids, [broken]);

    let correction = Record::from([("person_times".to_owned(), json!(1))]);
    phone.log(broken, &address, &correction, 2_000).unwrap();
    desk.exchange_all(&mut phone, 2_000);
    phone.log(neighbour, &address, &visit("p-2", json!(1)), 3_000).unwrap();
    desk.exchange_all(&mut phone, 3_000);
    desk.settled();

    let rows = desk.rows();
    assert_eq!(rows[broken].invalid_fields, Vec::<String>::new());
    assert_eq!((rows[broken].person_times, rows[neighbour].person_times), (1, 1));
    assert!(desk.open_matters().is_empty(), "{:?}", desk.open_matters());
    assert_eq!(phone.unsent(), 0);
}

#[test]
fn broken_corrected_and_unrelated_in_one_envelope_all_reach_another_phone() {
    let desk = Desk::found();
    let (mut phone, mut other) = (desk.enrol(VILLAGE, "陈志远"), desk.enrol(VILLAGE, "李桂花"));
    let address = Address::parse("visit/990101103200/2024").unwrap();
    let ids = ["018d6a00-0000-7000-8000-000000000001", "018d6a00-0000-7000-8000-000000000002"];
    phone.log(ids[0], &address, &visit("p-1", json!(-1)), 1_000).unwrap();
    phone.log(ids[1], &address, &visit("p-2", json!(1)), 2_000).unwrap();
    desk.exchange_all(&mut phone, 3_000);
    desk.settled();
    desk.exchange_all(&mut other, 4_000);
    assert_eq!(other.records(&address).keys().collect::<Vec<_>>(), ids);
    let rows = desk.rows();
    assert_eq!(
        (rows[ids[0]].invalid_fields.as_slice(), rows[ids[1]].invalid_fields.len()),
        (["person_times".to_owned()].as_slice(), 0)
    );
}
