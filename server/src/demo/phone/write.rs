//! Writing on a phone: logging, editing on the heads a form was opened on, voiding.
//!
//! Always true: one call makes one change at most, and it is kept for the next envelope. Deliberately not here: whether
//! the fields are valid; a real form asks its register, and tests want to write what is not.

use super::{Phone, PhoneDocument};
use automerge::ChangeHash;
use serde_json::Value;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::{Record, VOID_REASON};

impl Phone {
    /// Logs a record, or writes what differs onto what the phone shows.
    pub fn log(
        &mut self,
        record_id: &str,
        address: &Address,
        fields: &Record,
        now_ms: u64,
    ) -> Result<Option<ChangeHash>, ProtocolError> {
        let by = self.in_use_by.clone();
        self.open_document(address).write(record_id, fields, None, by.as_deref(), now_ms)
    }

    /// Saves a form that was opened on `heads`: what came since is not overwritten, it is concurrent.
    pub fn edit_at(
        &mut self,
        address: &Address,
        record_id: &str,
        fields: &Record,
        heads: &[ChangeHash],
        now_ms: u64,
    ) -> Result<Option<ChangeHash>, ProtocolError> {
        let by = self.in_use_by.clone();
        self.open_document(address).write(record_id, fields, Some(heads), by.as_deref(), now_ms)
    }

    /// Voids a record, or restores it with no reason.
    pub fn void(
        &mut self,
        address: &Address,
        record_id: &str,
        reason: Option<&str>,
        heads: &[ChangeHash],
        now_ms: u64,
    ) -> Result<Option<ChangeHash>, ProtocolError> {
        let fields = Record::from([(VOID_REASON.to_owned(), reason.map_or(Value::Null, Value::from))]);
        self.edit_at(address, record_id, &fields, heads, now_ms)
    }

    pub(super) fn open_document(&mut self, address: &Address) -> &mut PhoneDocument {
        if !self.documents.contains_key(address) {
            let actor = self.next_actor(address);
            self.documents.insert(address.clone(), PhoneDocument::new(actor));
        }
        self.documents.get_mut(address).expect("inserted just before")
    }
}
