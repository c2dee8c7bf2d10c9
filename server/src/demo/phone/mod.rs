//! A simulated phone: what a real one does with records, envelopes and exchanges, without screen, storage or network.
//!
//! Always true: nothing it wrote is forgotten before its receipt; a receipt is believed only under the county's key that
//! enrolment pinned and in the epoch the phone is in; times and bytes are parameters. Deliberately not here: HTTP, forms,
//! and intents (a log call is the moment at which a real phone's worker turns an intent into a change).

mod answer;
mod document;
mod request;
#[cfg(test)]
pub(super) mod tests;
mod write;

pub use answer::Outcome;
pub use document::PhoneDocument;

use automerge::{ActorId, ChangeHash};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::{Address, record_ids};
use zoufang_sync_protocol::enrol::EnrolAnswer;
use zoufang_sync_protocol::exchange::{Grants, Notice};
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::signature::{SigningKey, device_id, digest};

/// Which Automerge actors a phone writes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actors {
    /// A fresh one for each load of a document, as real phones do.
    Fresh,
    /// Fresh for each load too, but decided by a seed, so that hashes repeat.
    Seeded(u64),
    /// The same one always. Two phones must never share it.
    Kept([u8; 16]),
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Some change of it has no receipt yet.
    OnThisPhone,
    /// All that this phone wrote has its receipt.
    WithTheCounty,
    /// An envelope that carries it was refused.
    NeedsALook,
}

/// An envelope that this phone signed.
#[derive(Debug, Clone)]
pub struct OwnEnvelope {
    /// Its hash.
    pub hash: [u8; 32],
    /// Its counter.
    pub counter: u64,
    /// As sent.
    pub bytes: Vec<u8>,
    /// The changes in it: document, record, change.
    pub changes: Vec<(Address, String, ChangeHash)>,
    /// Sent until this is true.
    pub has_receipt: bool,
    /// The refusal's code, if it is in quarantine.
    pub refused: Option<String>,
}

/// See the module's header.
pub struct Phone {
    key: SigningKey<SystemRandom>,
    actors: Actors,
    loads: u64,
    county: String,
    county_key: Vec<u8>,
    person_id: String,
    documents: BTreeMap<Address, PhoneDocument>,
    envelopes: Vec<OwnEnvelope>,
    cursors: BTreeMap<String, (u64, [u8; 8])>,
    epoch: [u8; 8],
    nonce: [u8; 16],
    grants: Grants,
    tables: BTreeMap<(String, String), Vec<u8>>,
    notices: Vec<Notice>,
    /// Digest of the newest request: only its answer moves the nonce and the epoch.
    newest_request: Option<[u8; 32]>,
    /// Feeds that were read anew for a missing envelope, so that this happens once.
    asked_anew: BTreeSet<String>,
    /// What the county last said of this phone, if it was withdrawn: a status.
    withdrawn: Option<u8>,
    /// Documents that the next request asks for whole.
    pub wants: Vec<String>,
    /// Who of several people has the phone, by id; none where one person uses it.
    pub in_use_by: Option<String>,
}

impl Phone {
    /// A phone that has a key and nothing else. `pkcs8` comes from [`SigningKey::generate`].
    pub fn new(pkcs8: &[u8], random: SystemRandom) -> Result<Self, ProtocolError> {
        Ok(Self {
            key: SigningKey::from_pkcs8(pkcs8, random)?,
            actors: Actors::Fresh,
            loads: 0,
            county: String::new(),
            county_key: Vec::new(),
            person_id: String::new(),
            documents: BTreeMap::new(),
            envelopes: Vec::new(),
            cursors: BTreeMap::new(),
            epoch: [0; 8],
            nonce: [0; 16],
            grants: Grants { version: 0, person: String::new(), grants: Vec::new(), others: None, name: None },
            tables: BTreeMap::new(),
            notices: Vec::new(),
            newest_request: None,
            asked_anew: BTreeSet::new(),
            withdrawn: None,
            wants: Vec::new(),
            in_use_by: None,
        })
    }

    /// A phone with a new key.
    pub fn with_new_key() -> Result<Self, ProtocolError> {
        let random = SystemRandom::new();
        Self::new(&SigningKey::generate(&random)?, random)
    }

    /// Chooses the actors; before the first record is logged.
    pub fn with_actors(mut self, actors: Actors) -> Self {
        self.actors = actors;
        self
    }

    /// 65 bytes.
    pub fn public_key(&self) -> &[u8] {
        self.key.public_key()
    }

    /// [`Phone::public_key`] as enrolment wants it.
    pub fn public_key_base64(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public_key())
    }

    /// The device id that follows from the key.
    pub fn device(&self) -> [u8; 16] {
        device_id(self.public_key())
    }

    /// Takes the answer of enrolment: pins the county's key, knows its person and grants.
    pub fn enrolled(&mut self, answer: &EnrolAnswer) -> Result<(), ProtocolError> {
        if base64_bytes(&answer.device)? != self.device() {
            return Err(ProtocolError::Malformed("device of another key".to_owned()));
        }
        self.county = answer.county.clone();
        self.county_key = base64_bytes(&answer.county_key)?;
        self.person_id = answer.person_id.clone();
        self.epoch = base64_array(&answer.epoch)?;
        self.nonce = base64_array(&answer.nonce)?;
        let (version, grants) = (answer.grants.version, answer.grants.grants.clone());
        let others = Some(answer.grants.others.clone()).filter(|others| !others.is_empty());
        let name = answer.grants.name.clone();
        self.grants = Grants { version, person: answer.person_id.clone(), grants, others, name };
        self.drop_outside();
        Ok(())
    }

    /// Closes the app and opens it again: documents are saved and loaded, so that [`Actors`] takes effect.
    pub fn reopen(&mut self) -> Result<(), ProtocolError> {
        let addresses: Vec<Address> = self.documents.keys().cloned().collect();
        for address in addresses {
            let actor = self.next_actor(&address);
            let document = self.documents.get_mut(&address).expect("an address from the map itself");
            document.reload(actor)?;
        }
        Ok(())
    }

    /// Who the phone is bound to.
    pub fn person_id(&self) -> &str {
        &self.person_id
    }

    /// The status with which the county withdrew this phone, if it did.
    pub fn withdrawn(&self) -> Option<u8> {
        self.withdrawn
    }

    /// Newest grants.
    pub fn grants(&self) -> &Grants {
        &self.grants
    }

    /// Addresses of the documents on this phone.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.documents.keys()
    }

    /// A document.
    pub fn document(&self, address: &Address) -> Option<&PhoneDocument> {
        self.documents.get(address)
    }

    /// All records of a document by id.
    pub fn records(&self, address: &Address) -> BTreeMap<String, Record> {
        let Some(document) = self.documents.get(address) else { return BTreeMap::new() };
        let ids = record_ids(document.content()).into_iter();
        ids.filter_map(|id| Some((id.clone(), document.record(&id)?))).collect()
    }

    /// One record.
    pub fn record(&self, address: &Address, record_id: &str) -> Option<Record> {
        self.documents.get(address)?.record(record_id)
    }

    /// Heads of a document: what a form is opened on. Empty if there is no document.
    pub fn heads(&mut self, address: &Address) -> Vec<ChangeHash> {
        self.documents.get_mut(address).map(PhoneDocument::heads).unwrap_or_default()
    }

    /// All envelopes this phone signed, oldest first.
    pub fn envelopes(&self) -> &[OwnEnvelope] {
        &self.envelopes
    }

    /// Hashes of the envelopes that have a receipt.
    pub fn receipts(&self) -> impl Iterator<Item = [u8; 32]> {
        self.envelopes.iter().filter(|envelope| envelope.has_receipt).map(|envelope| envelope.hash)
    }

    /// Changes and envelopes without receipt: "not yet sent".
    pub fn unsent(&self) -> usize {
        let unsealed: usize = self.documents.values().map(|document| document.unsealed().len()).sum();
        unsealed + self.offered().map(|envelope| envelope.changes.len()).sum::<usize>()
    }

    /// Where a record that this phone wrote stands; `None` if it wrote nothing of it.
    pub fn standing(&self, address: &Address, record_id: &str) -> Option<Standing> {
        let is_unsealed = self.documents.get(address)?.unsealed().iter().any(|(id, _)| id == record_id);
        let carries =
            |envelope: &&OwnEnvelope| envelope.changes.iter().any(|(at, id, _)| at == address && id == record_id);
        let carriers: Vec<&OwnEnvelope> = self.envelopes.iter().filter(carries).collect();
        if carriers.iter().any(|envelope| envelope.refused.is_some()) {
            return Some(Standing::NeedsALook);
        }
        if is_unsealed || carriers.iter().any(|envelope| !envelope.has_receipt) {
            return Some(Standing::OnThisPhone);
        }
        (!carriers.is_empty()).then_some(Standing::WithTheCounty)
    }

    /// A table by feed and name: `tables/990101103200`, `village`.
    pub fn table(&self, feed: &str, name: &str) -> Option<&[u8]> {
        self.tables.get(&(feed.to_owned(), name.to_owned())).map(Vec::as_slice)
    }

    /// All notices so far.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Cursors by feed.
    pub fn cursors(&self) -> &BTreeMap<String, (u64, [u8; 8])> {
        &self.cursors
    }

    /// The epoch last heard.
    pub fn epoch(&self) -> [u8; 8] {
        self.epoch
    }

    fn offered(&self) -> impl Iterator<Item = &OwnEnvelope> {
        self.envelopes.iter().filter(|envelope| !envelope.has_receipt && envelope.refused.is_none())
    }

    fn next_actor(&mut self, address: &Address) -> ActorId {
        self.loads += 1;
        match &self.actors {
            Actors::Fresh => ActorId::random(),
            Actors::Kept(actor) => ActorId::from(actor),
            Actors::Seeded(seed) => {
                let hash = digest(format!("{seed} {address} {}", self.loads).as_bytes());
                ActorId::from(&hash[..16])
            }
        }
    }
}

fn base64_bytes(text: &str) -> Result<Vec<u8>, ProtocolError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|error| ProtocolError::Malformed(error.to_string()))
}

fn base64_array<const N: usize>(text: &str) -> Result<[u8; N], ProtocolError> {
    base64_bytes(text)?.try_into().map_err(|_| ProtocolError::Malformed(format!("not {N} bytes")))
}
