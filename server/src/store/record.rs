//! What stands in the journal: everything that cannot be derived.
//!
//! Always true: a variant's number and the meaning of its items never change; new items go to the end. JSON inside is
//! for what is rare and grows (people, tables). Deliberately not here: what a record does to the index (`fold`).

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use zoufang_sync_protocol::{ProtocolError, exchange};

/// One record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum JournalRecord {
    /// The first record: this county begins.
    #[n(0)]
    Founded {
        /// Names this journal; another epoch is another history.
        #[n(0)]
        epoch: ByteArray<8>,
        /// [`zoufang_sync_protocol::roster::CountyTable`] as JSON.
        #[n(1)]
        county: ByteVec,
        /// Server's time.
        #[n(2)]
        time_ms: u64,
    },
    /// An envelope as it came, known to be signed by its device (or by the county's key).
    #[n(1)]
    Envelope {
        /// The exact bytes.
        #[n(0)]
        envelope: ByteVec,
        /// Server's time.
        #[n(1)]
        received_ms: u64,
        /// Who carried it: empty for the device itself; for the county's own the person's id.
        #[n(2)]
        by: String,
    },
    /// What became of one chunk of an envelope. Replayed on a rebuild, never judged again.
    #[n(2)]
    Verdict {
        /// Position of the envelope.
        #[n(0)]
        envelope: u64,
        /// Which of its chunks.
        #[n(1)]
        chunk: u64,
        /// The outcome.
        #[n(2)]
        outcome: Outcome,
    },
    /// An envelope or request that was refused, with its bytes.
    #[n(3)]
    Quarantined {
        /// The bytes as they came.
        #[n(0)]
        bytes: ByteVec,
        /// Stable code.
        #[n(1)]
        code: String,
        /// The device that sent it.
        #[n(2)]
        device: ByteArray<16>,
        /// Server's time.
        #[n(3)]
        time_ms: u64,
    },
    /// Anything about people and access, as JSON of `AccessRecord`.
    #[n(4)]
    Access {
        /// JSON.
        #[n(0)]
        json: ByteVec,
    },
    /// A new version of a county table, as JSON of `TableRecord`.
    #[n(5)]
    Table {
        /// JSON.
        #[n(0)]
        json: ByteVec,
    },
}

/// What became of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Outcome {
    /// Admitted: folded and published to its feed at this place of the journal.
    #[n(0)]
    Published,
    /// Outside the device's grant of its day: kept for the county.
    #[n(1)]
    Held,
    /// Not admitted; its bytes stay in the envelope.
    #[n(2)]
    Quarantined {
        /// Stable code.
        #[n(0)]
        code: String,
    },
    /// Depends on changes that have not arrived; judged again when the document moves.
    #[n(3)]
    Parked,
}

impl JournalRecord {
    /// The record's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        exchange::encode(self)
    }

    /// Reads a record.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ProtocolError> {
        exchange::decode("journal record", bytes)
    }

    /// An access record.
    pub fn access(record: &impl serde::Serialize) -> Self {
        Self::Access { json: to_json(record).into() }
    }

    /// A table record.
    pub fn table(record: &impl serde::Serialize) -> Self {
        Self::Table { json: to_json(record).into() }
    }
}

fn to_json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data has string keys and serializes")
}
