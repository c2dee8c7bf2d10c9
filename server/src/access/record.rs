//! What the journal keeps about access: people, posts, codes, devices, sessions, and decisions about held work.
//!
//! Always true: a record of an older build is read as it was meant; new variants and fields come at the end, with defaults.
//! Deliberately not here: what a record does to the index (`project`).

use super::held::HeldDecision;
use super::posts::{Post, UnsentWork, WaitingDevice};
use super::{Code, Device, Person, Session, WithdrawReason};
use crate::store::record::JournalRecord;
use serde::{Deserialize, Serialize};
use zoufang_sync_protocol::exchange::Grant;

/// What the journal keeps about access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "access", rename_all = "snake_case")]
pub enum AccessRecord {
    /// Somebody who uses the system.
    PersonAdded(Person),
    /// A one-time code was issued.
    CodeIssued(Code),
    /// A code was spent by a device.
    DeviceEnrolled(Device),
    /// A device lost its access.
    DeviceWithdrawn {
        /// Device id, hexadecimal.
        device: String,
        /// Server's time.
        time_ms: u64,
        /// Why; those of old records were retired.
        #[serde(default)]
        reason: WithdrawReason,
    },
    /// A code was spent by a browser, or a token was made.
    SessionOpened(Session),
    /// Signed out.
    SessionClosed {
        /// Digest of the token.
        digest: String,
    },
    /// Something that is done once was done.
    Milestone {
        /// What.
        name: String,
        /// Server's time.
        time_ms: u64,
    },
    /// Somebody did something worth remembering.
    Audit {
        /// Person id.
        by: String,
        /// Stable word: `settle`, `issue_link`, …
        action: String,
        /// What it was about: ids, never content.
        about: String,
        /// Server's time.
        time_ms: u64,
    },
    /// Somebody serves a station from this day on.
    PostTaken(Post),
    /// Somebody serves a station no more.
    PostLeft(Post),
    /// A device may write other units than before, or others use it too. The version of its grants rises.
    DeviceGranted {
        /// Device id, hexadecimal.
        device: String,
        /// All its grants from here on.
        grants: Vec<Grant>,
        /// Person ids of all who share it beside the one it is bound to.
        others: Vec<String>,
        /// Whom it is bound to from here on; none: as before.
        #[serde(default)]
        person: Option<String>,
        /// Digest of the code that was spent for it; empty if none was.
        code: String,
        /// Server's time.
        time_ms: u64,
    },
    /// A phone spent a code that must be approved.
    EnrolmentWaits(WaitingDevice),
    /// Somebody typed digits that do not match those of a code.
    CodeTried {
        /// The code's digest.
        digest: String,
    },
    /// A code that nobody has spent is good no more: its person left.
    CodeEnded {
        /// The code's digest.
        digest: String,
    },
    /// What a phone holds back changed.
    UnsentTold {
        /// Device id, hexadecimal.
        device: String,
        /// None: nothing.
        unsent: Option<UnsentWork>,
    },
    /// The county decided about work from outside a grant.
    HeldDecided(HeldDecision),
}

impl AccessRecord {
    /// As it stands in the journal.
    pub fn to_journal(&self) -> JournalRecord {
        let json = serde_json::to_vec(self).expect("plain data has string keys and serializes");
        JournalRecord::Access { json: json.into() }
    }
}
