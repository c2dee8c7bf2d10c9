//! Photos over HTTP, as a phone brings them: by tus, in pieces, with the pass that an exchange gave.
//!
//! Deliberately not here: what becomes of photos that a record names (the dirt of the year), and the disk (`photos`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::time::{Duration, Instant};
use zoufang_server::photos::{PHOTO_BYTES_MAX, hash_of};
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::http::Answer;
use zoufang_tests::station::Station;

const PICTURE: &[u8] = include_bytes!("../../server/pictures/lane.jpg");
const PATIENCE: Duration = Duration::from_secs(30);

/// A phone that has exchanged, and so holds a pass.
fn phone(bed: &Bed, unit: &str) -> Station {
    let mut station = bed.station(unit, "李国强").unwrap();
    station.exchange().unwrap();
    station
}

fn begin(phone: &mut Station, bytes: &[u8], length: u64) -> Answer {
    begin_by(phone, bytes, length, Some(tus()))
}

fn begin_by(phone: &mut Station, bytes: &[u8], length: u64, tus: Option<(&'static str, String)>) -> Answer {
    let name = STANDARD.encode(hash_of(bytes));
    let fields = [("Upload-Length", length.to_string()), ("Upload-Metadata", format!("sha256 {name}"))];
    let fields: Vec<_> = fields.into_iter().chain(tus).collect();
    phone.client.upload("POST", "/api/photos", &fields, b"", None).unwrap()
}

fn tus() -> (&'static str, String) {
    ("Tus-Resumable", "1.0.0".to_owned())
}

fn path(bytes: &[u8]) -> String {
    format!("/api/photos/{}", hash_of(bytes))
}

fn append(phone: &mut Station, path: &str, offset: usize, bytes: &[u8]) -> Answer {
    let fields =
        [("Upload-Offset", offset.to_string()), ("Content-Type", "application/offset+octet-stream".to_owned()), tus()];
    phone.client.upload("PATCH", path, &fields, bytes, None).unwrap()
}

fn standing(phone: &mut Station, path: &str) -> (u16, Option<usize>) {
    let answer = phone.client.upload("HEAD", path, &[tus()], b"", None).unwrap();
    (answer.status, answer.header("upload-offset").and_then(|offset| offset.parse().ok()))
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status, answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_photo_that_was_cut_goes_on_where_it_ended() {
    let bed = Bed::empty().unwrap();
    let mut phone = phone(&bed, VILLAGE);
    let begun = begin(&mut phone, PICTURE, PICTURE.len() as u64);
    assert_eq!((begun.status, begun.header("location")), (201, Some(path(PICTURE).as_str())));
    let fields =
        [("Upload-Offset", "0".to_owned()), ("Content-Type", "application/offset+octet-stream".to_owned()), tus()];
    phone.client.upload("PATCH", &path(PICTURE), &fields, PICTURE, Some(100)).unwrap_err();
    let until = Instant::now() + PATIENCE;
    while standing(&mut phone, &path(PICTURE)) != (200, Some(100)) {
        assert!(Instant::now() < until, "what came before the cut is there");
    }
    assert_eq!(code(&append(&mut phone, &path(PICTURE), 0, PICTURE)), (409, "photo_offset".to_owned()));
    assert_eq!(append(&mut phone, &path(PICTURE), 100, &PICTURE[100..]).status, 204);
    assert_eq!(standing(&mut phone, &path(PICTURE)), (200, Some(PICTURE.len())));
}

#[test]
fn what_is_no_clean_photo_is_refused_with_a_code() {
    let bed = Bed::empty().unwrap();
    let mut phone = phone(&bed, VILLAGE);
    let soiled = [&PICTURE[..2], &[0xff, 0xfe, 0, 6], b"here", &PICTURE[2..]].concat();
    for (bytes, status, wanted) in
        [(soiled.as_slice(), 422, "photo_metadata"), (&PICTURE[..50], 422, "photo_not_a_picture")]
    {
        assert_eq!(begin(&mut phone, bytes, bytes.len() as u64).status, 201);
        assert_eq!(code(&append(&mut phone, &path(bytes), 0, bytes)), (status, wanted.to_owned()));
        assert_eq!(standing(&mut phone, &path(bytes)).0, 404, "{wanted}: nothing of it stays");
    }
    begin(&mut phone, PICTURE, 8);
    assert_eq!(code(&append(&mut phone, &path(PICTURE), 0, &PICTURE[..8])), (422, "photo_hash_mismatch".to_owned()));
    assert_eq!(code(&begin(&mut phone, b"large", PHOTO_BYTES_MAX + 1)), (413, "too_large".to_owned()));
    assert_eq!(code(&append(&mut phone, "/api/photos/..%2Fkeys", 0, b"x")), (404, "not_found".to_owned()));
}

#[test]
fn only_enrolled_phones_bring_photos_and_only_through_records_are_they_seen() {
    let bed = Bed::empty().unwrap();
    let (mut phone, mut other) = (phone(&bed, VILLAGE), phone(&bed, OTHER_VILLAGE));
    begin(&mut phone, PICTURE, PICTURE.len() as u64);
    append(&mut phone, &path(PICTURE), 0, &PICTURE[..9]);
    assert_eq!(standing(&mut other, &path(PICTURE)).0, 404, "another phone does not hear of it");
    let mut stranger = bed.station(VILLAGE, "王芳").unwrap();
    assert_eq!(code(&begin(&mut stranger, PICTURE, 9)), (401, "not_signed_in".to_owned()));
    append(&mut phone, &path(PICTURE), 9, &PICTURE[9..]);
    let unnamed = format!("/api/county/records/0190a3b4-0000-7000-8000-000000000000/photos/{}", hash_of(PICTURE));
    assert_eq!(bed.county().ask("GET", &unnamed, None).unwrap().status, 404, "no record names it");
}

#[test]
fn another_version_of_tus_is_told_and_begins_nothing() {
    let bed = Bed::empty().unwrap();
    let mut phone = phone(&bed, VILLAGE);
    for version in [Some("0.2.2"), None] {
        let said = version.map(|version| ("Tus-Resumable", version.to_owned()));
        let answer = begin_by(&mut phone, PICTURE, PICTURE.len() as u64, said);
        assert_eq!(code(&answer), (412, "tus_version".to_owned()));
    }
    assert_eq!(standing(&mut phone, &path(PICTURE)).0, 404);
}

#[test]
fn a_withdrawn_phone_brings_no_photo_and_hears_of_none() {
    let bed = Bed::empty().unwrap();
    let mut phone = phone(&bed, VILLAGE);
    begin(&mut phone, PICTURE, PICTURE.len() as u64);
    append(&mut phone, &path(PICTURE), 0, &PICTURE[..9]);
    let device = bed.county().stations(VILLAGE).unwrap()[0].phones[0].id.clone();
    let withdraw = format!("/api/county/phones/{device}/withdraw");
    assert_eq!(bed.county().ask("POST", &withdraw, Some(&json!({"reason": "stolen"}))).unwrap().status, 204);
    let refused = (401, "not_signed_in".to_owned());
    assert_eq!(code(&append(&mut phone, &path(PICTURE), 9, &PICTURE[9..])), refused);
    assert_eq!(code(&begin(&mut phone, b"another", 7)), refused);
    assert_eq!(standing(&mut phone, &path(PICTURE)).0, 401);
}
