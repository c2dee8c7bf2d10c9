//! Chunks that wait for a change nobody has sent: kept, up to a bound, and what is over goes to quarantine with its bytes.

use automerge::{ActorId, AutoCommit, Change};
use ring::rand::SystemRandom;
use serde_json::json;
use zoufang_server::access::{base64, unbase64};
use zoufang_server::county::view::MatterKind;
use zoufang_sync_protocol::document::{Address, write_record};
use zoufang_sync_protocol::enrol::EnrolRequest;
use zoufang_sync_protocol::envelope::{Chunk, Envelope};
use zoufang_sync_protocol::exchange::{RequestBody, Signed, VERSION};
use zoufang_sync_protocol::limits::PARKED_CHUNKS_MAX;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::signature::{SigningKey, device_id};
use zoufang_tests::desk::{COUNTY, Desk};

const VILLAGE: &str = "990101103200";

/// A chunk with the second change of a document whose first change stays at home.
fn orphan(address: &Address, writer: u8) -> Chunk {
    let mut document = AutoCommit::new().with_actor(ActorId::from([writer; 16]));
    let record = |value: i64| Record::from([("person_times".to_owned(), json!(value))]);
    write_record(&mut document, "r-1", &record(1)).unwrap();
    let first = document.get_heads();
    write_record(&mut document, "r-1", &record(2)).unwrap();
    let later: Vec<_> = document.get_changes(&first).iter().map(Change::hash).collect();
    Chunk::bundle(&mut document, address, &later).unwrap()
}

#[test]
fn what_waits_is_bounded_and_nothing_is_thrown_away() {
    let desk = Desk::found();
    let random = SystemRandom::new();
    let key = SigningKey::from_pkcs8(&SigningKey::generate(&random).unwrap(), random).unwrap();
    let code = desk.phone_code(VILLAGE, "陈志远");
    let enrolled = desk.enrol_key(&EnrolRequest { code, public_key: base64(key.public_key()) });
    let address = Address::parse("visit/990101103200/2024").unwrap();
    let envelopes: Vec<Vec<u8>> = (0..=PARKED_CHUNKS_MAX as u8)
        .map(|n| Envelope::seal(&key, u64::from(n) + 1, None, 1_000, &[orphan(&address, n + 1)]).unwrap().1)
        .collect();
    let nonce: [u8; 16] = unbase64(&enrolled.nonce).unwrap().try_into().unwrap();
    let body = RequestBody {
        version: VERSION,
        county: COUNTY.into(),
        device: device_id(key.public_key()).into(),
        nonce: nonce.into(),
        epoch: [0; 8].into(),
        grants_version: 0,
        cursors: vec![],
        envelopes: envelopes.into_iter().map(Into::into).collect(),
        left: None,
        wants: None,
    };
    let request = Signed::seal_request(&key, &body).unwrap();
    let answer = desk.exchange(&request).unwrap();
    let county_key = unbase64(&enrolled.county_key).unwrap();
    let receipts = Signed::open_answer(&county_key, &request, &answer).unwrap().receipts;
    assert_eq!(receipts.len(), PARKED_CHUNKS_MAX + 1, "all are on disk");
    desk.settled();
    assert!(desk.rows().is_empty());
    let matters = desk.open_matters();
    let told: Vec<_> = matters.iter().map(|matter| (matter.kind, matter.code.as_deref())).collect();
    assert_eq!(told, [(MatterKind::Quarantined, Some("chunk_parked_too_many"))]);
}
