//! What is new in a device's feeds since its cursors.
//!
//! Always true: only feeds that the caller found readable are looked at; an answer stops near the limit and says `more`.
//! A phone at 0, or with a digest that is not ours, gets one snapshot per document instead of the feed's past.

use crate::fold::project::read_chunk;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::{Author, Carries, FeedEntry, FeedHead};
use crate::store::contract::{Store, StoreError};
use std::collections::HashMap;
use zoufang_sync_protocol::exchange::{Cursor, Entry, FeedAnswer};
use zoufang_sync_protocol::limits::ANSWER_BYTES_TARGET;

/// Entries of one feed read in one step.
const STEP: usize = 64;

/// New entries of `readable` feeds, as seen by `device` (hexadecimal).
pub fn news(
    store: &dyn Store,
    readable: &[String],
    cursors: &[Cursor],
    device: &str,
) -> Result<Vec<FeedAnswer>, StoreError> {
    let mut room = ANSWER_BYTES_TARGET as i64;
    let mut answers = Vec::new();
    let cursors: HashMap<&str, &Cursor> = cursors.iter().map(|cursor| (cursor.feed.as_str(), cursor)).collect();
    for feed in readable {
        let Some(head) = store.value::<FeedHead>(&keys::feed_head(feed))? else { continue };
        let cursor = cursors.get(feed.as_str()).copied().filter(|cursor| cursor.seq > 0);
        let known = match cursor {
            Some(cursor) => is_known(store, feed, cursor)?,
            None => false,
        };
        let from = cursor.filter(|_| known).map_or(0, |cursor| cursor.seq);
        if known && from == head.seq {
            continue;
        }
        let mut answer = if from == 0 { whole(store, feed, head)? } else { since(store, feed, from, device, room)? };
        answer.reset = cursor.is_some() && !known;
        room -= answer.entries.iter().map(bytes_of).sum::<i64>();
        answers.push(answer);
        if room <= 0 {
            mark_more(store, readable, feed, &mut answers)?;
            break;
        }
    }
    Ok(answers)
}

/// Documents that the phone asked for whole, as they stand: behind what their feed says, which they do not move. What lies
/// outside `readable`, or has no room any more, is passed over in silence: a phone asks again.
pub fn add_wanted(
    store: &dyn Store,
    readable: &[String],
    wants: &[String],
    answers: &mut Vec<FeedAnswer>,
) -> Result<(), StoreError> {
    // Where an answer was cut, a feed that is not in it may have news: nothing may move its cursor.
    if answers.iter().any(|answer| answer.more) {
        return Ok(());
    }
    let used: i64 = answers.iter().flat_map(|answer| &answer.entries).map(bytes_of).sum();
    let mut room = ANSWER_BYTES_TARGET as i64 - used;
    for address in wants {
        let Some((feed, _)) = address.rsplit_once('/').filter(|(feed, _)| readable.iter().any(|one| one == feed))
        else {
            continue;
        };
        let (Some(payload), Some(head)) =
            (store.get(&keys::document(address))?, store.value::<FeedHead>(&keys::feed_head(feed))?)
        else {
            continue;
        };
        let is_sent = |entry: &Entry| matches!(entry, Entry::Snapshot { address: sent, .. } if sent == address);
        if room <= 0 || answers.iter().flat_map(|answer| &answer.entries).any(is_sent) {
            continue;
        }
        let entry = Entry::Snapshot { seq: head.seq, address: address.clone(), payload };
        room -= bytes_of(&entry);
        match answers.iter_mut().find(|answer| answer.feed == feed) {
            Some(answer) => answer.entries.push(entry),
            // The phone has all of this feed already.
            None => answers.push(FeedAnswer {
                feed: feed.to_owned(),
                reset: false,
                seq: head.seq,
                digest: head.digest.into(),
                more: false,
                entries: vec![entry],
            }),
        }
    }
    Ok(())
}

/// The limit cut the answer behind `feed`: if anything is left there, the last answer says so.
fn mark_more(store: &dyn Store, readable: &[String], feed: &str, answers: &mut [FeedAnswer]) -> Result<(), StoreError> {
    let mut rest = false;
    for later in readable.iter().skip_while(|name| *name != feed).skip(1) {
        rest |= store.get(&keys::feed_head(later))?.is_some();
    }
    if let Some(last) = answers.last_mut() {
        last.more |= rest;
    }
    Ok(())
}

fn is_known(store: &dyn Store, feed: &str, cursor: &Cursor) -> Result<bool, StoreError> {
    let entry: Option<FeedEntry> = store.value(&keys::entry(feed, cursor.seq))?;
    Ok(entry.is_some_and(|entry| entry.digest == *cursor.digest))
}

/// The feed from its beginning: snapshots of its documents, and its tables as they stand.
fn whole(store: &dyn Store, feed: &str, head: FeedHead) -> Result<FeedAnswer, StoreError> {
    let prefix = keys::documents(feed);
    let mut entries: Vec<Entry> = store
        .all(&prefix)?
        .into_iter()
        .map(|(key, payload)| {
            let bucket = String::from_utf8_lossy(&key[prefix.len()..]).into_owned();
            Entry::Snapshot { seq: head.seq, address: format!("{feed}/{bucket}"), payload }
        })
        .collect();
    let tables = keys::feed_table(feed, "");
    entries.extend(store.all(&tables)?.into_iter().map(|(key, payload)| Entry::Table {
        seq: head.seq,
        name: String::from_utf8_lossy(&key[tables.len()..]).into_owned(),
        payload,
    }));
    Ok(FeedAnswer {
        feed: feed.to_owned(),
        reset: false,
        seq: head.seq,
        digest: head.digest.into(),
        more: false,
        entries,
    })
}

fn since(store: &dyn Store, feed: &str, from: u64, device: &str, room: i64) -> Result<FeedAnswer, StoreError> {
    let mut answer = FeedAnswer {
        feed: feed.to_owned(),
        reset: false,
        seq: from,
        digest: [0; 8].into(),
        more: false,
        entries: vec![],
    };
    let mut used = 0;
    loop {
        let after = keys::entry(feed, answer.seq);
        let step = store.scan(&keys::feed(feed), Some(&after), STEP)?;
        for (key, bytes) in &step {
            let stored: FeedEntry = crate::rows::index::decode(key, bytes)?;
            answer.seq += 1;
            answer.digest = stored.digest.into();
            let entry = entry(store, feed, answer.seq, &stored.carries, device)?;
            used += entry.as_ref().map_or(0, bytes_of);
            if let Some(Entry::Table { name, .. }) = &entry {
                // A table is sent as it stands now: once is enough, in its last place.
                answer.entries.retain(|sent| !matches!(sent, Entry::Table { name: before, .. } if before == name));
            }
            answer.entries.extend(entry);
            if used >= room {
                answer.more = true;
                return Ok(answer);
            }
        }
        if step.len() < STEP {
            return Ok(answer);
        }
    }
}

fn entry(
    store: &dyn Store,
    feed: &str,
    seq: u64,
    carries: &Carries,
    device: &str,
) -> Result<Option<Entry>, StoreError> {
    let (position, index) = match carries {
        Carries::Chunk { position, chunk } => (*position, *chunk),
        Carries::Table { name } => {
            let payload = store.get(&keys::feed_table(feed, name))?;
            return Ok(payload.map(|payload| Entry::Table { seq, name: name.clone(), payload }));
        }
    };
    let damaged = |reason: String| StoreError::Damaged(format!("feed {feed} entry {seq}: {reason}"));
    let author: Author = store.value(&keys::author(position))?.ok_or_else(|| damaged("no author".to_owned()))?;
    // What the county accepted later comes back whole: its phone may have dropped the document in between.
    let is_released = store.get(&keys::released(position, index))?.is_some();
    if author.device == device && !is_released {
        let mut envelope = [0; 32];
        for (byte, digits) in envelope.iter_mut().zip(author.envelope.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16).map_err(|error| damaged(error.to_string()))?;
        }
        return Ok(Some(Entry::Stub { seq, counter: author.counter, envelope, chunk: index }));
    }
    let chunk = read_chunk(store, position, index).map_err(|error| damaged(error.to_string()))?;
    let (address, encoding, payload) = (chunk.address, chunk.encoding, chunk.payload.to_vec());
    Ok(Some(Entry::Chunk { seq, address, encoding, payload, author: author.person_id }))
}

fn bytes_of(entry: &Entry) -> i64 {
    let payload = match entry {
        Entry::Chunk { payload, .. } | Entry::Table { payload, .. } | Entry::Snapshot { payload, .. } => payload.len(),
        Entry::Stub { .. } => 0,
    };
    payload as i64 + 64
}
