//! People come and go: codes, approvals, hand-overs, withdrawals, work that is held, and what a township's clerk may see.

mod codes;
mod commands;
mod held;
mod matching;
mod rules;
mod staff;
mod stations;
mod turns;
mod world;

use serde_json::{Value, json};
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::EnrolAnswer;
use zoufang_sync_protocol::record::Record;
use zoufang_tests::bed::Bed;
use zoufang_tests::http::Answer;
use zoufang_tests::measured::Records;
use zoufang_tests::station::Station;

/// The township of 石门村.
const TOWNSHIP: &str = "990101103";

/// A phone spends a code.
fn spend(bed: &Bed, phone: &Phone, code: &str) -> Answer {
    let body = json!({"code": code, "public_key": phone.public_key_base64()}).to_string();
    bed.client().request("POST", "/api/enrol", None, Some(&body)).unwrap()
}

/// A phone that has spent its code and was let in.
fn let_in(bed: &Bed, mut phone: Phone, answer: &Answer) -> Station {
    let enrolled: EnrolAnswer = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.json()));
    phone.enrolled(&enrolled).unwrap();
    Station { phone, client: bed.client(), now_ms: 1_706_900_000_000 }
}

/// The code in a link's fragment.
fn code_of(link: &Value) -> String {
    let url = link["url"].as_str().unwrap_or_else(|| panic!("no link: {link}"));
    url.split_once("#enrol=").unwrap().1.to_owned()
}

/// Logs a visit.
fn log(station: &mut Station, village: &str, seed: u64) -> (String, Record) {
    let (id, record) = Records::new(seed, village).write();
    station.phone.log(&id, &visits(village), &record, station.now_ms).unwrap();
    (id, record)
}

fn visits(village: &str) -> Address {
    Address::parse(&format!("visit/{village}/2024")).unwrap()
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    let told = answer.json();
    assert_eq!((answer.status, told["error"]["code"].as_str()), (status, Some(code)), "{told}");
}
