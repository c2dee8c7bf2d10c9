//! Who serves a village is known there by name; who looks after a township writes what a township may.

use super::TOWNSHIP;
use serde_json::{Value, json};
use zoufang_sync_protocol::document::Address;
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::measured::Records;

/// Goal: a record of a colleague is shown with the colleague's name. A newcomer enrols by a fresh link; the phone that was
/// there before hears of it at its next exchange.
#[test]
fn a_newcomer_is_known_by_name_to_the_village() {
    let bed = Bed::empty().unwrap();
    let mut first = bed.station(VILLAGE, "陈志远").unwrap();
    let staff = |table: Option<&[u8]>| -> Vec<String> {
        let table: serde_json::Value = serde_json::from_slice(table.unwrap()).unwrap();
        table["staff"].as_array().unwrap().iter().map(|member| member["name"].as_str().unwrap().to_owned()).collect()
    };
    first.exchange().unwrap();
    let feed = format!("tables/{VILLAGE}");
    let before = staff(first.phone.table(&feed, "village"));
    assert!(before.contains(&"陈志远".to_owned()) && !before.contains(&"林小满".to_owned()), "{before:?}");
    bed.station(VILLAGE, "林小满").unwrap();
    first.exchange().unwrap();
    let after = staff(first.phone.table(&feed, "village"));
    assert_eq!(after.len(), before.len() + 1);
    assert!(after.contains(&"林小满".to_owned()), "{after:?}");
}

/// Goal: a township's clerk corrects what lies in the township, in the clerk's own name; the county's step is the county's.
#[test]
fn a_townships_clerk_corrects_a_record_and_leaves_the_countys_step() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    let entry = json!({"entered_by": "p-1", "device_id": "d-1", "entered_at": "2024-02-03T08:40", "source": "phone"});
    let fields = json!({
        "topic": "app", "text": "字太小", "date": "2024-02-03", "division_code": VILLAGE, "entry": entry,
    });
    let (said, _) = Records::new(1, VILLAGE).write();
    let address = Address::parse(&format!("feedback/{VILLAGE}/2024")).unwrap();
    station.phone.log(&said, &address, &serde_json::from_value(fields).unwrap(), station.now_ms).unwrap();
    station.exchange().unwrap();
    bed.county().wait_for("the comment", |county| county.record(&said).ok());
    let mut clerk = bed.county().clerk_of(TOWNSHIP, "周建国").unwrap();
    let path = format!("/api/county/records/{said}");
    let mut write = |fields: Value| {
        let heads = clerk.record(&said).unwrap().heads;
        clerk.ask("POST", &path, Some(&json!({"fields": fields, "heads": heads, "note": "问过本人"}))).unwrap()
    };
    let reply = json!({"reply": {"text": "可以打开大字版", "on": "2024-02-04"}});
    let answer = write(reply);
    assert_eq!((answer.status, answer.json()["error"]["about"].as_str()), (400, Some("reply")), "{}", answer.json());
    let corrected = write(json!({"topic": "work"})).json();
    assert_eq!(corrected["fields"]["topic"], "work", "{corrected}");
    assert_eq!(corrected["history"].as_array().unwrap().last().unwrap()["author"], "周建国");
}
