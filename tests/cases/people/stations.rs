//! A station goes to somebody else, a phone is taken away: what was not sent arrives and is held, and nothing is read.

use super::{code_of, let_in, log, refused, spend, visits};
use serde_json::{Value, json};
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::exchange::{STATUS_RETIRED, STATUS_STOLEN};
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;

fn serving(county: &mut County, unit: &str, name: &str) -> Option<String> {
    let stations = county.stations(unit).unwrap();
    stations[0].people.iter().find(|person| person.name == name).map(|person| person.id.clone())
}

#[test]
fn a_hand_over_ends_one_post_and_begins_another_in_one_call() {
    let bed = Bed::empty().unwrap();
    let mut leaver = bed.station(VILLAGE, "林小满").unwrap();
    leaver.exchange().unwrap();
    let (before, _) = log(&mut leaver, VILLAGE, 1);
    leaver.exchange().unwrap();
    let mut county = bed.county();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 1);
    let printed = json!({"person_id": serving(&mut county, VILLAGE, "林小满"), "approved_later": true});
    let printed = code_of(&county.post(&format!("/api/county/stations/{VILLAGE}/code"), &printed).unwrap());
    let (unsent, _) = log(&mut leaver, VILLAGE, 2);

    let from = serving(&mut county, VILLAGE, "林小满").unwrap();
    let asked = json!({"from": from, "to": "马小军", "approved_later": false});
    let path = format!("/api/county/stations/{VILLAGE}/handover");
    let done: Value = county.post(&path, &asked).unwrap();
    assert_eq!(done["phones"].as_array().unwrap().len(), 1);
    refused(&county.ask("POST", &path, Some(&asked)).unwrap(), 404, "not_found");
    refused(&spend(&bed, &Phone::with_new_key().unwrap(), &printed), 410, "code_expired");

    leaver.exchange().unwrap();
    assert_eq!(leaver.phone.unsent(), 0, "what was not sent has its receipt");
    assert!(leaver.phone.document(&visits(VILLAGE)).is_none(), "the phone has nothing of the village any more");
    let held = county.wait_for("held work", |county| county.held().ok().filter(|held| !held.is_empty()));
    assert_eq!((held.len(), held[0].unit.as_str(), held[0].person.as_str()), (1, VILLAGE, "林小满"));
    assert_eq!(held[0].records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), [unsent.as_str()]);

    let phone = Phone::with_new_key().unwrap();
    let answer = spend(&bed, &phone, &code_of(&done["link"]));
    let mut newcomer = let_in(&bed, phone, &answer);
    newcomer.exchange().unwrap();
    assert!(newcomer.phone.record(&visits(VILLAGE), &before).is_some());
    let table: Value =
        serde_json::from_slice(newcomer.phone.table(&format!("tables/{VILLAGE}"), "village").unwrap()).unwrap();
    let staff: Vec<&str> = table["staff"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(staff.contains(&"马小军") && !staff.contains(&"林小满"), "{staff:?}");
    let station = county.stations(VILLAGE).unwrap().remove(0);
    assert_eq!((station.phones.len(), station.held), (1, 1));
}

#[test]
fn a_vacant_station_is_shown_as_such_and_in_the_order_of_codes() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let all = county.stations("").unwrap();
    assert!(all.iter().map(|station| station.unit.as_str()).is_sorted());
    assert_eq!(all.len(), 373, "villages and townships");
    assert!(all.iter().any(|station| station.people.is_empty()));
    let vacant = all.iter().find(|station| station.people.is_empty()).unwrap();
    let path = format!("/api/county/stations/{}/handover", vacant.unit);
    let done: Value = county.post(&path, &json!({"from": null, "to": "马小军", "approved_later": true})).unwrap();
    assert!(done["link"]["url"].as_str().unwrap().contains("#enrol="));
    assert_eq!(county.stations(&vacant.unit).unwrap()[0].people.len(), 1);
}

#[test]
fn a_withdrawn_phone_hands_in_what_it_has_and_reads_nothing() {
    for (reason, status) in [("retired", STATUS_RETIRED), ("stolen", STATUS_STOLEN)] {
        let bed = Bed::empty().unwrap();
        let mut gone = bed.station(VILLAGE, "林小满").unwrap();
        let mut colleague = bed.station(VILLAGE, "马小军").unwrap();
        gone.exchange().unwrap();
        let device = bed.county().stations(VILLAGE).unwrap()[0]
            .phones
            .iter()
            .find_map(|phone| (phone.people == ["林小满"]).then(|| phone.id.clone()));
        let path = format!("/api/county/phones/{}/withdraw", device.unwrap());
        refused(&bed.county().ask("POST", &path, Some(&json!({"reason": "lost"}))).unwrap(), 400, "bad_request");
        assert_eq!(bed.county().ask("POST", &path, Some(&json!({ "reason": reason }))).unwrap().status, 204);
        let (id, _) = log(&mut gone, VILLAGE, 1);
        let (theirs, _) = log(&mut colleague, VILLAGE, 2);
        colleague.exchange().unwrap();
        bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 1);

        let (outcome, answer) = gone.turn().unwrap();
        assert_eq!((outcome.receipts.len(), outcome.entries), (1, 0));
        assert_eq!(gone.phone.withdrawn(), Some(status));
        assert!(answer.header("set-cookie").is_none(), "it may not listen any more");
        assert!(gone.phone.record(&visits(VILLAGE), &theirs).is_none());
        let held = bed.county().wait_for("held work", |county| county.held().ok().filter(|held| !held.is_empty()));
        assert_eq!(held[0].records[0].id, id);
        let phones = bed.county().stations(VILLAGE).unwrap().remove(0).phones;
        assert_eq!(phones.len(), 1, "it is no phone of the station any more: {phones:?}");
    }
}

/// What a phone holds back is shown, and written down only when it changes.
#[test]
fn a_phone_says_what_it_could_not_send() {
    use ring::rand::SystemRandom;
    use zoufang_sync_protocol::exchange::{Left, RequestBody, Signed, VERSION};
    use zoufang_sync_protocol::signature::{SigningKey, device_id};
    let bed = Bed::empty().unwrap();
    let random = SystemRandom::new();
    let document = SigningKey::generate(&random).unwrap();
    let phone = Phone::new(&document, SystemRandom::new()).unwrap();
    let key = SigningKey::from_pkcs8(&document, random).unwrap();
    let code = bed.county().enrolment_code(OTHER_VILLAGE, "林小满").unwrap();
    assert_eq!(spend(&bed, &phone, &code).status, 200);
    let ask = |left: Option<Left>| {
        let body = RequestBody {
            version: VERSION,
            county: "990101".into(),
            device: device_id(key.public_key()).into(),
            nonce: [0; 16].into(),
            epoch: [0; 8].into(),
            grants_version: 0,
            cursors: vec![],
            envelopes: vec![],
            left,
            wants: None,
        };
        assert_eq!(bed.client().sync(&Signed::seal_request(&key, &body).unwrap()).unwrap().status, 200);
    };
    let shown = || bed.county().stations(OTHER_VILLAGE).unwrap()[0].phones[0].unsent;
    let left = Left { records: 3, since_ms: 1_706_900_000_000 };
    ask(Some(left));
    let told = bed.county().wait_for("what is unsent", |_| shown());
    assert_eq!((told.records, told.since_ms), (3, left.since_ms));
    ask(None);
    bed.county().wait_for("nothing unsent", |_| shown().is_none().then_some(()));
}

/// The line on which a phone hears of news ends with its withdrawal, though nothing else moves.
#[test]
fn a_withdrawn_phone_hears_nothing_more_at_once() {
    use std::io::{Read, Write};
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(OTHER_VILLAGE, "林小满").unwrap();
    let (_, answer) = station.turn().unwrap();
    let pass = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let address = bed.server().address();
    let mut line = std::net::TcpStream::connect(address).unwrap();
    line.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
    write!(line, "GET /api/events HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {pass}\r\n\r\n").unwrap();
    let mut begun = [0; 12];
    line.read_exact(&mut begun).unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200");
    let device = bed.county().stations(OTHER_VILLAGE).unwrap()[0].phones[0].id.clone();
    let path = format!("/api/county/phones/{device}/withdraw");
    assert_eq!(bed.county().ask("POST", &path, Some(&json!({"reason": "stolen"}))).unwrap().status, 204);
    let (mut heard, mut piece) = (Vec::new(), [0; 1024]);
    while let read @ 1.. = line.read(&mut piece).unwrap() {
        heard.extend_from_slice(&piece[..read]);
        assert!(!heard.windows(3).any(|bytes| bytes == b":\n\n"), "the line is kept open");
    }
    let again = bed
        .client()
        .exchange(format!("GET /api/events HTTP/1.1\r\nHost: {address}\r\nCookie: {pass}\r\n\r\n").as_bytes());
    assert_eq!(again.unwrap().status, 401, "its pass is good no more");
}
