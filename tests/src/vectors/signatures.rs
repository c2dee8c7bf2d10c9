//! Vectors of signatures: some that verify and some that do not; whole envelopes and answers.
//!
//! The keys are fixed and worth nothing: they stand here for all to see. Signatures contain randomness, so that those
//! in the file are kept as long as they verify over the same bytes. Deliberately not here: the CBOR inside.

use super::{hex, unhex};
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use zoufang_sync_protocol::envelope::{Chunk, Envelope};
use zoufang_sync_protocol::exchange::{AnswerBody, Signed, encode};
use zoufang_sync_protocol::signature::{Purpose, SigningKey, device_id, digest, verify};

const DEVICE: &str = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b020101042097463cc3db578f21332cd576a2eb56735bb619b6b43fe87eb7b222a80b19e1c7a14403420004e577653390163a075b9bf99a2a016be1f3f8ac499ff859fa3203ba4d87fc31ad8495be390d470d93b1ebcc4b567108f061be82dedad2b48a5cd7f2711832a45b";
const OTHER: &str = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420401b7fdb9019ef048b8361cd1a53d6ce0134e000d36a937b136fd726dc11ee6ea14403420004f3a5429cb63a36d5ff2f1eb4893c3380eccc86afadc302ff7e3c8fcddf90c1b083c6da30097008540d8372321e19c2ca3368951799b04187d4f5192bc19dc023";
const COUNTY: &str = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420a1bb17b5979b4ce77f1fed059a2fe3ae85676933c391280a77ce58b72893d97ca14403420004fbf92058b4839fb25cc2cf1d48adadd72143c29d4b9d5d4ecfdb0cfbfd924f3a1bf959011161d92ff3b9b7b0d815821439bcf7e6c89b06a719d038a5259af43e";

type Key = SigningKey<SystemRandom>;

/// Keys, bare signatures, envelopes and answers. `existing` is the committed file.
pub fn vectors(existing: &Value) -> Value {
    let keys = [("device", DEVICE), ("other", OTHER), ("county", COUNTY)].map(|(name, document)| {
        let key = key(document);
        json!({
            "name": name, "pkcs8": document, "public_key": hex(key.public_key()),
            "device_id": hex(&device_id(key.public_key())),
        })
    });
    json!({
        "keys": keys,
        "bare": bare(existing),
        "envelopes": envelopes(existing),
        "answers": answers(existing),
    })
}

/// The purpose of a label in the file.
///
/// # Panics
/// If the file names another.
pub fn purpose(name: &str) -> Purpose {
    match name {
        "envelope" => Purpose::Envelope,
        "request" => Purpose::Request,
        "answer" => Purpose::Answer,
        "device" => Purpose::Device,
        other => panic!("no purpose {other}"),
    }
}

fn key(document: &str) -> Key {
    Key::from_pkcs8(&unhex(document), SystemRandom::new()).expect("the keys of this file are keys")
}

fn kept(existing: &Value, section: &str, name: &str, field: &str) -> Option<Vec<u8>> {
    let entries = existing[section].as_array()?;
    let entry = entries.iter().find(|entry| entry["name"] == name)?;
    Some(unhex(entry[field].as_str()?))
}

fn bare(existing: &Value) -> Vec<Value> {
    let (device, other) = (key(DEVICE), key(OTHER));
    let parts: [&[u8]; 2] = [b"ab", b"c"];
    let mut cases = Vec::new();
    for name in ["envelope", "request", "answer", "device"] {
        let signature = kept(existing, "bare", name, "signature")
            .filter(|signature| verify(device.public_key(), purpose(name), &parts, signature).is_ok())
            .unwrap_or_else(|| device.sign(purpose(name), &parts).expect("the system has randomness"));
        let mut case = |case_name: &str, purpose: &str, key: &Key, parts: &[&[u8]], signature: &[u8], good: bool| {
            let parts: Vec<String> = parts.iter().map(|part| hex(part)).collect();
            cases.push(json!({
                "name": case_name, "purpose": purpose, "public_key": hex(key.public_key()),
                "parts": parts, "signature": hex(signature), "good": good,
            }));
        };
        case(name, name, &device, &parts, &signature, true);
        case(&format!("{name}: parts cut elsewhere"), name, &device, &[b"a", b"bc"], &signature, true);
        case(&format!("{name}: another message"), name, &device, &[b"ab", b"d"], &signature, false);
        case(&format!("{name}: another key"), name, &other, &parts, &signature, false);
        let another = if name == "device" { "answer" } else { "device" };
        case(&format!("{name}: another purpose"), another, &device, &parts, &signature, false);
        let mut flipped = signature.clone();
        flipped[40] ^= 1;
        case(&format!("{name}: a flipped bit"), name, &device, &parts, &flipped, false);
        case(&format!("{name}: cut short"), name, &device, &parts, &signature[..63], false);
        case(&format!("{name}: zeros"), name, &device, &parts, &[0; 64], false);
    }
    cases
}

fn envelopes(existing: &Value) -> Vec<Value> {
    let device = key(DEVICE);
    let chunk = |payload: &[u8]| Chunk {
        address: "visit/990101103200/2024".into(),
        encoding: 1,
        payload: payload.to_vec().into(),
    };
    let chunks = [chunk(&[1, 2, 3]), chunk(&[4, 5])];
    let good = |name: &str, counter: u64, previous: Option<[u8; 32]>, chunks: &[Chunk]| {
        kept(existing, "envelopes", name, "hex").unwrap_or_else(|| {
            Envelope::seal(&device, counter, previous, 1_704_067_200_123, chunks).expect("the system has randomness").1
        })
    };
    let first = good("the first", 1, None, &chunks);
    let hash = Envelope::open(&first).expect("just sealed").hash;
    let second = good("the second", 2, Some(hash), &chunks[..1]);
    let mut cases = vec![envelope_case("the first", &first), envelope_case("the second", &second)];
    let mut damaged = first.clone();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    cases.push(envelope_case("a chunk that was changed", &damaged));
    let mut unsigned = first.clone();
    let signature = unsigned.windows(2).rposition(|window| window == [0x58, 0x40]).expect("a signature of 64 bytes");
    unsigned[signature + 10] ^= 1;
    cases.push(envelope_case("a signature that was changed", &unsigned));
    cases.push(envelope_case("cut short", &first[..first.len() - 3]));
    cases.push(envelope_case("nothing", &[]));
    cases
}

fn envelope_case(name: &str, bytes: &[u8]) -> Value {
    let device = key(DEVICE);
    match Envelope::open(bytes) {
        Ok(envelope) => json!({
            "name": name, "hex": hex(bytes), "public_key": hex(device.public_key()), "hash": hex(&envelope.hash),
            "body": super::wire::envelope_body_value(&envelope.body),
            "error": envelope.verify(device.public_key()).err().map(|error| error.code()),
        }),
        Err(error) => json!({
            "name": name, "hex": hex(bytes), "public_key": hex(device.public_key()), "hash": null, "error": error.code(),
        }),
    }
}

fn answers(existing: &Value) -> Vec<Value> {
    let county = key(COUNTY);
    let request = b"the bytes of a request";
    let body = AnswerBody {
        version: 1,
        status: 0,
        epoch: [3; 8].into(),
        time_ms: 1_704_067_200_000,
        nonce: [4; 16].into(),
        receipts: vec![digest(b"an envelope").into()],
        refusals: vec![],
        feeds: vec![],
        grants: None,
        notices: vec![],
    };
    let answer = kept(existing, "answers", "good", "answer")
        .filter(|answer| Signed::open_answer(county.public_key(), request, answer).is_ok_and(|opened| opened == body))
        .unwrap_or_else(|| Signed::seal_answer(&county, request, &body).expect("the system has randomness"));
    let mut forged = body.clone();
    forged.receipts.push(digest(b"another envelope").into());
    let signed: Signed = zoufang_sync_protocol::exchange::decode("answer", &answer).expect("just sealed");
    let forged = encode(&Signed { body: encode(&forged).into(), signature: signed.signature });
    let case = |name: &str, key: &Key, request: &[u8], answer: &[u8], good: bool| {
        json!({
            "name": name, "county_key": hex(key.public_key()), "request": hex(request),
            "answer": hex(answer), "good": good, "value": good.then(|| super::wire::answer_value(&body)),
        })
    };
    vec![
        case("good", &county, request, &answer, true),
        case("the answer to another request", &county, b"the bytes of another request", &answer, false),
        case("another county", &key(OTHER), request, &answer, false),
        case("a receipt more than was signed", &county, request, &forged, false),
        case("cut short", &county, request, &answer[..answer.len() - 1], false),
    ]
}
