//! Every key of the index, in one place. A key is text pieces joined by `/`, numbers in big-endian hexadecimal so that
//! they sort; a zero byte ends a variable piece that a range scan must not run past.

use crate::store::contract::Position;
use std::sync::LazyLock;
use zoufang_sync_protocol::register::Registers;

/// The county and its epoch.
pub const FOUNDED: &[u8] = b"founded";
/// Which form of rows the index holds.
pub const FORM: &[u8] = b"form";
/// Rises with every change of keys or values.
const FORM_NUMBER: u32 = 5;

/// The form that this build writes: its number, and what its registers say, since rows follow from both. An index of
/// another form is thrown away at start and made anew from the journal.
pub fn form_now() -> &'static [u8] {
    static FORM_NOW: LazyLock<Vec<u8>> =
        LazyLock::new(|| key(&["form", &FORM_NUMBER.to_string(), &number(Registers::built_in_digest())]));
    &FORM_NOW
}

/// Something that is done once.
pub fn milestone(name: &str) -> Vec<u8> {
    key(&["milestone", name])
}

/// All campaigns.
pub const CAMPAIGNS: &[u8] = b"campaigns";
/// Names of all units.
pub const UNITS: &[u8] = b"units";
/// Units that were merged into others: what grants need of the tree.
pub const MERGED: &[u8] = b"merged";
/// Names of the registers that the county brought in.
pub const REGISTERS: &[u8] = b"registers";
/// Newest nonces used, written at a clean stop.
pub const NONCES: &[u8] = b"nonces";

fn key(pieces: &[&str]) -> Vec<u8> {
    pieces.join("/").into_bytes()
}

/// A person who uses the system.
pub fn person(id: &str) -> Vec<u8> {
    key(&["person", id])
}

/// An enrolled device, by its id in hexadecimal; `""` for the prefix of all.
pub fn device(id: &str) -> Vec<u8> {
    key(&["device", id])
}

/// A one-time code, by the SHA-256 of its text in hexadecimal.
pub fn code(digest: &str) -> Vec<u8> {
    key(&["code", digest])
}

/// Who serves a unit (`""`), or one of them.
pub fn post(unit: &str, person: &str) -> Vec<u8> {
    key(&["post", unit, person])
}

/// Who serves units that begin so.
pub fn all_posts(prefix: &str) -> Vec<u8> {
    key(&["post", prefix])
}

/// A phone that waits to be approved (`""` for all).
pub fn waiting_device(device: &str) -> Vec<u8> {
    key(&["waiting", device])
}

/// What a phone holds back.
pub fn unsent(device: &str) -> Vec<u8> {
    key(&["unsent", device])
}

/// Held work by the id of its matter (`""` for all).
pub fn held(matter: &str) -> Vec<u8> {
    key(&["held", matter])
}

/// Chunks of the envelope at a position that the county accepted.
pub fn released_of(position: Position) -> Vec<u8> {
    key(&["released", &number(position), ""])
}

/// A chunk that the county accepted though it came from outside a grant.
pub fn released(position: Position, chunk: u64) -> Vec<u8> {
    key(&["released", &number(position), &number(chunk)])
}

/// A session or API token, by the SHA-256 of its text in hexadecimal.
pub fn session(digest: &str) -> Vec<u8> {
    key(&["session", digest])
}

/// Position of an envelope, by its hash in hexadecimal.
pub fn envelope(hash: &str) -> Vec<u8> {
    key(&["envelope", hash])
}

/// Facts about the envelope at a position.
pub fn author(position: Position) -> Vec<u8> {
    key(&["author", &number(position)])
}

/// Position of the envelope that brought a change, by the change's hash.
pub fn change(hash: &str) -> Vec<u8> {
    key(&["change", hash])
}

/// Prefix of envelopes that wait for a verdict.
pub const PENDING: &[u8] = b"pending/";

/// One chunk that waits for a verdict.
pub fn pending(position: Position, chunk: u64) -> Vec<u8> {
    key(&["pending", &number(position), &number(chunk)])
}

/// Chunks parked for a document.
pub fn parked_of(address: &str) -> Vec<u8> {
    format!("parked/{address}\0").into_bytes()
}

/// One parked chunk.
pub fn parked(address: &str, position: Position, chunk: u64) -> Vec<u8> {
    let mut bytes = parked_of(address);
    bytes.extend_from_slice(format!("{}/{}", number(position), number(chunk)).as_bytes());
    bytes
}

/// Position and chunk of a [`pending`] or [`parked`] key.
pub fn waiting_chunk(key: &[u8]) -> Option<(Position, u64)> {
    let text = std::str::from_utf8(key).ok()?;
    let tail = text.get(text.len().checked_sub(33)?..)?;
    let (position, chunk) = tail.split_once('/')?;
    Some((u64::from_str_radix(position, 16).ok()?, u64::from_str_radix(chunk, 16).ok()?))
}

/// Newest entry of a feed.
pub fn feed_head(feed: &str) -> Vec<u8> {
    key(&["feedhead", feed])
}

/// Entries of a feed.
pub fn feed(feed: &str) -> Vec<u8> {
    format!("feed/{feed}\0").into_bytes()
}

/// One entry of a feed.
pub fn entry(feed_name: &str, seq: u64) -> Vec<u8> {
    let mut bytes = feed(feed_name);
    bytes.extend_from_slice(number(seq).as_bytes());
    bytes
}

/// A table as the feed last carried it.
pub fn feed_table(feed: &str, name: &str) -> Vec<u8> {
    format!("feedtable/{feed}\0{name}").into_bytes()
}

/// Documents of a feed (`""` behind it for all).
pub fn documents(feed: &str) -> Vec<u8> {
    format!("document/{feed}/").into_bytes()
}

/// A saved document.
pub fn document(address: &str) -> Vec<u8> {
    key(&["document", address])
}

/// Rows of a register within a unit (any level): the prefix rule as a range.
pub fn rows(register: &str, unit: &str) -> Vec<u8> {
    key(&["row", register, unit])
}

/// One row. `unit` has twelve digits.
pub fn row(register: &str, unit: &str, record: &str) -> Vec<u8> {
    key(&["row", register, unit, record])
}

/// Where a record lives.
pub fn record(id: &str) -> Vec<u8> {
    key(&["record", id])
}

/// All fields of a record as they stand.
pub fn fields(record: &str) -> Vec<u8> {
    key(&["fields", record])
}

/// Prefix of what happened to records.
pub const HISTORY: &[u8] = b"history/";

/// The record that a [`history`] key is about.
pub fn record_of_history(key: &[u8]) -> Option<String> {
    let rest = std::str::from_utf8(key.strip_prefix(HISTORY)?).ok()?;
    rest.split('/').next().map(str::to_owned)
}

/// What happened to a record.
pub fn history_of(record: &str) -> Vec<u8> {
    key(&["history", record, ""])
}

/// One event of a record's history, in order of arrival.
pub fn history(record: &str, position: Position, index: usize) -> Vec<u8> {
    key(&["history", record, &number(position), &number(index as u64)])
}

/// A matter.
pub fn matter(id: &str) -> Vec<u8> {
    key(&["matter", id])
}

/// Matters that are open (`""`) or one of them.
pub fn open_matter(id: &str) -> Vec<u8> {
    key(&["open", id])
}

/// Matters of a record (`""`) or one of them.
pub fn matter_of(record: &str, id: &str) -> Vec<u8> {
    key(&["matterof", record, id])
}

/// Visits by campaign and person: doubles and coverage.
pub fn visits_of_campaign(campaign: &str) -> Vec<u8> {
    format!("visited/{campaign}\0").into_bytes()
}

/// Visits of one person in one campaign.
pub fn visits_of_person(campaign: &str, person: &str) -> Vec<u8> {
    format!("visited/{campaign}\0{person}\0").into_bytes()
}

/// One visit of one person in one campaign.
pub fn visit_of_person(campaign: &str, person: &str, record: &str) -> Vec<u8> {
    format!("visited/{campaign}\0{person}\0{record}").into_bytes()
}

/// A register that the county brought in, whole (`""` for all).
pub fn register(name: &str) -> Vec<u8> {
    key(&["register", name])
}

/// A list that the county edits (`""` for all).
pub fn list(id: &str) -> Vec<u8> {
    key(&["list", id])
}

/// A campaign's plan (`""` for all).
pub fn plan(campaign: &str) -> Vec<u8> {
    key(&["plan", campaign])
}

/// The table of a village or township (`""` for all).
pub fn village(unit: &str) -> Vec<u8> {
    key(&["village", unit])
}

/// A person of the county's roster.
pub fn roster(person: &str) -> Vec<u8> {
    key(&["roster", person])
}

/// A person as the last import of their list said.
pub fn imported(person: &str) -> Vec<u8> {
    key(&["imported", person])
}

/// A person's citizen number, sealed.
pub fn identity(person: &str) -> Vec<u8> {
    key(&["identity", person])
}

/// Whose citizen number it is, by the kind of list and the number's keyed digest.
pub fn identity_digest(kind: &str, digest: &str) -> Vec<u8> {
    key(&["identitydigest", kind, digest])
}

/// An import that was taken (`""` for all).
pub fn import(id: &str) -> Vec<u8> {
    key(&["import", id])
}

/// Some of an import's changes.
pub fn import_part(id: &str, part: u64) -> Vec<u8> {
    key(&["importpart", id, &number(part)])
}

/// The import of a kind that is in force.
pub fn import_head(kind: &str) -> Vec<u8> {
    key(&["importhead", kind])
}

/// What columns meant in the last import of a kind.
pub fn import_mapping(kind: &str) -> Vec<u8> {
    key(&["importmapping", kind])
}

/// Sixteen hexadecimal digits: sorts as the number does.
pub fn number(value: u64) -> String {
    format!("{value:016x}")
}
