//! Every limit of the exchange, in one place, each with its reason.
//!
//! A phone stays well under all of them; the server refuses what is over, with a code and the bytes in quarantine.

/// A request's bytes. A village's busiest day is under 10 kB; 1 MiB leaves room for a year that was never sent.
pub const REQUEST_BYTES_MAX: usize = 1024 * 1024;
/// A chunk's bytes. Loading time of a document grows badly with what is loaded at once.
pub const CHUNK_BYTES_MAX: usize = 256 * 1024;
/// Chunks in one envelope. One per document; a phone has a handful of documents.
pub const CHUNKS_PER_ENVELOPE_MAX: usize = 64;
/// Envelopes in one request. A phone that could not reach anybody for a month has one per attempt.
pub const ENVELOPES_PER_REQUEST_MAX: usize = 256;
/// Feeds in one request. A township has at most some 60 villages, and each has its tables and a feed for each register: 20
/// registers (10 come with the build) make 1,281 feeds.
pub const CURSORS_PER_REQUEST_MAX: usize = 2_048;
/// Documents that one request asks for whole: what a screen shows at once.
pub const WANTS_PER_REQUEST_MAX: usize = 16;
/// Changes in one chunk. One visit is one change.
pub const CHANGES_PER_CHUNK_MAX: usize = 200;
/// Operations in one change. A visit has about 20.
pub const OPERATIONS_PER_CHANGE_MAX: usize = 2_000;
/// Operations in one chunk.
pub const OPERATIONS_PER_CHUNK_MAX: usize = 20_000;
/// Operations in one document; beyond it a further part opens.
pub const OPERATIONS_PER_DOCUMENT_MAX: usize = 50_000;
/// A saved document's bytes.
pub const DOCUMENT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Nesting of a group's JSON.
pub const NESTING_MAX: usize = 8;
/// One field's bytes. A note is "short"; goods and needs are lists of a few codes.
pub const FIELD_BYTES_MAX: usize = 8 * 1024;
/// Entries' bytes in one answer; a slow link carries this in some 5 seconds.
pub const ANSWER_BYTES_TARGET: usize = 256 * 1024;
/// Chunks that wait for a change they depend on, per document.
pub const PARKED_CHUNKS_MAX: usize = 64;
/// A register file's bytes. The largest that comes with the build has some 30 kB; with fields of a county it still fits
/// into one answer beside others.
pub const REGISTER_BYTES_MAX: usize = 128 * 1024;
/// Nesting of a register file. A word of a choice of a member of an item of a group stands at 13.
pub const REGISTER_NESTING_MAX: usize = 24;
