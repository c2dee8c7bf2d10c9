//! What the county decided about work that came from outside a grant.
//!
//! Always true: a decision is a journal record; what it does follows from the journal alone. Deliberately not here: the
//! bytes of such work, and how its records would stand (`fold`).

use crate::store::contract::Position;
use serde::{Deserialize, Serialize};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldChoice {
    /// The chunk is judged again without the grant rule, and published.
    Accepted,
    /// Some records were written by the county's key; the rest stays held.
    AcceptedInPart,
    /// Closed; its bytes stay.
    Declined,
    /// Looked at again.
    Reopened,
}

/// A decision about one chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldDecision {
    /// Id of the matter.
    pub matter: String,
    /// Position of the envelope.
    pub position: Position,
    /// Which of its chunks.
    pub chunk: u64,
    /// What.
    pub choice: HeldChoice,
    /// Records that were accepted by themselves.
    #[serde(default)]
    pub records: Vec<String>,
    /// Name of who decided.
    pub by: String,
    /// Why.
    pub note: String,
    /// Server's time.
    pub time_ms: u64,
}
