//! What the workbench's people write into records: corrections, voids, steps, answers; and what they look at and take away.
//!
//! Always true: an edit is a change at the heads that the clerk was shown, signed by the county's key, so that what a
//! phone wrote meanwhile shows up as a conflict. It never makes a valid record invalid. Deliberately not here:
//! settlements of matters.

use super::county::audit;
use super::{Intake, IntakeError, now_ms};
use crate::access::Person;
use crate::access::grants::day_of;
use crate::county::records::{self, Reader};
use crate::county::view::{ExportRequest, RecordDetail, RecordEdit, RecordPage, RecordQuery};
use crate::county::{export, registers};
use crate::fold::settle;
use crate::store::contract::StoreError;
use crate::store::record::JournalRecord;
use serde_json::Value;
use std::collections::BTreeSet;
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::limits::{FIELD_BYTES_MAX, NESTING_MAX};
use zoufang_sync_protocol::record::{Record, VOID_REASON, canonical_json, is_county_field};
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::unit::Level;

/// A note's characters.
const NOTE_MAX: usize = 200;
/// Characters that say what an export is needed for.
const REASON: std::ops::RangeInclusive<usize> = 2..=200;

impl Intake {
    /// A page of records. That sensitive columns were asked for is written down.
    pub async fn records(&self, clerk: &Person, query: &RecordQuery) -> Result<RecordPage, IntakeError> {
        let (county, now_ms) = (&self.founded.county.code, now_ms());
        let reader = if clerk.unit.is_some() { Reader::Township } else { Reader::County };
        let page = records::page(&*self.store, county, query, reader, &day_of(now_ms), now_ms)?;
        if query.sensitive {
            let about = format!("{} {}", query.register, query.unit);
            self.append(&[audit(clerk, "show_sensitive", &about, now_ms)]).await?;
        }
        Ok(page)
    }

    /// One record, with the heads of its document.
    pub fn record(&self, clerk: &Person, id: &str) -> Result<RecordDetail, IntakeError> {
        let place = records::place(&*self.store, id)?;
        // Heads first: if the document moves in between, an edit at the older heads shows up as a conflict.
        let heads = settle::heads(&*self.store, &place.address)?;
        let mut detail = records::detail(&*self.store, id)?;
        if clerk.unit.is_some() {
            let row = records::for_township(detail.row.clone());
            let named = detail.matters.iter_mut().filter(|matter| matter.person_name == detail.row.title);
            named.for_each(|matter| matter.person_name.clone_from(&row.title));
            detail.row = row;
        }
        Ok(RecordDetail { heads, ..detail })
    }

    /// Writes a clerk's edit. Returns the record as it then stands.
    pub async fn edit_record(&self, clerk: &Person, id: &str, edit: &RecordEdit) -> Result<RecordDetail, IntakeError> {
        let note = edit.note.trim();
        if note.is_empty() || note.chars().count() > NOTE_MAX {
            return Err(IntakeError::BadField("note".to_owned()));
        }
        let shown = records::detail(&*self.store, id)?;
        let register = registers::find(&*self.store, &shown.row.register)?;
        check(&register, &shown.fields, &edit.fields)?;
        if clerk.unit.is_some() {
            check_writer(&register, &edit.fields)?;
        }
        let now_ms = now_ms();
        let (address, fields) = (&shown.row.address, &edit.fields);
        let change = settle::Edit { record: id, address, fields, note, at_ms: now_ms };
        let chunk = settle::edit(&*self.store, &change, &edit.heads)?;
        let (_, bytes) = Envelope::seal(&self.keys.signing, now_ms, None, now_ms, &[chunk])?;
        let record = JournalRecord::Envelope { envelope: bytes.into(), received_ms: now_ms, by: clerk.id.clone() };
        let is_void = edit.fields.get(VOID_REASON).is_some_and(|reason| !reason.is_null());
        let action = if is_void { "void_record" } else { "edit_record" };
        let position = self.append(&[audit(clerk, action, id, now_ms), record]).await? + 1;
        self.progress.judged(position).await;
        self.record(clerk, id)
    }

    /// A table as CSV, written down with its reason before it is given out.
    pub async fn export(&self, clerk: &Person, request: &ExportRequest) -> Result<String, IntakeError> {
        let reason = request.reason.trim();
        if !REASON.contains(&reason.chars().count()) {
            return Err(IntakeError::BadField("reason".to_owned()));
        }
        let text = export::csv(&*self.store, &self.founded.county.code, request)?;
        let ExportRequest { register, unit, from, to, .. } = request;
        self.written_down(clerk, "export", &format!("{register} {unit} {from}..{to}: {reason}")).await?;
        Ok(text)
    }

    async fn written_down(&self, by: &Person, action: &str, about: &str) -> Result<(), StoreError> {
        self.audit(&by.id, action, about).await
    }
}

/// Fields must be known, small, none of the settlements'; the record must not become less valid than it was.
fn check(register: &Register, shown: &Record, edit: &Record) -> Result<(), IntakeError> {
    if edit.is_empty() {
        return Err(IntakeError::BadField("fields".to_owned()));
    }
    for (field, value) in edit {
        let is_known = register.field(field).is_some() || field == VOID_REASON;
        let is_small = canonical_json(value).len() <= FIELD_BYTES_MAX && depth(value) <= NESTING_MAX;
        if !is_known || is_county_field(field) || !is_small {
            return Err(IntakeError::BadField(field.chars().take(64).collect()));
        }
    }
    let before: BTreeSet<String> = register.invalid_fields(shown).into_iter().collect();
    let mut after = shown.clone();
    after.extend(edit.iter().map(|(field, value)| (field.clone(), value.clone())));
    match register.invalid_fields(&after).into_iter().find(|field| !before.contains(field)) {
        Some(field) => Err(IntakeError::BadField(field)),
        None => Ok(()),
    }
}

/// What the county alone writes, a township's clerk does not.
fn check_writer(register: &Register, edit: &Record) -> Result<(), IntakeError> {
    match edit.keys().find(|field| register.writer_level(field) == Some(Level::County)) {
        Some(field) => Err(IntakeError::BadField(field.clone())),
        None => Ok(()),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
