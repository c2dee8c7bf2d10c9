//! Taking an answer: receipts, refusals, new entries of feeds, grants, notices.
//!
//! Always true: an answer counts only if the county's key signed it for just that request, and taking one twice, late or
//! never changes nothing that the next exchange would not mend. What an answer says about a feed is taken only if the
//! phone still stands where it asked from. Deliberately not here: when to ask.

use super::Phone;
use std::collections::BTreeMap;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::exchange::{
    AnswerBody, Entry, FeedAnswer, Notice, Refusal, RequestBody, STATUS_RETIRED, STATUS_STALE_NONCE, STATUS_STOLEN,
    Signed,
};
use zoufang_sync_protocol::signature::digest;
use zoufang_sync_protocol::unit::Unit;

/// What an answer brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Ask again at once: something was cut, the nonce was stale, or the epoch is new.
    pub repeat: bool,
    /// Envelopes that got their receipt now.
    pub receipts: Vec<[u8; 32]>,
    /// Envelopes that were refused now.
    pub refusals: Vec<Refusal>,
    /// New notices.
    pub notices: Vec<Notice>,
    /// Feeds of which entries were taken.
    pub moved: Vec<String>,
    /// How many entries were taken.
    pub entries: usize,
    /// The server's time.
    pub time_ms: u64,
}

impl Phone {
    /// Takes the answer to `request`, both as bytes.
    pub fn answer(&mut self, request: &[u8], answer: &[u8]) -> Result<Outcome, ProtocolError> {
        let body = Signed::open_answer(&self.county_key, request, answer)?;
        let (_, asked) = Signed::open_request(request)?;
        let is_newest = self.newest_request == Some(digest(request));
        let mut outcome = Outcome { time_ms: body.time_ms, ..Outcome::default() };
        if *body.epoch != self.epoch {
            if !is_newest {
                // Said before a restore: neither its receipts nor its feeds hold any more.
                return Ok(outcome);
            }
            outcome.repeat = self.enter_epoch(*body.epoch);
        }
        if is_newest {
            self.nonce = *body.nonce;
            outcome.repeat |= body.status == STATUS_STALE_NONCE;
        }
        if matches!(body.status, STATUS_RETIRED | STATUS_STOLEN) {
            self.withdrawn = Some(body.status);
        }
        self.take_receipts(&body, &mut outcome);
        if let Some(grants) = &body.grants {
            self.grants = grants.clone();
        }
        if body.grants.is_some() || !outcome.receipts.is_empty() {
            self.drop_outside();
        }
        if *asked.epoch == *body.epoch || *asked.epoch == [0; 8] {
            for feed in &body.feeds {
                self.take_feed(&asked, feed, &mut outcome)?;
            }
        }
        outcome.notices = body.notices;
        self.notices.extend(outcome.notices.iter().cloned());
        // A request that was cut by its limit is followed by the rest, as long as the server takes something.
        outcome.repeat |= !outcome.receipts.is_empty() && self.offered().next().is_some();
        Ok(outcome)
    }

    /// Stands at the beginning of all feeds and offers its own envelopes again; true if it was in another epoch.
    fn enter_epoch(&mut self, epoch: [u8; 8]) -> bool {
        let was_first = self.epoch == [0; 8];
        self.epoch = epoch;
        if was_first {
            return false;
        }
        self.cursors.clear();
        self.asked_anew.clear();
        self.envelopes.iter_mut().for_each(|envelope| envelope.has_receipt = false);
        true
    }

    fn take_receipts(&mut self, body: &AnswerBody, outcome: &mut Outcome) {
        for envelope in &mut self.envelopes {
            if !envelope.has_receipt && body.receipts.iter().any(|receipt| **receipt == envelope.hash) {
                envelope.has_receipt = true;
                envelope.refused = None;
                outcome.receipts.push(envelope.hash);
            }
            let refusal = body.refusals.iter().find(|refusal| is_named(refusal, envelope.hash, &envelope.bytes));
            if let (Some(refusal), false) = (refusal, envelope.has_receipt) {
                envelope.refused = Some(refusal.code.clone());
                outcome.refusals.push(refusal.clone());
            }
        }
    }

    /// Drops what lies outside the grants, except documents with work that the county does not have.
    pub(super) fn drop_outside(&mut self) {
        let units: Vec<Unit> = self.grants.grants.iter().filter_map(|grant| Unit::parse(&grant.unit).ok()).collect();
        let is_granted = |unit: &Unit| units.iter().any(|granted| granted.contains(unit));
        let is_kept = |feed: &str| {
            let Some((register, unit)) = feed.split_once('/') else { return false };
            Unit::parse(unit).is_ok_and(|unit| is_granted(&unit) || (register == "tables" && unit.as_str().len() == 6))
        };
        self.cursors.retain(|feed, _| is_kept(feed));
        self.tables.retain(|(feed, _), _| is_kept(feed));
        let unsent: Vec<Address> =
            self.offered().flat_map(|envelope| &envelope.changes).map(|(address, _, _)| address.clone()).collect();
        self.documents.retain(|address, document| {
            is_granted(&address.unit) || !document.unsealed().is_empty() || unsent.contains(address)
        });
    }

    fn take_feed(
        &mut self,
        asked: &RequestBody,
        feed: &FeedAnswer,
        outcome: &mut Outcome,
    ) -> Result<(), ProtocolError> {
        let asked_from = asked.cursors.iter().find(|cursor| cursor.feed == feed.feed).map_or(0, |cursor| cursor.seq);
        let stands_at = self.cursors.get(&feed.feed).map_or(0, |(seq, _)| *seq);
        if asked_from != stands_at {
            return Ok(());
        }
        let mut lacks_envelope = false;
        for entry in &feed.entries {
            lacks_envelope |= self.take_entry(&feed.feed, entry)?;
        }
        outcome.entries += feed.entries.len();
        outcome.repeat |= feed.more;
        if !feed.entries.is_empty() {
            outcome.moved.push(feed.feed.clone());
        }
        if lacks_envelope && self.asked_anew.insert(feed.feed.clone()) {
            // A restored copy of a phone: its own later work comes back in the snapshot.
            self.cursors.remove(&feed.feed);
            outcome.repeat = true;
        } else {
            self.cursors.insert(feed.feed.clone(), (feed.seq, *feed.digest));
        }
        Ok(())
    }

    /// Takes one entry; true if it is a stub for an envelope that this phone does not have.
    fn take_entry(&mut self, feed: &str, entry: &Entry) -> Result<bool, ProtocolError> {
        match entry {
            Entry::Chunk { address, encoding, payload, .. } => {
                self.open_document(&Address::parse(address)?).apply_chunk(*encoding, payload)?;
            }
            Entry::Snapshot { address, payload, .. } => {
                self.open_document(&Address::parse(address)?).merge_snapshot(payload)?;
            }
            Entry::Table { name, payload, .. } => {
                self.tables.insert((feed.to_owned(), name.clone()), payload.clone());
            }
            Entry::Stub { envelope, .. } => {
                return Ok(!self.envelopes.iter().any(|own| own.hash == *envelope));
            }
        }
        Ok(false)
    }

    /// Tables as JSON values by feed and name.
    pub fn tables(&self) -> &BTreeMap<(String, String), Vec<u8>> {
        &self.tables
    }
}

/// A refusal names an envelope by its hash, or by the digest of its bytes where they could not be decoded.
fn is_named(refusal: &Refusal, hash: [u8; 32], bytes: &[u8]) -> bool {
    *refusal.envelope == hash || *refusal.envelope == digest(bytes)
}
