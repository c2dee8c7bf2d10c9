//! Values of the index. JSON, because they are read by people who look for a fault, and small.
//!
//! Always true: a value holds nothing that the journal does not hold. Deliberately not here: the shapes that the
//! workbench is shown (`county::view`), some of which are stored as they are.

use crate::store::contract::Position;
use serde::{Deserialize, Serialize};
use zoufang_sync_protocol::roster::CountyTable;

/// `founded`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    /// Names this journal.
    pub epoch: [u8; 8],
    /// The county.
    pub county: CountyTable,
    /// When it began, ms.
    pub time_ms: u64,
}

/// `author/<position>`: who wrote an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Device id, hexadecimal.
    pub device: String,
    /// Person id.
    pub person_id: String,
    /// Name.
    pub person: String,
    /// Written by the county's own key.
    pub county: bool,
    /// The envelope's counter.
    pub counter: u64,
    /// The envelope's hash, hexadecimal.
    pub envelope: String,
    /// The writer's clock, ms.
    pub written_ms: u64,
    /// The server's clock, ms.
    pub received_ms: u64,
    /// Units that the device might write when the envelope came: what happens to its grants later changes nothing.
    #[serde(default)]
    pub granted: Vec<String>,
    /// Who else uses that device or did: a change may say that it was one of them.
    #[serde(default)]
    pub others: Vec<String>,
}

/// `held/<matter>`: work that is kept for the county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldChunk {
    /// Where the envelope is.
    pub position: Position,
    /// Which of its chunks.
    pub chunk: u64,
    /// The document it is for.
    pub address: String,
    /// Records that were accepted by themselves.
    #[serde(default)]
    pub accepted: Vec<String>,
}

/// `feedhead/<feed>`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedHead {
    /// Newest entry.
    pub seq: u64,
    /// Chain digest there.
    pub digest: [u8; 8],
}

/// `feed/<feed>/<seq>`: an entry, by reference to what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedEntry {
    /// Chain digest at this entry.
    pub digest: [u8; 8],
    /// What it is.
    pub carries: Carries,
}

/// What a feed entry carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carries {
    /// A chunk of the envelope at a position of the journal.
    Chunk {
        /// Where the envelope is.
        position: Position,
        /// Which chunk.
        chunk: u64,
    },
    /// The table of this name, as it stands now (older versions are superseded).
    Table {
        /// `roster`, `campaigns`, …
        name: String,
    },
}

/// `record/<id>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPlace {
    /// Document address.
    pub address: String,
    /// Village, twelve digits: with the register, the row's key.
    pub unit: String,
}

/// `visited/<campaign>/<person>/<record>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOfPerson {
    /// Village, twelve digits.
    pub unit: String,
    /// The record delivers, is valid and not void.
    pub counts: bool,
    /// `outcome`.
    pub outcome: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Settled: this one is counted through another record.
    pub double_of: Option<String>,
    /// Settled: the records that were declared real side by side.
    pub real_beside: Vec<String>,
}
