//! The smallest county that phones can exchange with: it publishes at once what it gets, and judges nothing.
//!
//! Always true: answers follow the protocol's rules for nonces, cursors, stubs, snapshots and epochs. Deliberately not
//! here: grants, admission, disk.

use crate::demo::phone::Phone;
use automerge::AutoCommit;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolGrants};
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::exchange::{
    AnswerBody, Cursor, Entry, FeedAnswer, Grant, Grants, Notice, Refusal, RequestBody, STATUS_COMPLETE,
    STATUS_STALE_NONCE, Signed, VERSION,
};
use zoufang_sync_protocol::signature::{SigningKey, device_id};

/// A published chunk: the entry, whose it is, and the chain digest after it.
struct Published {
    entry: Entry,
    device: [u8; 16],
    stub: Entry,
    digest: [u8; 8],
}

pub(in crate::demo) struct Relay {
    key: SigningKey<SystemRandom>,
    pub(in crate::demo) epoch: [u8; 8],
    pub(in crate::demo) page: usize,
    pub(in crate::demo) refuses: bool,
    pub(in crate::demo) grants: Option<Grants>,
    pub(in crate::demo) notices: Vec<Notice>,
    /// By device: public key, newest nonce used, unit.
    devices: BTreeMap<[u8; 16], (Vec<u8>, u64, String)>,
    nonces: u64,
    pub(in crate::demo) seen: BTreeSet<[u8; 32]>,
    feeds: BTreeMap<String, Vec<Published>>,
    pub(in crate::demo) documents: BTreeMap<String, AutoCommit>,
}

impl Relay {
    pub(in crate::demo) fn new() -> Self {
        let document = SigningKey::generate(&SystemRandom::new()).unwrap();
        Self {
            key: SigningKey::from_pkcs8(&document, SystemRandom::new()).unwrap(),
            epoch: [1; 8],
            page: usize::MAX,
            refuses: false,
            grants: None,
            notices: Vec::new(),
            devices: BTreeMap::new(),
            nonces: 0,
            seen: BTreeSet::new(),
            feeds: BTreeMap::new(),
            documents: BTreeMap::new(),
        }
    }

    pub(in crate::demo) fn enrol(&mut self, phone: &mut Phone, unit: &str) {
        let answer = self.enrol_key(phone.public_key(), unit);
        phone.enrolled(&answer).unwrap();
    }

    pub(in crate::demo) fn enrol_key(&mut self, public_key: &[u8], unit: &str) -> EnrolAnswer {
        let device = device_id(public_key);
        self.devices.insert(device, (public_key.to_vec(), 0, unit.to_owned()));
        let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let grant = Grant { unit: unit.to_owned(), from: "2024-01-01".to_owned(), until: None };
        EnrolAnswer {
            device: base64(&device),
            county: "990101".to_owned(),
            county_name: "示例县".to_owned(),
            county_key: base64(self.key.public_key()),
            certificate: String::new(),
            person: "李德山".to_owned(),
            person_id: "s0001".to_owned(),
            epoch: base64(&self.epoch),
            nonce: base64(&self.next_nonce()),
            time_ms: 1,
            grants: EnrolGrants { version: 1, grants: vec![grant], others: Vec::new(), name: None },
        }
    }

    /// Forgets what came after a backup: everything, with a new epoch.
    pub(in crate::demo) fn restore_empty(&mut self) {
        self.epoch = [2; 8];
        self.seen.clear();
        self.feeds.clear();
        self.documents.clear();
    }

    pub(in crate::demo) fn exchange(&mut self, request: &[u8]) -> Vec<u8> {
        let (signed, body) = Signed::open_request(request).unwrap();
        let (public_key, newest, unit) = self.devices[&*body.device].clone();
        signed.verify_request(&public_key).unwrap();
        let (receipts, refusals) = self.take_envelopes(&body, &public_key);
        let nonce = u64::from_be_bytes(body.nonce[..8].try_into().unwrap());
        let is_stale = nonce <= newest;
        if !is_stale {
            self.devices.insert(*body.device, (public_key, nonce, unit.clone()));
        }
        let feeds = if is_stale { Vec::new() } else { self.read(&body, &unit) };
        let answer = AnswerBody {
            version: VERSION,
            status: if is_stale { STATUS_STALE_NONCE } else { STATUS_COMPLETE },
            epoch: self.epoch.into(),
            time_ms: 2,
            nonce: self.next_nonce().into(),
            receipts: receipts.into_iter().map(Into::into).collect(),
            refusals,
            feeds,
            grants: self.grants.clone(),
            notices: self.notices.clone(),
        };
        Signed::seal_answer(&self.key, request, &answer).unwrap()
    }

    fn next_nonce(&mut self) -> [u8; 16] {
        self.nonces += 1;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.nonces.to_be_bytes());
        nonce
    }

    fn take_envelopes(&mut self, body: &RequestBody, public_key: &[u8]) -> (Vec<[u8; 32]>, Vec<Refusal>) {
        let (mut receipts, mut refusals) = (Vec::new(), Vec::new());
        for bytes in &body.envelopes {
            let envelope = Envelope::open(bytes).unwrap();
            envelope.verify(public_key).unwrap();
            if self.refuses {
                refusals.push(Refusal { envelope: envelope.hash.into(), code: "envelope_malformed".to_owned() });
                continue;
            }
            receipts.push(envelope.hash);
            if self.seen.insert(envelope.hash) {
                self.publish(&envelope);
            }
        }
        (receipts, refusals)
    }

    fn publish(&mut self, envelope: &Envelope) {
        for (index, chunk) in envelope.chunks().unwrap().into_iter().enumerate() {
            let document = self.documents.entry(chunk.address.clone()).or_default();
            document.load_incremental(&chunk.payload).unwrap();
            let feed = self.feeds.entry(Address::parse(&chunk.address).unwrap().feed()).or_default();
            let seq = feed.len() as u64 + 1;
            let (address, encoding, payload) = (chunk.address, chunk.encoding, chunk.payload.to_vec());
            let entry = Entry::Chunk { seq, address, encoding, payload, author: "s0001".to_owned() };
            let digest = entry.chain(feed.last().map_or([0; 8], |published| published.digest));
            let (counter, hash) = (envelope.body.counter, envelope.hash);
            let stub = Entry::Stub { seq, counter, envelope: hash, chunk: index as u64 };
            feed.push(Published { entry, device: *envelope.body.device, stub, digest });
        }
    }

    fn read(&mut self, body: &RequestBody, unit: &str) -> Vec<FeedAnswer> {
        let is_granted = |feed: &&String| feed.split_once('/').is_some_and(|(_, of)| of.starts_with(unit));
        let feeds: Vec<String> = self.feeds.keys().filter(is_granted).cloned().collect();
        feeds.into_iter().filter_map(|feed| self.read_feed(feed, body)).collect()
    }

    fn read_feed(&mut self, feed: String, body: &RequestBody) -> Option<FeedAnswer> {
        let published = &self.feeds[&feed];
        let cursor = body.cursors.iter().find(|cursor| cursor.feed == feed && cursor.seq > 0);
        let is_known = |cursor: &Cursor| {
            published.get(cursor.seq as usize - 1).is_some_and(|published| published.digest == *cursor.digest)
        };
        let last = published.len() as u64;
        let Some(cursor) = cursor.filter(|cursor| is_known(cursor)) else {
            let digest = published.last()?.digest.into();
            let inside = |address: &str| Address::parse(address).unwrap().feed() == feed;
            let documents = self.documents.iter_mut().filter(|(address, _)| inside(address));
            let entries = documents
                .map(|(address, document)| Entry::Snapshot {
                    seq: last,
                    address: address.clone(),
                    payload: document.save(),
                })
                .collect();
            let reset = body.cursors.iter().any(|cursor| cursor.feed == feed);
            return Some(FeedAnswer { feed, reset, seq: last, digest, more: false, entries });
        };
        let tail: Vec<&Published> = published.iter().skip(cursor.seq as usize).take(self.page).collect();
        let digest = tail.last()?.digest.into();
        let seq = cursor.seq + tail.len() as u64;
        let entry = |published: &&Published| {
            if published.device == *body.device { published.stub.clone() } else { published.entry.clone() }
        };
        let entries = tail.iter().map(entry).collect();
        Some(FeedAnswer { feed, reset: false, seq, digest, more: seq < last, entries })
    }
}
