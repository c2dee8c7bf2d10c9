//! The one error of this crate: what is wrong with bytes or values that came from outside.
//!
//! Each variant has a stable code (`PROTOCOL.md`, "Errors"). Sentences for people are made at the server's door and in
//! the phone's messages, not here.

/// Why bytes or values from outside were not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// Not the CBOR structure that `PROTOCOL.md` describes at this place.
    #[error("not a {what}: {reason}")]
    NotCbor {
        /// The structure that was expected.
        what: &'static str,
        /// The decoder's words.
        reason: String,
    },
    /// Over a limit of [`crate::limits`].
    #[error("{what} has {actual}, at most {limit} allowed")]
    TooLarge {
        /// What was measured.
        what: &'static str,
        /// What it measured.
        actual: usize,
        /// The limit.
        limit: usize,
    },
    /// A signature that does not verify under the key it claims.
    #[error("signature does not verify")]
    BadSignature,
    /// A chunk whose digest is not the one that was signed.
    #[error("chunk {index} does not match its signed digest")]
    ChunkDigestMismatch {
        /// Position of the chunk in its envelope.
        index: usize,
    },
    /// A unit, feed or document address that is not spelled as one.
    #[error("not an address: {0}")]
    Malformed(String),
    /// A version or algorithm that this build does not know.
    #[error("unsupported version {0}")]
    UnsupportedVersion(u64),
    /// Automerge refused the bytes.
    #[error("document refused: {0}")]
    Document(String),
}

impl ProtocolError {
    /// The stable code of this error on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotCbor { what: "envelope", .. } => "envelope_malformed",
            Self::NotCbor { .. } => "not_cbor",
            Self::TooLarge { what: "chunk", .. } => "chunk_too_large",
            Self::TooLarge { .. } => "too_large",
            Self::BadSignature => "bad_signature",
            Self::ChunkDigestMismatch { .. } => "chunk_digest_mismatch",
            Self::Malformed(_) => "address_malformed",
            Self::UnsupportedVersion(_) => "unsupported_version",
            Self::Document(_) => "document_refused",
        }
    }
}
