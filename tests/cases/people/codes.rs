//! Codes: good once, printed ones only after somebody compared four digits, and a further one on a phone widens it.

use super::{TOWNSHIP, code_of, let_in, refused, spend};
use serde_json::{Value, json};
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::enrol::match_digits;
use zoufang_sync_protocol::signature::digest;
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};

fn fresh_code(bed: &Bed, unit: &str, asked: &Value) -> String {
    code_of(&bed.county().post(&format!("/api/county/stations/{unit}/code"), asked).unwrap())
}

/// What the phone shows: it counts the digits by itself.
fn digits_on(phone: &Phone, code: &str) -> String {
    match_digits(&digest(code.replace('-', "").as_bytes()), phone.public_key())
}

fn approve(bed: &Bed, device: &str, digits: &str) -> zoufang_tests::http::Answer {
    let path = format!("/api/county/phones/{device}/approve");
    bed.county().ask("POST", &path, Some(&json!({ "digits": digits }))).unwrap()
}

#[test]
fn a_code_is_good_for_one_phone() {
    let bed = Bed::empty().unwrap();
    let code = fresh_code(&bed, VILLAGE, &json!({"name": "林小满", "approved_later": false}));
    let (first, second) = (Phone::with_new_key().unwrap(), Phone::with_new_key().unwrap());
    assert_eq!(spend(&bed, &first, &code).status, 200);
    refused(&spend(&bed, &second, &code), 409, "code_used");
    assert_eq!(spend(&bed, &first, &code).status, 200, "the same phone gets the same answer");
    let stations = bed.county().stations(VILLAGE).unwrap();
    let station = &stations[0];
    assert!(station.people.iter().any(|person| person.name == "林小满"), "{station:?}");
    assert_eq!((station.phones.len(), station.phones[0].people.as_slice()), (1, ["林小满".to_owned()].as_slice()));
}

#[test]
fn a_code_of_the_sheet_waits_until_the_digits_were_compared() {
    let bed = Bed::empty().unwrap();
    let sheet: Value = bed.county().post("/api/county/stations/sheet", &json!({"unit": TOWNSHIP})).unwrap();
    let lines = sheet.as_array().unwrap();
    let units: Vec<&str> = lines.iter().map(|line| line["unit"].as_str().unwrap()).collect();
    assert!(units.is_sorted() && units.iter().all(|unit| unit.starts_with(TOWNSHIP)), "{units:?}");
    assert!(lines.iter().all(|line| line["link"].is_null() == (line["person"] == "")), "vacant stations have no code");
    let line = lines.iter().find(|line| line["unit"] == VILLAGE).unwrap();
    let (code, phone) = (code_of(&line["link"]), Phone::with_new_key().unwrap());

    let answer = spend(&bed, &phone, &code);
    assert_eq!((answer.status, &answer.json()["waiting"]), (202, &json!(true)));
    assert_eq!((&answer.json()["person"], answer.json()["township_name"].as_str()), (&line["person"], Some("双河镇")));
    assert_eq!(spend(&bed, &phone, &code).status, 202, "it asks again");
    refused(&spend(&bed, &Phone::with_new_key().unwrap(), &code), 409, "code_used");
    let waiting = bed.county().stations(VILLAGE).unwrap()[0].waiting.clone();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].digits, digits_on(&phone, &code), "both ends count the same");

    let wrong = if waiting[0].digits == "0000" { "1111" } else { "0000" };
    refused(&approve(&bed, &waiting[0].id, wrong), 422, "match_differs");
    assert_eq!(spend(&bed, &phone, &code).status, 202);
    assert_eq!(approve(&bed, &waiting[0].id, &waiting[0].digits).status, 204);
    let answer = spend(&bed, &phone, &code);
    let mut station = let_in(&bed, phone, &answer);
    station.exchange().unwrap();
    assert!(bed.county().stations(VILLAGE).unwrap()[0].waiting.is_empty());
}

#[test]
fn wrong_digits_five_times_and_the_code_is_dead() {
    let bed = Bed::empty().unwrap();
    let code = fresh_code(&bed, VILLAGE, &json!({"name": "林小满", "approved_later": true}));
    let phone = Phone::with_new_key().unwrap();
    assert_eq!(spend(&bed, &phone, &code).status, 202);
    let waiting = bed.county().stations(VILLAGE).unwrap()[0].waiting.remove(0);
    let wrong = if waiting.digits == "0000" { "1111" } else { "0000" };
    for _ in 0..4 {
        refused(&approve(&bed, &waiting.id, wrong), 422, "match_differs");
    }
    refused(&approve(&bed, &waiting.id, wrong), 410, "code_tries");
    refused(&approve(&bed, &waiting.id, &waiting.digits), 410, "code_tries");
    refused(&spend(&bed, &phone, &code), 410, "code_tries");
    assert!(bed.county().stations(VILLAGE).unwrap()[0].waiting.is_empty());
}

/// One person with two villages, then a second person on the same phone: what the phone may do widens, and it is told.
#[test]
fn a_further_code_on_a_phone_adds_a_village_or_a_person() {
    let bed = Bed::empty().unwrap();
    let first = fresh_code(&bed, VILLAGE, &json!({"name": "林小满", "approved_later": false}));
    let phone = Phone::with_new_key().unwrap();
    let answer = spend(&bed, &phone, &first);
    let mut station = let_in(&bed, phone, &answer);
    station.exchange().unwrap();
    let person = station.phone.person_id().to_owned();
    let second = fresh_code(&bed, OTHER_VILLAGE, &json!({"name": "马小军", "approved_later": false}));
    assert_eq!(spend(&bed, &station.phone, &second).status, 200);
    station.exchange().unwrap();
    let grants = station.phone.grants();
    assert_eq!(grants.person, person);
    assert_eq!(grants.grants.iter().map(|grant| grant.unit.as_str()).collect::<Vec<_>>(), [VILLAGE, OTHER_VILLAGE]);
    let others = grants.others.clone().unwrap_or_default();
    assert_eq!(others.iter().map(|other| other.name.as_str()).collect::<Vec<_>>(), ["马小军"]);
    let serves = json!({"person_id": others[0].id, "approved_later": false});
    let again = fresh_code(&bed, OTHER_VILLAGE, &serves);
    assert_eq!(spend(&bed, &station.phone, &again).status, 200);
    station.exchange().unwrap();
    assert_eq!(station.phone.grants().others.as_ref().map(Vec::len), Some(1), "nobody is there twice");
    let neighbour = json!({"person_id": person, "approved_later": false});
    let third = fresh_code(&bed, "990101103201", &neighbour);
    assert_eq!(spend(&bed, &station.phone, &third).status, 200);
    station.exchange().unwrap();
    assert_eq!(station.phone.grants().grants.len(), 3, "one phone for two villages of one person");
    let path = format!("/api/county/stations/{VILLAGE}/code");
    let stranger = json!({"person_id": "nobody", "approved_later": false});
    refused(&bed.county().ask("POST", &path, Some(&stranger)).unwrap(), 404, "not_found");
}
