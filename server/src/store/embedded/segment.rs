//! The bytes of a segment: its header, its frames, and what a scan of one finds. The layout stands in [`super`].
//!
//! Always true: what decodes here was checked against its CRC-32C; a frame is accepted only at its own position, so
//! records that were moved, doubled or left out do not pass. Deliberately not here: files, and what to do about damage.

use super::super::contract::Position;
use sha2::{Digest, Sha256};

pub(super) const MAGIC: &[u8; 8] = b"zoufangJ";
pub(super) const VERSION: u32 = 1;
pub(super) const HEADER_LENGTH: usize = 72;
const RECORD_HEADER: usize = 41;
const MARK_LENGTH: usize = 61;
const RECORD: u8 = b'R';
const MARK: u8 = b'M';
/// A reader need not walk further than this from a remembered place to the record it wants.
const REMEMBER_EVERY: u64 = 4 * 1024;

/// SHA-256.
pub(super) type Hash = [u8; 32];

/// What a segment says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Position of its first record.
    pub(super) first: Position,
    /// Random, and repeated in every mark: bytes that came from outside cannot pass for one.
    pub(super) tag: [u8; 16],
    /// The link at the end of the segment before it; zeros for the first.
    pub(super) previous: Hash,
}

impl Header {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LENGTH);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_be_bytes());
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.tag);
        bytes.extend_from_slice(&self.previous);
        let crc = crc32c::crc32c(&bytes);
        bytes.extend_from_slice(&crc.to_be_bytes());
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, &'static str> {
        let bytes = bytes.get(..HEADER_LENGTH).ok_or("the header is cut short")?;
        if &bytes[..8] != MAGIC {
            return Err("this is not a journal segment");
        }
        if crc32c::crc32c(&bytes[..68]) != u32::from_be_bytes(array(bytes, 68)) {
            return Err("the header fails its checksum");
        }
        if u32::from_be_bytes(array(bytes, 8)) != VERSION {
            return Err("the segment has a version that this program does not know");
        }
        Ok(Self { first: u64::from_be_bytes(array(bytes, 12)), tag: array(bytes, 20), previous: array(bytes, 36) })
    }

    /// The link before the first record.
    pub(super) fn link(&self) -> Hash {
        Sha256::digest(self.encode()).into()
    }
}

/// The chain: each link is over the one before and the digest of a record, so that a body can be erased by law and the
/// chain still be proved.
pub(super) fn next_link(link: &Hash, digest: &Hash) -> Hash {
    Sha256::new().chain_update(link).chain_update(digest).finalize().into()
}

/// Appends the frame of a record to `out`; returns its digest.
pub(super) fn encode_record(position: Position, body: &[u8], out: &mut Vec<u8>) -> Hash {
    let digest: Hash = Sha256::digest(body).into();
    let start = out.len();
    let length = u32::try_from(body.len()).expect("the writer refuses records over its limit, far below 4 GiB");
    out.push(RECORD);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(&digest);
    let crc = record_checksum(position, &out[start..start + 37], body);
    out.extend_from_slice(&crc.to_be_bytes());
    out.extend_from_slice(body);
    digest
}

fn record_checksum(position: Position, head: &[u8], body: &[u8]) -> u32 {
    let crc = crc32c::crc32c_append(crc32c::crc32c(&position.to_be_bytes()), head);
    crc32c::crc32c_append(crc, body)
}

/// Appends a mark to `out`: all that stands before `offset` in this segment was synced, and its link is `link`.
pub(super) fn encode_mark(tag: &[u8; 16], offset: u64, link: &Hash, out: &mut Vec<u8>) {
    let start = out.len();
    out.push(MARK);
    out.extend_from_slice(tag);
    out.extend_from_slice(&offset.to_be_bytes());
    out.extend_from_slice(link);
    let crc = crc32c::crc32c(&out[start..]);
    out.extend_from_slice(&crc.to_be_bytes());
}

/// What stands at a place of a segment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame<'a> {
    /// A record.
    Record { digest: Hash, body: &'a [u8], length: usize },
    /// A mark.
    Mark { link: Hash, length: usize },
    /// The bytes end before the frame does: this many are needed.
    Short { needed: usize },
    /// Not a frame.
    Bad(&'static str),
}

/// Reads the frame at the beginning of `bytes`, which stands at `offset`, where a record would be `position`.
pub(super) fn decode<'a>(bytes: &'a [u8], tag: &[u8; 16], offset: u64, position: Position) -> Frame<'a> {
    match bytes.first() {
        None => Frame::Short { needed: 1 },
        Some(&RECORD) => decode_record(bytes, position),
        Some(&MARK) => decode_mark(bytes, tag, offset),
        Some(_) => Frame::Bad("neither a record nor a mark begins here"),
    }
}

fn decode_record(bytes: &[u8], position: Position) -> Frame<'_> {
    if bytes.len() < RECORD_HEADER {
        return Frame::Short { needed: RECORD_HEADER };
    }
    let body_length = u32::from_be_bytes(array(bytes, 1)) as usize;
    let length = RECORD_HEADER + body_length;
    let Some(body) = bytes.get(RECORD_HEADER..length) else {
        return Frame::Short { needed: length };
    };
    if record_checksum(position, &bytes[..37], body) != u32::from_be_bytes(array(bytes, 37)) {
        return Frame::Bad("the record fails its checksum");
    }
    Frame::Record { digest: array(bytes, 5), body, length }
}

fn decode_mark<'a>(bytes: &'a [u8], tag: &[u8; 16], offset: u64) -> Frame<'a> {
    if bytes.len() < MARK_LENGTH {
        return Frame::Short { needed: MARK_LENGTH };
    }
    if crc32c::crc32c(&bytes[..57]) != u32::from_be_bytes(array(bytes, 57)) {
        return Frame::Bad("the mark fails its checksum");
    }
    if bytes[1..17] != *tag || u64::from_be_bytes(array(bytes, 17)) != offset {
        return Frame::Bad("the mark belongs to another place");
    }
    Frame::Mark { link: array(bytes, 25), length: MARK_LENGTH }
}

/// What a whole segment holds.
#[derive(Debug)]
pub(super) struct Scanned {
    pub(super) header: Header,
    /// Number of good records.
    pub(super) records: u64,
    /// The link after the last of them.
    pub(super) link: Hash,
    /// End of the good frames.
    pub(super) end: u64,
    /// Whether the last good frame is a mark.
    pub(super) marked: bool,
    /// Places of some records, ascending.
    pub(super) places: Vec<Place>,
    /// Why the frames end before the file does, if so.
    pub(super) tail: Option<Tail>,
}

/// Where a record begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: Position,
    pub(super) offset: u64,
}

/// Bytes at the end of a segment that are no frames.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tail {
    pub(super) reason: &'static str,
    /// A mark further on proves that these bytes were synced once: this is damage, not a torn write.
    pub(super) was_synced: bool,
}

/// Walks a segment from its beginning; with `digests` it also checks each record's SHA-256.
pub(super) fn scan(bytes: &[u8], digests: bool) -> Result<Scanned, &'static str> {
    let header = Header::decode(bytes)?;
    let mut scanned = Scanned {
        header,
        records: 0,
        link: header.link(),
        end: HEADER_LENGTH as u64,
        marked: false,
        places: Vec::new(),
        tail: None,
    };
    let mut at = HEADER_LENGTH;
    while at < bytes.len() {
        match step(&mut scanned, &bytes[at..], digests) {
            Ok(length) => at += length,
            Err(reason) => {
                let was_synced = mark_follows(&bytes[at..], &header.tag, scanned.end);
                scanned.tail = Some(Tail { reason, was_synced });
                break;
            }
        }
    }
    Ok(scanned)
}

fn step(scanned: &mut Scanned, rest: &[u8], digests: bool) -> Result<usize, &'static str> {
    let position = scanned.header.first + scanned.records;
    let length = match decode(rest, &scanned.header.tag, scanned.end, position) {
        Frame::Record { digest, body, length } => {
            if digests && Hash::from(Sha256::digest(body)) != digest {
                return Err("the record is not what its digest says");
            }
            remember(&mut scanned.places, position, scanned.end);
            scanned.records += 1;
            scanned.link = next_link(&scanned.link, &digest);
            scanned.marked = false;
            length
        }
        Frame::Mark { link, length } => {
            if link != scanned.link {
                return Err("the mark does not continue the chain");
            }
            scanned.marked = true;
            length
        }
        Frame::Short { .. } => return Err("the frame is cut short"),
        Frame::Bad(reason) => return Err(reason),
    };
    scanned.end += length as u64;
    Ok(length)
}

/// Notes the place of a record if it is far enough from the last noted one.
pub(super) fn remember(places: &mut Vec<Place>, position: Position, offset: u64) {
    if places.last().is_none_or(|last| offset >= last.offset + REMEMBER_EVERY) {
        places.push(Place { position, offset });
    }
}

/// Whether a good mark stands anywhere in `rest`, which begins at `offset`.
fn mark_follows(rest: &[u8], tag: &[u8; 16], offset: u64) -> bool {
    let starts = (1..rest.len()).filter(|at| rest[*at] == MARK && rest[at + 1..].starts_with(tag));
    let mut marks = starts.map(|at| decode_mark(&rest[at..], tag, offset + at as u64));
    marks.any(|frame| matches!(frame, Frame::Mark { .. }))
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("a slice of N bytes is an array of N bytes")
}
