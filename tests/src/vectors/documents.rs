//! Vectors of documents: payloads of chunks, applied in the order given, and the records that then stand there.
//!
//! Always true: actors and times are fixed, so that the bytes are too. Encoding 0 is plain changes, 1 a bundle; a
//! `snapshot` is a saved document. Deliberately not here: conflicts (they come from the change graph, on the server).

use super::hex;
use automerge::transaction::CommitOptions;
use automerge::{ActorId, AutoCommit, ChangeHash};
use serde_json::{Map, Value, json};
use zoufang_sync_protocol::document::{read_record, record_ids, write_record};
use zoufang_sync_protocol::record::Record;

/// The id of the first record.
const FIRST: &str = "018ccf2e-7c00-7000-8000-000000000001";
/// The id of the second.
const SECOND: &str = "018ccf2e-7c00-7000-8000-000000000002";

/// A writer with a fixed actor.
struct Writer {
    document: AutoCommit,
}

impl Writer {
    fn new(actor: u8) -> Self {
        Self { document: AutoCommit::new().with_actor(ActorId::from([actor; 16])) }
    }

    /// Writes one change; returns its hash.
    fn write(&mut self, id: &str, fields: &Value) -> ChangeHash {
        let fields: Record = serde_json::from_value(fields.clone()).expect("a record is an object");
        write_record(&mut self.document, id, &fields).expect("the document takes any record");
        let time = CommitOptions::default().with_time(1_704_067_200);
        self.document.commit_with(time).expect("something was written")
    }

    fn take(&mut self, other: &mut Writer) {
        self.document.merge(&mut other.document).expect("documents of one address merge");
    }

    fn bundle(&mut self, hashes: &[ChangeHash]) -> Value {
        let bundle = self.document.bundle(hashes.iter().copied()).expect("the changes are its own");
        json!({"encoding": 1, "payload": hex(bundle.bytes())})
    }

    fn changes(&mut self, hashes: &[ChangeHash]) -> Value {
        let mut payload = Vec::new();
        for hash in hashes {
            let change = self.document.get_change_by_hash(hash).expect("the changes are its own");
            payload.extend_from_slice(change.raw_bytes());
        }
        json!({"encoding": 0, "payload": hex(&payload)})
    }

    fn snapshot(&mut self) -> Value {
        json!({"encoding": "snapshot", "payload": hex(&self.document.save())})
    }
}

/// All cases.
pub fn vectors() -> Value {
    json!({"cases": [
        one_bundle(), plain_changes(), two_writers(), one_field(), one_group(), out_of_order(), after_a_snapshot(),
        twice(), every_kind_of_value(),
    ]})
}

/// Applies payloads in order and returns the document as the vectors describe it.
///
/// # Panics
/// If a payload does not load.
pub fn applied(steps: &[Value]) -> (Value, Vec<String>) {
    let mut document = AutoCommit::new();
    for step in steps {
        let payload = super::unhex(step["payload"].as_str().expect("payloads are text"));
        document.load_incremental(&payload).expect("the vectors' payloads load");
    }
    let records: Map<String, Value> = record_ids(&document)
        .into_iter()
        .map(|id| (id.clone(), json!(read_record(&document, &id).expect("it was just listed"))))
        .collect();
    let mut heads: Vec<String> = document.get_heads().iter().map(ToString::to_string).collect();
    heads.sort();
    (Value::Object(records), heads)
}

fn case(name: &str, steps: &[Value]) -> Value {
    let (records, heads) = applied(steps);
    json!({"name": name, "steps": steps, "records": records, "heads": heads})
}

fn visit(name: &str) -> Value {
    json!({
        "visit_kind": "spring_festival", "outcome": "delivered", "visit_date": "2024-02-03",
        "division_code": "990101103200", "person": {"person_ref": "p-1", "name": name}, "person_times": 1,
        "gift": {"package_id": "standard", "money_fen": 20000, "goods": [{"item": "大米", "quantity": 1}]},
    })
}

fn one_bundle() -> Value {
    let mut phone = Writer::new(1);
    let hashes = [phone.write(FIRST, &visit("王芳")), phone.write(SECOND, &visit("李大山"))];
    case("two visits as one bundle", &[phone.bundle(&hashes)])
}

fn plain_changes() -> Value {
    let mut phone = Writer::new(1);
    let hashes = [phone.write(FIRST, &visit("王芳")), phone.write(SECOND, &visit("李大山"))];
    case("two visits as plain changes", &[phone.changes(&hashes)])
}

fn two_writers() -> Value {
    let (mut first, mut second) = (Writer::new(1), Writer::new(2));
    let hashes = [first.write(FIRST, &visit("王芳"))];
    let others = [second.write(SECOND, &visit("李大山"))];
    case("two phones that made one document offline", &[first.bundle(&hashes), second.changes(&others)])
}

fn one_field() -> Value {
    let (mut first, mut second) = (Writer::new(1), Writer::new(2));
    let start = [first.write(FIRST, &visit("王芳"))];
    second.take(&mut first);
    let edit = [first.write(FIRST, &json!({"visit_date": "2024-02-04"}))];
    let other = [
        second.write(FIRST, &json!({"visit_date": "2024-02-05"})),
        second.write(FIRST, &json!({"void_reason": "记错了"})),
    ];
    let steps = [first.bundle(&start), second.bundle(&other), first.bundle(&edit)];
    case("one field written on two phones: all replicas show the same", &steps)
}

fn one_group() -> Value {
    let (mut first, mut second) = (Writer::new(9), Writer::new(2));
    let start = [first.write(FIRST, &visit("王芳"))];
    second.take(&mut first);
    let edit = [first.write(FIRST, &json!({"gift": {"money_fen": 30000, "goods": []}}))];
    let other = [second.write(FIRST, &json!({"gift": null}))];
    let steps = [first.bundle(&start), first.bundle(&edit), second.changes(&other)];
    case("one group replaced on two phones", &steps)
}

fn out_of_order() -> Value {
    let mut phone = Writer::new(1);
    let first = [phone.write(FIRST, &visit("王芳"))];
    let second = [phone.write(FIRST, &json!({"outcome": "not_met", "gift": null, "person_times": 0}))];
    case("a change before the one it rests on", &[phone.bundle(&second), phone.bundle(&first)])
}

fn after_a_snapshot() -> Value {
    let mut phone = Writer::new(1);
    phone.write(FIRST, &visit("王芳"));
    let snapshot = phone.snapshot();
    let later = [phone.write(SECOND, &visit("李大山"))];
    case("a snapshot and a bundle", &[snapshot, phone.bundle(&later)])
}

fn twice() -> Value {
    let mut phone = Writer::new(1);
    let hashes = [phone.write(FIRST, &visit("王芳"))];
    case("the same work twice, in both encodings", &[phone.bundle(&hashes), phone.changes(&hashes)])
}

fn every_kind_of_value() -> Value {
    let mut phone = Writer::new(1);
    let fields = json!({
        "text": "米 𠮷 \u{1f600}", "empty": "", "number": 7, "negative": -7, "large": 9_007_199_254_740_991_i64, "zero": 0,
        "yes": true, "no": false, "none": null, "list": ["medical", "other"], "nothing": [],
        "group": {"b": 2, "a": {"c": [1, null]}}, "settled/gift": {"note": "按签收表"},
    });
    let hashes = [phone.write(FIRST, &fields)];
    case("every kind of value", &[phone.bundle(&hashes)])
}
