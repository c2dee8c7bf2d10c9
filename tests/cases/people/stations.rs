//! A station goes to somebody else, a phone is taken away: what was not sent arrives and is held, and nothing is read.

use super::{TOWNSHIP, code_of, let_in, log, refused, spend, visits};
use serde_json::{Value, json};
use zoufang_server::county::view::StationPhone;
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::exchange::{STATUS_RETIRED, STATUS_STOLEN};
use zoufang_sync_protocol::record::Record;
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::station::Station;

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

/// Two share a phone. Each change is of whom it says; when the one it was bound to leaves, the other keeps it alone.
#[test]
fn a_shared_phone_says_who_it_was_and_goes_to_who_stays() {
    let bed = Bed::empty().unwrap();
    let mut shared = bed.station(VILLAGE, "林小满").unwrap();
    let mut county = bed.county();
    let path = format!("/api/county/stations/{VILLAGE}/code");
    let asked = json!({"name": "马小军", "approved_later": false});
    let code = code_of(&county.post::<Value>(&path, &asked).unwrap());
    let Station { phone, .. } = shared;
    let answer = spend(&bed, &phone, &code);
    shared = let_in(&bed, phone, &answer);
    let (leaver, stays) =
        (serving(&mut county, VILLAGE, "林小满").unwrap(), serving(&mut county, VILLAGE, "马小军").unwrap());
    let mut ids = Vec::new();
    for (seed, by) in [(1, &leaver), (2, &stays)] {
        shared.phone.in_use_by = Some(by.clone());
        ids.push(log(&mut shared, VILLAGE, seed).0);
    }
    shared.exchange().unwrap();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 2);
    // Who is not of this phone cannot be named.
    shared.phone.in_use_by = Some("somebody-else".to_owned());
    ids.push(log(&mut shared, VILLAGE, 3).0);
    shared.phone.in_use_by = Some(stays.clone());
    let correction = Record::from([("note".to_owned(), json!("改过"))]);
    shared.phone.log(&ids[0], &visits(VILLAGE), &correction, shared.now_ms).unwrap();
    shared.exchange().unwrap();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 3);
    let author = |county: &mut County, id: &str| county.record(id).unwrap().row.author;
    let authors: Vec<String> = ids.iter().map(|id| author(&mut county, id)).collect();
    assert_eq!(authors, ["林小满", "马小军", "林小满"]);
    let history: Vec<String> = county.record(&ids[0]).unwrap().history.into_iter().map(|event| event.author).collect();
    assert_eq!(history, ["林小满", "马小军"]);

    let path = format!("/api/county/stations/{VILLAGE}/handover");
    let _: Value = county.post(&path, &json!({"from": leaver, "to": null, "approved_later": false})).unwrap();
    shared.exchange().unwrap();
    let grants = shared.phone.grants().clone();
    assert_eq!((grants.person, grants.name.as_deref(), grants.others), (stays, Some("马小军"), None));
    assert_eq!(county.stations(VILLAGE).unwrap()[0].phones[0].people, ["马小军"]);
}

/// Township staff with a phone for a vacant village: whoever leaves the township leaves what lies in it.
#[test]
fn who_leaves_a_township_leaves_its_villages() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(TOWNSHIP, "周建国").unwrap();
    let mut county = bed.county();
    let person = serving(&mut county, TOWNSHIP, "周建国").unwrap();
    let asked = json!({"person_id": person, "approved_later": false});
    let code = code_of(&county.post::<Value>(&format!("/api/county/stations/{VILLAGE}/code"), &asked).unwrap());
    let answer = spend(&bed, &station.phone, &code);
    let Station { phone, .. } = station;
    station = let_in(&bed, phone, &answer);
    assert_eq!(station.phone.grants().grants.len(), 2);
    let path = format!("/api/county/stations/{TOWNSHIP}/handover");
    let done: Value = county.post(&path, &json!({"from": person, "to": "马小军", "approved_later": false})).unwrap();
    assert_eq!(done["phones"].as_array().unwrap().len(), 1);
    let (id, _) = log(&mut station, VILLAGE, 1);
    station.exchange().unwrap();
    assert!(station.phone.grants().grants.is_empty());
    let held = county.wait_for("held work", |county| county.held().ok().filter(|held| !held.is_empty()));
    assert_eq!(held[0].records[0].id, id);

    // The phone serves no station, and is found all the same.
    let phones: Vec<StationPhone> = county.get("/api/county/phones").unwrap();
    let apart: Vec<&StationPhone> = phones.iter().filter(|phone| phone.units.is_empty()).collect();
    assert_eq!((apart.len(), apart[0].home.as_str(), apart[0].people.join("")), (1, TOWNSHIP, "周建国".to_owned()));
    let mut clerk = county.clerk_of(TOWNSHIP, "王主任").unwrap();
    let path = format!("/api/county/phones/{}/withdraw", apart[0].id);
    assert_eq!(clerk.ask("POST", &path, Some(&json!({"reason": "retired"}))).unwrap().status, 204);
    let phones: Vec<StationPhone> = clerk.get("/api/county/phones").unwrap();
    assert_eq!(phones.iter().filter_map(|phone| phone.withdrawn.as_deref()).collect::<Vec<_>>(), ["retired"]);
    assert_eq!(clerk.ask("POST", &path, Some(&json!({"reason": "stolen"}))).unwrap().status, 204);
    let other = county.clerk_of("990101104", "别的乡").unwrap().get::<Vec<StationPhone>>("/api/county/phones").unwrap();
    assert!(other.is_empty(), "{other:?}");
}

/// Somebody who serves one village takes another: by a code for it, or by a hand-over.
#[test]
fn a_neighbour_takes_a_station_and_stays_one_person() {
    let bed = Bed::empty().unwrap();
    let mut neighbour = bed.station(OTHER_VILLAGE, "林小满").unwrap();
    let mut leaver = bed.station(VILLAGE, "马小军").unwrap();
    leaver.exchange().unwrap();
    let mut county = bed.county();
    let (from, to) =
        (serving(&mut county, VILLAGE, "马小军").unwrap(), serving(&mut county, OTHER_VILLAGE, "林小满").unwrap());
    let path = format!("/api/county/stations/{VILLAGE}/handover");
    let twice = json!({"from": from, "to": "甲", "to_person": to, "approved_later": false});
    refused(&county.ask("POST", &path, Some(&twice)).unwrap(), 400, "bad_request");
    let itself = json!({"from": from, "to_person": from, "approved_later": false});
    refused(&county.ask("POST", &path, Some(&itself)).unwrap(), 400, "bad_request");
    let nobody = json!({"from": from, "to_person": "nobody", "approved_later": false});
    refused(&county.ask("POST", &path, Some(&nobody)).unwrap(), 404, "not_found");
    let done: Value = county.post(&path, &json!({"from": from, "to_person": to, "approved_later": false})).unwrap();
    let answer = spend(&bed, &neighbour.phone, &code_of(&done["link"]));
    let Station { phone, .. } = neighbour;
    neighbour = let_in(&bed, phone, &answer);
    neighbour.exchange().unwrap();
    assert_eq!((neighbour.phone.grants().grants.len(), neighbour.phone.grants().others.is_some()), (2, false));
    let stations = county.stations("").unwrap();
    let served = stations.iter().filter(|station| station.people.iter().any(|person| person.id == to)).count();
    assert_eq!(served, 2);
}

/// A fresh code takes the place of the one before: a slip that was lost opens nothing.
#[test]
fn a_fresh_code_ends_the_one_that_nobody_spent() {
    let bed = Bed::empty().unwrap();
    bed.station(VILLAGE, "林小满").unwrap();
    let mut county = bed.county();
    let sheet = |county: &mut County| -> String {
        let lines: Vec<Value> = county.post("/api/county/stations/sheet", &json!({ "unit": TOWNSHIP })).unwrap();
        code_of(&lines.iter().find(|line| line["unit"] == VILLAGE).unwrap()["link"])
    };
    let (first, second) = (sheet(&mut county), sheet(&mut county));
    refused(&spend(&bed, &Phone::with_new_key().unwrap(), &first), 410, "code_expired");
    assert_eq!(spend(&bed, &Phone::with_new_key().unwrap(), &second).status, 202);
}

/// Whoever served a village that was merged, their phones and their work are still found, and the village can be handed over.
#[test]
fn a_merged_village_is_shown_as_long_as_somebody_is_there() {
    let bed = Bed::empty().unwrap();
    bed.station(VILLAGE, "林小满").unwrap();
    let mut county = bed.county();
    let tree = format!("区划代码,名称,失效日期,并入\n{VILLAGE},石门村,2024-01-01,{OTHER_VILLAGE}\n");
    let taken = county.upload("/api/county/tree?apply=true", tree.as_bytes()).unwrap();
    assert_eq!(taken.json()["applied"], true, "{}", taken.json());
    let station = county.stations(VILLAGE).unwrap().remove(0);
    assert_eq!(
        (station.last_day.as_deref(), station.merged_into.as_deref()),
        (Some("2024-01-01"), Some(OTHER_VILLAGE))
    );
    assert!(station.people.iter().any(|person| person.name == "林小满") && station.phones.len() == 1, "{station:?}");
    let path = format!("/api/county/stations/{VILLAGE}/handover");
    for person in &station.people {
        let _: Value = county.post(&path, &json!({"from": person.id, "to": null, "approved_later": false})).unwrap();
    }
    assert_eq!(county.stations(VILLAGE).unwrap().len(), 0, "nobody and nothing is left there");
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
