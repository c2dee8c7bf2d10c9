//! What stands in `tests/vectors/` is what this side does. The web app's tests read the same files.

use ring::rand::SystemRandom;
use serde_json::{Value, json};
use std::path::PathBuf;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::match_digits;
use zoufang_sync_protocol::envelope::{Chunk, Envelope, EnvelopeBody};
use zoufang_sync_protocol::exchange::{AnswerBody, Entry, Notice, RequestBody, Signed, decode, encode};
use zoufang_sync_protocol::free_text::forbidden;
use zoufang_sync_protocol::record::{Record, canonical_json};
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::register::condition::Period;
use zoufang_sync_protocol::signature::{SigningKey, device_id, digest, verify};
use zoufang_sync_protocol::unit::Unit;
use zoufang_tests::vectors::{documents, files, folder, hex, read, signatures, unhex, wire};

/// The cases of a section; a vector file without any proves nothing.
fn cases(file: &str, section: &str) -> Vec<Value> {
    let cases = read(file)[section].as_array().cloned().unwrap_or_default();
    assert!(!cases.is_empty(), "{file} has no {section}: cargo run -p zoufang-tests --bin write-vectors");
    cases
}

fn text<'a>(case: &'a Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_else(|| panic!("{field} is not text in {case}"))
}

#[test]
fn vectors_are_what_the_writer_writes() {
    for (name, text) in files() {
        let committed = std::fs::read_to_string(folder().join(name)).unwrap();
        assert!(committed == text, "{name} is stale: cargo run -p zoufang-tests --bin write-vectors");
    }
}

#[test]
fn units_are_read_cut_and_contain() {
    for case in cases("units.json", "valid") {
        let unit = Unit::parse(text(&case, "input")).unwrap();
        assert_eq!(unit.as_str(), text(&case, "unit"));
        assert_eq!(unit.division_code(), text(&case, "division_code"));
        assert_eq!(unit.county().as_str(), text(&case, "county"));
        assert_eq!(json!(unit.township().map(|unit| unit.to_string())), case["township"]);
    }
    for case in cases("units.json", "invalid") {
        assert!(Unit::parse(case.as_str().unwrap()).is_err(), "{case}");
    }
    for case in cases("units.json", "contains") {
        let (outer, inner) = (Unit::parse(text(&case, "outer")).unwrap(), Unit::parse(text(&case, "inner")).unwrap());
        assert_eq!(json!(outer.contains(&inner)), case["contains"], "{case}");
    }
}

#[test]
fn addresses_have_one_spelling() {
    for case in cases("addresses.json", "valid") {
        let address = Address::parse(text(&case, "text")).unwrap();
        assert_eq!(
            json!([address.register, address.unit, address.bucket, address.part, address.feed()]),
            json!([case["register"], case["unit"], case["bucket"], case["part"], case["feed"]])
        );
    }
    for case in cases("addresses.json", "invalid") {
        assert!(Address::parse(case.as_str().unwrap()).is_err(), "{case}");
    }
}

#[test]
fn equal_values_have_equal_bytes() {
    for case in cases("canonical-json.json", "cases") {
        assert_eq!(canonical_json(&case["value"]), text(&case, "canonical"));
    }
}

/// Decodes bytes as the named structure; gives the bytes again and the decoded form.
fn decoded(kind: &str, bytes: &[u8]) -> Option<(Vec<u8>, Value)> {
    match kind {
        "request_body" => decode::<RequestBody>("", bytes).ok().map(|it| (encode(&it), wire::request_value(&it))),
        "answer_body" => decode::<AnswerBody>("", bytes).ok().map(|it| (encode(&it), wire::answer_value(&it))),
        "envelope_body" => {
            decode::<EnvelopeBody>("", bytes).ok().map(|it| (encode(&it), wire::envelope_body_value(&it)))
        }
        "entry" => decode::<Entry>("", bytes).ok().map(|it| (encode(&it), wire::entry_value(&it))),
        "notice" => {
            decode::<Notice>("", bytes).ok().map(|it| (encode(&it), json!({"code": it.code, "about": it.about})))
        }
        "chunk" => decode::<Chunk>("", bytes).ok().map(|it| {
            let value = json!({"address": it.address, "encoding": it.encoding, "payload": hex(&it.payload)});
            (encode(&it), value)
        }),
        "signed" => decode::<Signed>("", bytes).ok().map(|it| {
            let value = json!({"body": hex(&it.body), "signature": hex(&it.signature)});
            (encode(&it), value)
        }),
        other => panic!("no structure {other}"),
    }
}

#[test]
fn structures_are_read_and_written_byte_for_byte() {
    for case in cases("wire.json", "cases") {
        let (again, value) = decoded(text(&case, "type"), &unhex(text(&case, "hex"))).expect("decodes");
        assert_eq!((hex(&again).as_str(), &value), (text(&case, "hex"), &case["value"]));
    }
}

#[test]
fn later_items_are_ignored_and_damage_is_refused() {
    for case in cases("wire.json", "decode_only") {
        let (_, value) = decoded(text(&case, "type"), &unhex(text(&case, "hex"))).expect("decodes");
        assert_eq!(value, case["value"]);
    }
    for case in cases("wire.json", "malformed") {
        assert_eq!(decoded(text(&case, "type"), &unhex(text(&case, "hex"))), None, "{case}");
    }
}

#[test]
fn a_chain_covers_each_entry() {
    let mut digest: [u8; 8] = unhex(text(&read("chains.json"), "start")).try_into().unwrap();
    for step in cases("chains.json", "steps") {
        let entry: Entry = decode("", &unhex(text(&step, "entry"))).unwrap();
        digest = entry.chain(digest);
        assert_eq!(hex(&digest), text(&step, "digest"));
    }
}

#[test]
fn signatures_verify_for_their_bytes_purpose_and_key_alone() {
    for case in cases("signatures.json", "keys") {
        let key = SigningKey::from_pkcs8(&unhex(text(&case, "pkcs8")), SystemRandom::new()).unwrap();
        assert_eq!(hex(key.public_key()), text(&case, "public_key"));
        assert_eq!(hex(&device_id(key.public_key())), text(&case, "device_id"));
    }
    for case in cases("signatures.json", "bare") {
        let parts: Vec<Vec<u8>> =
            case["parts"].as_array().unwrap().iter().map(|part| unhex(part.as_str().unwrap())).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let purpose = signatures::purpose(text(&case, "purpose"));
        let good = verify(&unhex(text(&case, "public_key")), purpose, &parts, &unhex(text(&case, "signature"))).is_ok();
        assert_eq!(json!(good), case["good"], "{case}");
    }
}

#[test]
fn both_ends_count_the_same_four_digits() {
    for case in cases("match-digits.json", "cases") {
        let digest = digest(text(&case, "code").replace('-', "").as_bytes());
        assert_eq!(hex(&digest), text(&case, "code_digest"));
        let digits = match_digits(&digest, &unhex(text(&case, "public_key")));
        assert_eq!((digits.len(), digits.as_str()), (4, text(&case, "digits")));
    }
}

#[test]
fn envelopes_open_only_whole_and_signed() {
    for case in cases("signatures.json", "envelopes") {
        let result = Envelope::open(&unhex(text(&case, "hex"))).and_then(|envelope| {
            assert_eq!(json!(hex(&envelope.hash)), case["hash"]);
            envelope.verify(&unhex(text(&case, "public_key")))
        });
        assert_eq!(json!(result.err().map(|error| error.code())), case["error"], "{case}");
    }
}

#[test]
fn an_answer_is_good_for_its_own_request_under_the_pinned_key() {
    for case in cases("signatures.json", "answers") {
        let key = unhex(text(&case, "county_key"));
        let opened = Signed::open_answer(&key, &unhex(text(&case, "request")), &unhex(text(&case, "answer"))).ok();
        assert_eq!(json!(opened.is_some()), case["good"], "{case}");
        assert_eq!(json!(opened.map(|body| wire::answer_value(&body))), case["value"]);
    }
}

#[test]
fn bundles_and_changes_give_the_same_records() {
    for case in cases("documents.json", "cases") {
        let (records, heads) = documents::applied(case["steps"].as_array().unwrap());
        assert_eq!((&records, &json!(heads)), (&case["records"], &case["heads"]), "{}", case["name"]);
    }
}

/// Every file in the folder of registers, by its name without `.json`.
fn register_sources() -> Vec<(String, String)> {
    let folder = zoufang_tests::repository().join("sync-protocol/registers");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let named = |file: PathBuf| (file.file_stem().unwrap().to_str().unwrap().to_owned(), file);
    files.map(named).map(|(name, file)| (name, std::fs::read_to_string(file).unwrap())).collect()
}

#[test]
fn every_register_names_the_fields_that_are_wrong() {
    let mut total = 0;
    for (name, source) in register_sources() {
        let register = Register::parse(&source).unwrap();
        assert_eq!(register.name, name);
        let cases = cases(&format!("registers/{name}.json"), "cases");
        total += cases.len();
        for case in cases {
            let record: Record = serde_json::from_value(case["record"].clone()).unwrap();
            assert_eq!(json!(register.invalid_fields(&record)), case["invalid"], "{name}: {}", case["name"]);
        }
    }
    assert!(total >= 200, "only {total} records");
}

/// A register with one measure that counts what a condition lets through.
fn counting(properties: &Value, case: &Value) -> Register {
    let words = json!({"zh": "条件", "en": "condition"});
    let mut measure = json!({"label": words, "where": case["condition"], "date": false, "count": true});
    if let Some(list) = case.get("list") {
        measure["of"] = list.clone();
    }
    let source = json!({
        "x-register": "conditions", "x-version": 1, "x-label": words, "x-bucket": "year", "x-bucket-date": "date",
        "x-measures": {"counted": measure}, "type": "object", "properties": properties,
    });
    Register::parse(&source.to_string()).unwrap()
}

#[test]
fn conditions_hold_of_records_and_items() {
    let properties = read("conditions.json")["properties"].clone();
    for case in cases("conditions.json", "cases") {
        let register = counting(&properties, &case);
        let record: Record = serde_json::from_value(case["record"].clone()).unwrap();
        let period = case["year"].as_u64().map(|year| Period::year(u16::try_from(year).unwrap()));
        let holds = register.measures[0].filter.holds(&record, case.get("item"), period.as_ref());
        assert_eq!(json!(holds), case["holds"], "{}", case["name"]);
    }
}

/// What a phone warns of while it is written, the county sees in what was sent all the same.
#[test]
fn free_text_is_looked_at_alike() {
    let cases = read("free-text.json").as_array().cloned().unwrap_or_default();
    assert!(cases.len() > 60, "only {} texts", cases.len());
    for case in cases {
        let found = forbidden(text(&case, "text"));
        let found: Vec<Value> = found.iter().map(|one| json!({"kind": one.kind, "seen": one.seen})).collect();
        assert_eq!(json!(found), case["found"], "{case}");
    }
}
