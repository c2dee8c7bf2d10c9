//! Vectors of the exchange's bytes: structures as hexadecimal CBOR beside their decoded form, and chains of entries.
//!
//! In the decoded form byte strings are hexadecimal text, fields have the names of the Rust structures. Deliberately
//! not here: signatures.

use super::hex;
use minicbor::bytes::{ByteArray, ByteVec};
use serde_json::{Value, json};
use zoufang_sync_protocol::envelope::{Chunk, EnvelopeBody};
use zoufang_sync_protocol::exchange::{
    AnswerBody, Cursor, DevicePerson, Entry, FeedAnswer, Grant, Grants, Left, Notice, Refusal, RequestBody, Signed,
    encode,
};

/// Structures in both forms; `decode_only` has items that this version does not know; `malformed` must be refused.
pub fn vectors() -> Value {
    let (request, answer) = (request(), answer());
    let case = |name: &str, kind: &str, bytes: &[u8], value: Value| json!({"name": name, "type": kind, "hex": hex(bytes), "value": value});
    let empty = RequestBody { cursors: vec![], envelopes: vec![], epoch: [0; 8].into(), ..request.clone() };
    let held = RequestBody {
        left: Some(Left { records: 3, since_ms: 1_703_980_800_000 }),
        wants: Some(vec!["visit/990101103200/2023".into()]),
        ..request.clone()
    };
    let plain = AnswerBody {
        status: 1,
        receipts: vec![],
        refusals: vec![],
        feeds: vec![],
        grants: None,
        notices: vec![],
        ..answer.clone()
    };
    let (body, first) = (envelope_body(Some([7; 32].into())), envelope_body(None));
    let chunk = Chunk { address: "visit/990101103200/2024".into(), encoding: 1, payload: vec![1, 2, 3].into() };
    let signed = Signed { body: vec![0x80].into(), signature: vec![9; 64].into() };
    let mut cases = vec![
        case("a request with all it can have", "request_body", &encode(&request), request_value(&request)),
        case(
            "a request of a phone that holds work back and wants a document",
            "request_body",
            &encode(&held),
            request_value(&held),
        ),
        case("the first request of a phone", "request_body", &encode(&empty), request_value(&empty)),
        case("an answer with all it can have", "answer_body", &encode(&answer), answer_value(&answer)),
        case("a stale nonce", "answer_body", &encode(&plain), answer_value(&plain)),
        case("a later envelope", "envelope_body", &encode(&body), envelope_body_value(&body)),
        case("the first envelope", "envelope_body", &encode(&first), envelope_body_value(&first)),
        case(
            "a chunk",
            "chunk",
            &encode(&chunk),
            json!({"address": chunk.address, "encoding": 1, "payload": hex(&chunk.payload)}),
        ),
        case(
            "signed bytes",
            "signed",
            &encode(&signed),
            json!({"body": hex(&signed.body), "signature": hex(&signed.signature)}),
        ),
    ];
    cases.extend(entries().iter().map(|entry| case("an entry", "entry", &encode(entry), entry_value(entry))));
    json!({"cases": cases, "decode_only": decode_only(), "malformed": malformed()})
}

/// Digests after each entry of a feed.
pub fn chains() -> Value {
    let mut digest = [0; 8];
    let published: Vec<Entry> =
        entries().into_iter().filter(|entry| matches!(entry, Entry::Chunk { .. } | Entry::Table { .. })).collect();
    let steps: Vec<Value> = published
        .iter()
        .map(|entry| {
            digest = entry.chain(digest);
            json!({"entry": hex(&encode(entry)), "digest": hex(&digest)})
        })
        .collect();
    json!({"start": hex(&[0; 8]), "steps": steps})
}

/// A request in its decoded form.
pub fn request_value(request: &RequestBody) -> Value {
    let cursors: Vec<Value> = request
        .cursors
        .iter()
        .map(|cursor| json!({"feed": cursor.feed, "seq": cursor.seq, "digest": hex(&*cursor.digest)}))
        .collect();
    let mut value = json!({
        "version": request.version, "county": request.county, "device": hex(&*request.device),
        "nonce": hex(&*request.nonce), "epoch": hex(&*request.epoch), "grants_version": request.grants_version,
        "cursors": cursors, "envelopes": request.envelopes.iter().map(|bytes| hex(bytes)).collect::<Vec<_>>(),
    });
    if let Some(left) = &request.left {
        value["left"] = json!({"records": left.records, "since_ms": left.since_ms});
    }
    if let Some(wants) = &request.wants {
        value["wants"] = json!(wants);
    }
    value
}

/// An answer in its decoded form.
pub fn answer_value(answer: &AnswerBody) -> Value {
    let refusals =
        answer.refusals.iter().map(|refusal| json!({"envelope": hex(&*refusal.envelope), "code": refusal.code}));
    let notices = answer.notices.iter().map(|notice| json!({"code": notice.code, "about": notice.about}));
    let grants = answer.grants.as_ref().map(|grants| {
        let list =
            grants.grants.iter().map(|grant| json!({"unit": grant.unit, "from": grant.from, "until": grant.until}));
        let list = list.collect::<Vec<_>>();
        let mut value = json!({"version": grants.version, "person": grants.person, "grants": list});
        if let Some(others) = &grants.others {
            let others = others.iter().map(|person| json!({"id": person.id, "name": person.name}));
            value["others"] = others.collect();
        }
        if let Some(name) = &grants.name {
            value["name"] = json!(name);
        }
        value
    });
    json!({
        "version": answer.version, "status": answer.status, "epoch": hex(&*answer.epoch), "time_ms": answer.time_ms,
        "nonce": hex(&*answer.nonce), "receipts": answer.receipts.iter().map(|hash| hex(&**hash)).collect::<Vec<_>>(),
        "refusals": refusals.collect::<Vec<_>>(), "feeds": answer.feeds.iter().map(feed_value).collect::<Vec<_>>(),
        "grants": grants, "notices": notices.collect::<Vec<_>>(),
    })
}

/// An envelope's body in its decoded form.
pub fn envelope_body_value(body: &EnvelopeBody) -> Value {
    json!({
        "algorithm": body.algorithm, "device": hex(&*body.device), "counter": body.counter,
        "previous": body.previous.as_ref().map(|hash| hex(&**hash)), "time_ms": body.time_ms,
        "chunk_digests": body.chunk_digests.iter().map(|hash| hex(&**hash)).collect::<Vec<_>>(),
    })
}

/// An entry in its decoded form.
pub fn entry_value(entry: &Entry) -> Value {
    match entry {
        Entry::Chunk { seq, address, encoding, payload, author } => json!({
            "kind": "chunk", "seq": seq, "address": address, "encoding": encoding,
            "payload": hex(payload), "author": author,
        }),
        Entry::Stub { seq, counter, envelope, chunk } => {
            json!({"kind": "stub", "seq": seq, "counter": counter, "envelope": hex(envelope), "chunk": chunk})
        }
        Entry::Table { seq, name, payload } => {
            json!({"kind": "table", "seq": seq, "name": name, "payload": hex(payload)})
        }
        Entry::Snapshot { seq, address, payload } => {
            json!({"kind": "snapshot", "seq": seq, "address": address, "payload": hex(payload)})
        }
    }
}

fn feed_value(feed: &FeedAnswer) -> Value {
    json!({
        "feed": feed.feed, "reset": feed.reset, "seq": feed.seq, "digest": hex(&*feed.digest), "more": feed.more,
        "entries": feed.entries.iter().map(entry_value).collect::<Vec<_>>(),
    })
}

fn request() -> RequestBody {
    let cursor = |feed: &str, seq: u64, digest: u8| Cursor { feed: feed.into(), seq, digest: [digest; 8].into() };
    RequestBody {
        version: 1,
        county: "990101".into(),
        device: [0x11; 16].into(),
        nonce: [0x22; 16].into(),
        epoch: [0x33; 8].into(),
        grants_version: 3,
        cursors: vec![
            cursor("tables/990101", 0, 0),
            cursor("tables/990101103200", 23, 1),
            cursor("visit/990101103200", 70_000, 2),
        ],
        envelopes: vec![ByteVec::from(vec![1, 2, 3]), ByteVec::from(vec![])],
        left: None,
        wants: None,
    }
}

fn answer() -> AnswerBody {
    let feed = FeedAnswer {
        feed: "visit/990101103200".into(),
        reset: true,
        seq: 9,
        digest: [5; 8].into(),
        more: false,
        entries: entries(),
    };
    let grant = |unit: &str, until: Option<&str>| Grant {
        unit: unit.into(),
        from: "2024-01-01".into(),
        until: until.map(str::to_owned),
    };
    AnswerBody {
        version: 1,
        status: 0,
        epoch: [0x33; 8].into(),
        time_ms: 1_704_067_200_000,
        nonce: [0x44; 16].into(),
        receipts: vec![ByteArray::from([0xaa; 32]), ByteArray::from([0xbb; 32])],
        refusals: vec![Refusal { envelope: [0xcc; 32].into(), code: "envelope_malformed".into() }],
        feeds: vec![feed],
        grants: Some(Grants {
            version: 4,
            person: "p-7".into(),
            grants: vec![grant("990101103200", None), grant("990101103201", Some("2024-12-31"))],
            others: Some(vec![DevicePerson { id: "p-9".into(), name: "李建国".into() }]),
            name: Some("王秀英".into()),
        }),
        notices: vec![Notice { code: "held_outside_grant".into(), about: "990101103999".into() }],
    }
}

fn entries() -> Vec<Entry> {
    vec![
        Entry::Snapshot { seq: 5, address: "visit/990101103200/2024".into(), payload: vec![0x85, 0x6f] },
        Entry::Chunk {
            seq: 6,
            address: "visit/990101103200/2024".into(),
            encoding: 1,
            payload: (0..40).collect(),
            author: "p-7".into(),
        },
        Entry::Stub { seq: 7, counter: 24, envelope: [0xdd; 32], chunk: 0 },
        Entry::Table { seq: 8, name: "village".into(), payload: "{\"name\":\"石门村\"}".as_bytes().to_vec() },
        Entry::Chunk {
            seq: 300,
            address: "visit/990101103200/2024/2".into(),
            encoding: 0,
            payload: vec![],
            author: String::new(),
        },
    ]
}

fn envelope_body(previous: Option<ByteArray<32>>) -> EnvelopeBody {
    EnvelopeBody {
        algorithm: 1,
        device: [0x11; 16].into(),
        counter: if previous.is_some() { 256 } else { 1 },
        previous,
        time_ms: 1_704_067_200_123,
        chunk_digests: vec![[1; 32].into(), [2; 32].into()],
    }
}

fn decode_only() -> Value {
    let notice_and_more = [&[0x83, 0x61, b'c', 0x61, b'a'][..], &[0x82, 0x01, 0x02]].concat();
    let stub = Entry::Stub { seq: 7, counter: 24, envelope: [0xdd; 32], chunk: 0 };
    let mut stub_and_more = encode(&stub);
    stub_and_more[0] = 0x87;
    stub_and_more.extend_from_slice(&[0xf6, 0x62, b'h', b'i']);
    json!([
        {"name": "a notice with a later item", "type": "notice", "hex": hex(&notice_and_more), "value": {"code": "c", "about": "a"}},
        {"name": "a stub with two later items", "type": "entry", "hex": hex(&stub_and_more), "value": entry_value(&stub)},
    ])
}

fn malformed() -> Value {
    let whole = encode(&request());
    let cut = |length: usize| hex(&whole[..length]);
    json!([
        {"name": "nothing", "type": "request_body", "hex": ""},
        {"name": "cut after the version", "type": "request_body", "hex": cut(2)},
        {"name": "cut inside an envelope", "type": "request_body", "hex": cut(whole.len() - 2)},
        {"name": "bytes left over", "type": "request_body", "hex": format!("{}00", hex(&whole))},
        {"name": "a map in place of the array", "type": "request_body", "hex": "a0"},
        {"name": "too few items", "type": "notice", "hex": "816163"},
        {"name": "a number in place of text", "type": "notice", "hex": "820102"},
        {"name": "an entry of a kind that is not known", "type": "entry", "hex": "820109"},
        {"name": "a stub whose hash is short", "type": "entry", "hex": "850701182442dddd00"},
        {"name": "a length of four gigabytes", "type": "request_body", "hex": "9bffffffffffffffff"},
    ])
}
