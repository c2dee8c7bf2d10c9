//! A family that a village entered by hand is matched with the list by the township, and then counts as the one person it is.
//!
//! Always true: the soldier's name is in no answer that a township gets. Deliberately not here: lists themselves (`county`).

use super::TOWNSHIP;
use serde_json::{Value, json};
use zoufang_server::county::view::{Candidate, ImportShown};
use zoufang_sync_protocol::document::Address;
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;

const SOLDIERS: [&str; 2] = ["赵小军", "钱卫国"];
const CONTACTS: [&str; 2] = ["父亲赵德福", "母亲孙桂英"];

fn bring_recruits(county: &mut County) {
    let lines: String = SOLDIERS
        .iter()
        .zip(CONTACTS)
        .map(|(soldier, contact)| format!("{soldier},{VILLAGE},2024年春季,{contact}\n"))
        .collect();
    let list = format!("姓名,区划代码,批次,家属\n{lines}");
    let answer = county.upload("/api/county/imports?kind=recruits&name=a.csv", list.as_bytes()).unwrap();
    let shown: ImportShown = serde_json::from_value(answer.json()).unwrap();
    let path = format!("/api/county/imports/{}", shown.id);
    let choice = json!({"mapping": shown.mapping, "clashes": {}});
    let _: Value = county.post(&format!("{path}/apply"), &choice).unwrap();
    county
        .wait_for("the list", |county| county.get::<ImportShown>(&path).ok().filter(|shown| shown.state == "applied"));
}

/// A send-off of one family, as somebody at `unit` enters it.
fn send_off(bed: &Bed, unit: &str, id: &str, person: &Value) {
    let mut station = bed.station(unit, "林小满").unwrap();
    let record = json!({
        "ceremony_kind": "recruit_sendoff", "date": "2024-03-16", "level": if unit == VILLAGE { "village" } else { "township" },
        "division_code": format!("{unit:0<12}"), "participants": [{"person": person, "batch": "2024H1"}],
        "entry": {"entered_by": "p-1", "entered_at": "2024-03-16T10:00:00+08:00", "source": "phone"},
    });
    let address = Address::parse(&format!("ceremony/{unit}/2024")).unwrap();
    station.phone.log(id, &address, &serde_json::from_value(record).unwrap(), station.now_ms).unwrap();
    station.exchange().unwrap();
}

fn unmatched(county: &mut County) -> Vec<String> {
    let page = county.records(&json!({"register": "ceremony", "state": "unmatched"})).unwrap();
    page.rows.into_iter().map(|row| row.record_id).collect()
}

#[test]
fn a_township_matches_a_family_and_the_recruit_counts_once() {
    let bed = Bed::empty().unwrap();
    bring_recruits(&mut bed.county());
    let (own, again) = ("018d6a00-0000-7000-8000-000000000001", "018d6a00-0000-7000-8000-000000000002");
    send_off(&bed, VILLAGE, own, &json!({"contact": "老赵家", "village": "石门村"}));
    let mut clerk = bed.county().clerk_of(TOWNSHIP, "周建国").unwrap();
    clerk.wait_for("the send-off", |clerk| Some(()).filter(|()| unmatched(clerk) == [own]));

    let recruits = json!({"unit": VILLAGE, "kind": "recruits", "search": ""});
    let path = "/api/county/people/candidates";
    let found: Vec<Candidate> = clerk.post(path, &recruits).unwrap();
    let own_list = found.iter().filter(|one| CONTACTS.contains(&one.relative.as_str()));
    let contacts: Vec<_> = own_list.map(|one| (one.relative.as_str(), one.name.as_str())).collect();
    assert_eq!(contacts, [(CONTACTS[1], ""), (CONTACTS[0], "")]);
    let by_name: Vec<Candidate> = clerk.post(path, &json!({"kind": "recruits", "search": "赵小军"})).unwrap();
    assert_eq!(by_name, [], "a township does not find soldiers by name");
    let known: Vec<Candidate> = bed.county().post(path, &json!({"kind": "recruits", "search": "赵小军"})).unwrap();
    assert_eq!((known[0].name.as_str(), known[0].unit.as_str()), (SOLDIERS[0], VILLAGE));

    let heads = clerk.record(own).unwrap().heads;
    let participants = json!([{"person": {"person_ref": known[0].person_ref}, "batch": "2024H1"}]);
    let edit = json!({"fields": {"participants": participants}, "heads": heads, "note": "对上名单"});
    let matched = clerk.ask("POST", &format!("/api/county/records/{own}"), Some(&edit)).unwrap();
    let words = String::from_utf8(matched.body).unwrap();
    assert!(matched.status == 200 && words.contains(CONTACTS[0]) && !words.contains(SOLDIERS[0]), "{words}");
    assert_eq!(unmatched(&mut clerk), Vec::<String>::new());

    send_off(&bed, TOWNSHIP, again, &json!({"person_ref": known[0].person_ref}));
    let is_there = |county: &mut County| county.record(again).ok();
    bed.county().wait_for("the township's own", is_there);
    let report: Value = bed.county().get("/api/report/annual?year=2024").unwrap();
    assert_eq!((&report["figures"]["T08.recruits"], &report["figures"]["T08.sendoffs"]), (&json!(1), &json!(2)));

    let page = clerk.records(&json!({"register": "ceremony", "text": SOLDIERS[0]})).unwrap();
    assert_eq!(page.matching, 0, "nor by looking for records");
    let titles = |county: &mut County| county.records(&json!({"register": "ceremony"})).unwrap().rows[0].title.clone();
    assert_eq!((titles(&mut clerk), titles(&mut bed.county())), (CONTACTS[0].to_owned(), SOLDIERS[0].to_owned()));
    let foreign = clerk.ask("POST", path, Some(&json!({"unit": OTHER_VILLAGE}))).unwrap();
    assert_eq!(foreign.status, 404);
}
