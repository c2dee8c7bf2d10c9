//! Publication: an entry gets its place in a feed.
//!
//! Always true: `seq` and chain digest follow from the order of the journal, so that a rebuild gives the same.

use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::{Carries, FeedEntry, FeedHead};
use crate::store::contract::{Position, StoreError};
use zoufang_sync_protocol::envelope::Chunk;
use zoufang_sync_protocol::exchange::Entry;

/// Publishes a chunk to the feed of its document.
pub fn chunk(
    overlay: &mut Overlay<'_>,
    feed: &str,
    position: Position,
    index: u64,
    chunk: &Chunk,
    author: &str,
) -> Result<(), StoreError> {
    let entry = |seq| Entry::Chunk {
        seq,
        address: chunk.address.clone(),
        encoding: chunk.encoding,
        payload: chunk.payload.to_vec(),
        author: author.to_owned(),
    };
    put(overlay, feed, entry, Carries::Chunk { position, chunk: index })
}

/// Publishes a table; the version before is superseded.
pub fn table(overlay: &mut Overlay<'_>, feed: &str, name: &str, payload: Vec<u8>) -> Result<(), StoreError> {
    overlay.put_bytes(keys::feed_table(feed, name), payload.clone());
    let entry = |seq| Entry::Table { seq, name: name.to_owned(), payload };
    put(overlay, feed, entry, Carries::Table { name: name.to_owned() })
}

fn put(
    overlay: &mut Overlay<'_>,
    feed: &str,
    entry: impl FnOnce(u64) -> Entry,
    carries: Carries,
) -> Result<(), StoreError> {
    let head: FeedHead = overlay.value(&keys::feed_head(feed))?.unwrap_or_default();
    let seq = head.seq + 1;
    let digest = entry(seq).chain(head.digest);
    overlay.put(keys::entry(feed, seq), &FeedEntry { digest, carries });
    overlay.put(keys::feed_head(feed), &FeedHead { seq, digest });
    overlay.moved_feeds.insert(feed.to_owned());
    Ok(())
}
