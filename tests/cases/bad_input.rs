//! What is not as it should be is told with a stable code and a sentence; nothing is changed by it and nothing is shown.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::exchange::{AnswerBody, Cursor, RequestBody, STATUS_STALE_NONCE, Signed, decode, encode};
use zoufang_sync_protocol::limits::REQUEST_BYTES_MAX;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::signature::{SigningKey, device_id};
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::http::{Answer, Client};
use zoufang_tests::measured::Records;
use zoufang_tests::station::Station;

type Key = SigningKey<SystemRandom>;

fn key() -> Key {
    let random = SystemRandom::new();
    Key::from_pkcs8(&Key::generate(&random).unwrap(), random).unwrap()
}

/// A request that asks for everything, as `device`.
fn ask(device: [u8; 16]) -> RequestBody {
    RequestBody {
        version: 1,
        county: "990101".into(),
        device: device.into(),
        nonce: [0; 16].into(),
        epoch: [0; 8].into(),
        grants_version: 0,
        cursors: vec![Cursor { feed: format!("visit/{VILLAGE}"), seq: 0, digest: [0; 8].into() }],
        envelopes: vec![],
        left: None,
        wants: None,
    }
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    let told = answer.json();
    assert_eq!((answer.status, told["error"]["code"].as_str()), (status, Some(code)), "{told}");
    for language in ["zh", "en"] {
        let sentence = told["error"][language].as_str().unwrap_or_default();
        assert!(sentence.chars().count() > 8, "no sentence in {language}: {told}");
    }
}

/// All that the county can see: what must be the same afterwards.
fn seen(bed: &Bed) -> Value {
    let mut county = bed.county();
    let mut page: Value = county.get("/api/county/visits?limit=500").unwrap();
    page["as_of_ms"] = Value::Null;
    let (matters, phones): (Value, Value) =
        (county.get("/api/county/matters").unwrap(), county.get("/api/county/phones").unwrap());
    json!([page, matters, phones])
}

/// A station with one visit that the county has.
fn station_with_a_visit(bed: &Bed) -> Station {
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    log(&mut station, VILLAGE, 1);
    station.exchange().unwrap();
    bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 1);
    station
}

fn log(station: &mut Station, village: &str, seed: u64) -> (String, Record) {
    let (id, record) = Records::new(seed, village).write();
    let address = Address::parse(&format!("visit/{village}/2024")).unwrap();
    station.phone.log(&id, &address, &record, station.now_ms).unwrap();
    (id, record)
}

fn enrol(client: &mut Client, code: &str, key: &Key) -> Answer {
    let public_key = URL_SAFE_NO_PAD.encode(key.public_key());
    let body = json!({"code": code, "public_key": public_key}).to_string();
    client.request("POST", "/api/enrol", None, Some(&body)).unwrap()
}

#[test]
fn requests_that_are_not_whole_or_not_signed_change_and_show_nothing() {
    let bed = Bed::empty().unwrap();
    let mut station = station_with_a_visit(&bed);
    let before = seen(&bed);
    let (id, _) = log(&mut station, VILLAGE, 2);
    let good = station.phone.request(station.now_ms).unwrap();
    let signed: Signed = decode("request", &good).unwrap();
    let mut client = bed.client();

    for length in [0, 1, 2, good.len() / 2, good.len() - 1] {
        refused(&client.sync(&good[..length]).unwrap(), 400, "not_cbor");
    }
    refused(&client.sync(b"{\"json\":true}").unwrap(), 400, "not_cbor");
    let unsigned = encode(&Signed { body: signed.body.clone(), signature: vec![].into() });
    refused(&client.sync(&unsigned).unwrap(), 401, "bad_signature");
    let another = Signed::seal_request(&key(), &decode("request", &signed.body).unwrap()).unwrap();
    refused(&client.sync(&another).unwrap(), 401, "bad_signature");
    let mut flipped = good.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    refused(&client.sync(&flipped).unwrap(), 401, "bad_signature");
    refused(&client.sync(&vec![0x82; REQUEST_BYTES_MAX + 1]).unwrap(), 413, "too_large");

    assert_eq!(seen(&bed), before);
    station.exchange().unwrap();
    let page = bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 2);
    assert!(page.rows.iter().any(|row| row.record_id == id), "the good request was hurt by the bad ones");
}

#[test]
fn strangers_are_told_so() {
    let bed = Bed::empty().unwrap();
    let station = station_with_a_visit(&bed);
    let before = seen(&bed);
    let (mut client, stranger) = (bed.client(), key());
    let request = ask(device_id(stranger.public_key()));

    let unknown = Signed::seal_request(&stranger, &request).unwrap();
    refused(&client.sync(&unknown).unwrap(), 401, "unknown_device");
    let posing = Signed::seal_request(&stranger, &ask(station.phone.device())).unwrap();
    refused(&client.sync(&posing).unwrap(), 401, "bad_signature");
    let elsewhere = RequestBody { county: "990102".into(), ..request.clone() };
    refused(&client.sync(&Signed::seal_request(&stranger, &elsewhere).unwrap()).unwrap(), 409, "wrong_county");
    let later = RequestBody { version: 9, ..request };
    refused(&client.sync(&Signed::seal_request(&stranger, &later).unwrap()).unwrap(), 400, "unsupported_version");
    for path in
        ["/api/county/visits", "/api/county/matters", "/api/county/phones", "/api/report/annual?unit=990101&year=2024"]
    {
        refused(&client.request("GET", path, None, None).unwrap(), 401, "not_signed_in");
        refused(&client.request("GET", path, Some("made-up"), None).unwrap(), 401, "not_signed_in");
    }
    assert_eq!(seen(&bed), before);
}

#[test]
fn a_copied_request_reads_nothing() {
    let bed = Bed::empty().unwrap();
    let mut station = station_with_a_visit(&bed);
    let mut newcomer = bed.station(VILLAGE, "李桂花").unwrap();
    let request = newcomer.phone.request(newcomer.now_ms).unwrap();
    let first = newcomer.client.sync(&request).unwrap();
    assert!(!newcomer.phone.answer(&request, &first.body).unwrap().repeat);
    assert_eq!(newcomer.phone.addresses().count(), 1, "the newcomer sees the village's visit");

    let again = bed.client().sync(&request).unwrap();
    let signed: Signed = decode("answer", &again.body).unwrap();
    let body: AnswerBody = decode("answer", &signed.body).unwrap();
    assert_eq!((body.status, body.feeds.len(), body.grants), (STATUS_STALE_NONCE, 0, None));
    assert!(again.body.len() < 400, "{} bytes for a copied request", again.body.len());

    log(&mut station, VILLAGE, 2);
    let writing = station.phone.request(station.now_ms).unwrap();
    let (one, two) = (station.client.sync(&writing).unwrap(), bed.client().sync(&writing).unwrap());
    station.phone.answer(&writing, &one.body).unwrap();
    assert_eq!(two.status, 200, "its receipts stand");
    let page = bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 2);
    assert_eq!(page.matching, 2, "counted twice");
}

#[test]
fn codes_are_good_once() {
    let bed = Bed::empty().unwrap();
    let mut client = bed.client();
    let code = bed.county().enrolment_code(VILLAGE, "陈志远").unwrap();
    let mut enrol = |code: &str, key: &Key| enrol(&mut client, code, key);
    let (first, second) = (key(), key());
    assert_eq!(enrol(&code, &first).status, 200);
    let before = seen(&bed);
    refused(&enrol(&code, &second), 409, "code_used");
    refused(&enrol("AAAA-BBBB-CCCC-DDDD", &second), 404, "code_unknown");
    refused(&enrol("", &second), 404, "code_unknown");
    assert_eq!(enrol(&code, &first).status, 200, "the same phone gets its answer again");
    refused(&bed.client().request("POST", "/api/enrol", None, Some("{\"code\":")).unwrap(), 400, "bad_request");
    assert_eq!(seen(&bed), before);
}

#[test]
fn work_outside_the_grant_is_kept_and_not_shown() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    let mut neighbour = bed.station(OTHER_VILLAGE, "李桂花").unwrap();
    station.exchange().unwrap();
    neighbour.exchange().unwrap();
    let (outside, _) = log(&mut station, OTHER_VILLAGE, 1);
    let (inside, _) = log(&mut station, VILLAGE, 2);
    let (outcome, _) = station.turn().unwrap();
    assert_eq!((outcome.receipts.len(), outcome.refusals.len()), (1, 0), "it is on disk all the same");
    assert_eq!(
        outcome.notices.iter().map(|notice| (notice.code.as_str(), notice.about.as_str())).collect::<Vec<_>>(),
        [("held_outside_grant", OTHER_VILLAGE)]
    );
    let page = bed.county().wait_for_visits("limit=500", 1);
    assert_eq!(page.rows.iter().map(|row| row.record_id.as_str()).collect::<Vec<_>>(), [inside.as_str()]);
    let held = bed.county().wait_for("a held matter", |county| {
        county.matters().ok()?.into_iter().find(|matter| matter.code.as_deref() == Some("held_outside_grant"))
    });
    assert_eq!(held.unit, OTHER_VILLAGE);
    neighbour.exchange().unwrap();
    assert_eq!(neighbour.phone.addresses().count(), 0, "{outside} was shown to the neighbour");
}

#[test]
fn an_envelope_that_was_changed_on_the_way_is_refused_and_its_neighbour_taken() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let (good, _) = log(&mut station, VILLAGE, 1);
    station.phone.seal(station.now_ms).unwrap();
    let envelope = station.phone.envelopes()[0].bytes.clone();
    let mut changed = envelope.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;

    // A phone that carries a colleague's envelopes: one is whole, the others are not.
    let carrier = key();
    let code = bed.county().enrolment_code(VILLAGE, "李桂花").unwrap();
    assert_eq!(enrol(&mut bed.client(), &code, &carrier).status, 200);
    let envelopes = vec![changed.clone().into(), vec![0x83].into(), envelope.into()];
    let request = RequestBody { cursors: vec![], envelopes, ..ask(device_id(carrier.public_key())) };
    let answer = bed.client().sync(&Signed::seal_request(&carrier, &request).unwrap()).unwrap();
    let signed: Signed = decode("answer", &answer.body).unwrap();
    let body: AnswerBody = decode("answer", &signed.body).unwrap();
    let codes: Vec<&str> = body.refusals.iter().map(|refusal| refusal.code.as_str()).collect();
    assert_eq!(codes, ["chunk_digest_mismatch", "envelope_malformed"]);
    assert_eq!(body.receipts, [station.phone.envelopes()[0].hash.into()]);
    let page = bed.county().wait_for_visits("limit=500", 1);
    assert_eq!((page.matching, page.rows[0].record_id.as_str()), (1, good.as_str()));
}
