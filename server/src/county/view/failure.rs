//! Any answer that is not a success.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Any answer that is not a success.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Failure {
    /// See `PROTOCOL.md`, "Errors".
    pub error: FailureText,
}

/// What, where, what to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FailureText {
    /// Stable code.
    pub code: String,
    /// For people, Chinese.
    pub zh: String,
    /// For people, English.
    pub en: String,
    /// The field, unit or id it is about.
    pub about: String,
}
