//! Work from outside a grant: accepted as a whole or record by record, declined, opened again; never lost, never double.

use super::{log, refused, visits};
use serde_json::{Value, json};
use zoufang_server::county::view::{HeldWork, Matter};
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::station::Station;

/// A phone of another village with `count` envelopes of one visit each, written for 石门村.
fn outsider(bed: &Bed, count: u64) -> (Station, Vec<String>) {
    let mut station = bed.station(OTHER_VILLAGE, "林小满").unwrap();
    station.exchange().unwrap();
    let mut ids = Vec::new();
    for seed in 0..count {
        ids.push(log(&mut station, VILLAGE, seed + 1).0);
        station.phone.seal(station.now_ms).unwrap();
    }
    station.turn().unwrap();
    (station, ids)
}

fn held(bed: &Bed, count: usize) -> Vec<HeldWork> {
    bed.county().wait_for("held work", |county| county.held().ok().filter(|held| held.len() == count))
}

fn decide(county: &mut County, id: &str, word: &str, body: &Value) -> zoufang_tests::http::Answer {
    county.ask("POST", &format!("/api/county/held/{id}/{word}"), Some(body)).unwrap()
}

fn why() -> Value {
    json!({"note": "原驻村工作人员补报"})
}

fn conflicts(county: &mut County) -> Vec<Matter> {
    county.matters().unwrap()
}

#[test]
fn accepted_as_a_whole_it_is_published_with_what_it_rests_on() {
    let bed = Bed::empty().unwrap();
    let mut neighbour = bed.station(VILLAGE, "马小军").unwrap();
    let (_outsider, ids) = outsider(&bed, 2);
    let work = held(&bed, 2);
    let last = work.iter().find(|work| work.records[0].id == ids[1]).unwrap();
    assert_eq!((last.records.len(), last.records[0].register.as_str(), last.records[0].is_change), (1, "visit", false));
    let mut county = bed.county();
    refused(&decide(&mut county, &last.id, "accept", &json!({"note": ""})), 400, "bad_request");
    let answer = decide(&mut county, &last.id, "accept", &why());
    assert_eq!((answer.status, answer.json()["settled"]["chosen"].as_str()), (200, Some("accepted")));
    assert_eq!(decide(&mut county, &last.id, "accept", &why()).status, 200, "again changes nothing");
    let page = county.wait_for_visits(&format!("unit={VILLAGE}"), 2);
    assert_eq!(page.matching, 2, "the first came along");
    assert!(county.held().unwrap().is_empty());
    neighbour.exchange().unwrap();
    for id in &ids {
        assert!(neighbour.phone.record(&visits(VILLAGE), id).is_some(), "{id} reached the village");
    }
    assert_eq!(conflicts(&mut county), []);
}

#[test]
fn accepted_record_by_record_and_then_as_a_whole_it_makes_no_conflict() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(OTHER_VILLAGE, "林小满").unwrap();
    station.exchange().unwrap();
    let logged: Vec<_> = (1..=3).map(|seed| log(&mut station, VILLAGE, seed)).collect();
    let heads = station.phone.heads(&visits(VILLAGE));
    station.phone.void(&visits(VILLAGE), &logged[0].0, Some("mistake"), &heads, station.now_ms).unwrap();
    station.turn().unwrap();
    let work = held(&bed, 1).remove(0);
    assert_eq!(work.records.len(), 3);
    let mut county = bed.county();
    let some = json!({"records": [logged[0].0], "note": "先收一条"});
    let answer = decide(&mut county, &work.id, "accept", &some);
    assert_eq!((answer.status, answer.json()["settled"].is_null()), (200, true));
    assert_eq!(decide(&mut county, &work.id, "accept", &some).status, 200, "again changes nothing");
    let shown = county.record(&logged[0].0).unwrap();
    assert_eq!(shown.fields.get("entry"), logged[0].1.get("entry"), "who wrote it stands as it stood");
    assert_eq!(shown.history.len(), 1);
    let left = county.held().unwrap().remove(0);
    let accepted: Vec<_> = left.records.iter().filter(|record| record.accepted).map(|record| &record.id).collect();
    assert_eq!(accepted, [&logged[0].0]);
    refused(
        &decide(&mut county, &work.id, "accept", &json!({"records": ["nobody"], "note": "无"})),
        400,
        "bad_request",
    );

    assert_eq!(decide(&mut county, &work.id, "accept", &why()).status, 200);
    county.wait_for_visits(&format!("unit={VILLAGE}"), 3);
    assert_eq!(conflicts(&mut county), [], "equal values are no conflict");
    assert!(county.held().unwrap().is_empty());
}

#[test]
fn declined_work_is_closed_named_where_it_is_needed_and_opened_again() {
    let bed = Bed::empty().unwrap();
    let (_outsider, ids) = outsider(&bed, 2);
    let work = held(&bed, 2);
    let by_record = |id: &str| work.iter().find(|work| work.records.iter().any(|record| record.id == id)).unwrap();
    let (first, second) = (by_record(&ids[0]), by_record(&ids[1]));
    let mut county = bed.county();
    let answer = decide(&mut county, &first.id, "decline", &why());
    assert_eq!((answer.status, answer.json()["settled"]["chosen"].as_str()), (200, Some("declined")));
    assert_eq!(county.held().unwrap().len(), 1);
    let answer = decide(&mut county, &second.id, "accept", &why());
    refused(&answer, 409, "held_needs");
    assert_eq!(answer.json()["error"]["about"], first.id);
    assert_eq!(decide(&mut county, &first.id, "reopen", &why()).status, 200);
    assert_eq!(decide(&mut county, &second.id, "accept", &why()).status, 200);
    county.wait_for_visits(&format!("unit={VILLAGE}"), 2);
    refused(&decide(&mut county, "nothing", "accept", &why()), 404, "not_found");
    refused(&decide(&mut county, &first.id, "forget", &why()), 404, "not_found");
}
