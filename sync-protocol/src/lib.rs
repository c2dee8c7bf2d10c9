//! What phone and server agree on.
//!
//! The ground of the house: [`mod@unit`] and its one prefix rule, [`limits`], [`register`]s as data, [`record`]s,
//! [`document`]s (Automerge), [`envelope`]s (who wrote what) and the [`exchange`]. The bytes are described in
//! `PROTOCOL.md`, which is the authority.
//!
//! Always true: nothing here does I/O or knows the time. Bytes, time and randomness are parameters; effects are
//! return values. Deliberately not here: storage, grants, counting.

pub mod document;
pub mod enrol;
pub mod entry;
pub mod envelope;
pub mod error;
pub mod exchange;
pub mod free_text;
pub mod limits;
pub mod record;
pub mod register;
pub mod roster;
pub mod signature;
pub mod unit;

pub use error::ProtocolError;
