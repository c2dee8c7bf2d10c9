//! Lists that are being brought in: looked at in memory, taken into the journal, undone.
//!
//! Always true: an import is in force with its last record or not at all; it is taken against the roster as it stands at
//! that moment, whatever was looked at before. Work of seconds is done off the threads that serve phones. Deliberately not
//! here: files in memory (`drafts`); what a file means (`county/roster`).

pub mod drafts;
mod listed;
mod people;
mod sealed;

pub use people::NumberRefused;

use super::county::audit;
use super::{Intake, IntakeError, now_ms};
use crate::access::{Person, grants};
use crate::county::roster::compare::Found;
use crate::county::roster::known::Known;
use crate::county::roster::standing::Standing;
use crate::county::roster::{columns, undo};
use crate::county::view::{ImportCheck, ImportChoice, ImportKind, ImportShown};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::roster::{CHANGES_TOGETHER, ImportTaken, RosterChange};
use crate::rows::table::TableRecord;
use crate::store::contract::StoreError;
use crate::store::record::JournalRecord;
use drafts::Draft;
use std::sync::Arc;
use uuid::Uuid;

/// Parts written down together.
const PARTS_TOGETHER: usize = 8;

impl Intake {
    /// Takes the file: the roster is as it says when this returns, and lists of campaigns follow.
    pub async fn apply_import(
        self: &Arc<Self>,
        clerk: &Person,
        draft: &Arc<Draft>,
        choice: ImportChoice,
    ) -> Result<ImportShown, IntakeError> {
        let alone = self.tables.lock().await;
        // Taken before, and perhaps undone since: a list is taken once.
        if self.store.get(&keys::import(&draft.shown().id))?.is_some() {
            return Ok(draft.shown());
        }
        draft.say(|shown| shown.state = "working".to_owned());
        let taken = self.take_import(clerk, draft, choice).await;
        drop(alone);
        let taken = match taken {
            Ok(check) => self.bring_lists().await.map(|()| check),
            Err(error) => Err(error),
        };
        if let Err(error) = &taken {
            draft.say(|shown| drafts::failed(shown, error));
        }
        let check = taken?;
        draft.say(|shown| {
            shown.state = "applied".to_owned();
            shown.check = Some(check);
        });
        Ok(draft.shown())
    }

    async fn take_import(
        self: &Arc<Self>,
        clerk: &Person,
        draft: &Arc<Draft>,
        choice: ImportChoice,
    ) -> Result<ImportCheck, IntakeError> {
        if let Some(column) = columns::missing(draft.kind, &choice.mapping, choice.batch.is_some()).first() {
            return Err(IntakeError::BadField((*column).to_owned()));
        }
        let mapping = columns::with_unread(&draft.table.headings, &choice.mapping);
        let Found { check, changes } = self.found(draft, choice).await?;
        let shown = draft.shown();
        let import = ImportTaken {
            id: shown.id,
            kind: draft.kind,
            file_name: shown.file_name,
            by: clerk.name.clone(),
            at_ms: now_ms(),
            lines: shown.lines,
            parts: 0,
            check: ImportCheck { differences: Vec::new(), ..check.clone() },
            mapping,
            undoes: None,
            previous: self.import_in_force(draft.kind)?,
        };
        self.write_import(clerk, "take_import", import, changes).await?;
        Ok(check)
    }

    /// Turns back the last import of a kind. Returns what that changed.
    pub async fn undo_import(self: &Arc<Self>, clerk: &Person, kind: ImportKind) -> Result<ImportCheck, IntakeError> {
        let alone = self.tables.lock().await;
        let not_found = || IntakeError::NotFound(kind.as_str().to_owned());
        let id = self.import_in_force(kind)?.ok_or_else(not_found)?;
        let last: ImportTaken = self.store.value(&keys::import(&id))?.ok_or_else(not_found)?;
        let parts = (0..last.parts).map(|part| last.part(&*self.store, part));
        let taken: Vec<RosterChange> = parts.collect::<Result<Vec<_>, _>>()?.concat();
        let (tree, day) = (self.tree()?, grants::day_of(now_ms()));
        let known = Known::read(&*self.store, kind, &Standing::on(&tree, &day))?;
        let (changes, check) = undo::undo(taken, |id| known.people.get(id).cloned().unwrap_or_default());
        let import = ImportTaken {
            id: Uuid::now_v7().simple().to_string(),
            by: clerk.name.clone(),
            at_ms: now_ms(),
            check: check.clone(),
            undoes: Some(id.clone()),
            ..last
        };
        self.write_import(clerk, "undo_import", import, changes).await?;
        drop(alone);
        self.bring_lists().await?;
        if let Some(draft) = self.import(&id) {
            draft.say(|shown| shown.state = "undone".to_owned());
        }
        Ok(check)
    }

    /// The import of a list that is in force, by id.
    pub fn import_in_force(&self, kind: ImportKind) -> Result<Option<String>, StoreError> {
        Ok(self.store.value::<Option<String>>(&keys::import_head(kind.as_str()))?.flatten())
    }

    async fn write_import(
        &self,
        clerk: &Person,
        action: &str,
        mut import: ImportTaken,
        changes: Vec<RosterChange>,
    ) -> Result<(), IntakeError> {
        import.parts = changes.len().div_ceil(CHANGES_TOGETHER) as u32;
        let mut records: Vec<JournalRecord> = Vec::new();
        let mut left = changes.into_iter();
        for part in 0..import.parts {
            let (import, changes) = (import.id.clone(), left.by_ref().take(CHANGES_TOGETHER).collect());
            records.push(TableRecord::ImportPart { import, part, changes }.to_journal());
            if records.len() == PARTS_TOGETHER {
                self.commit(&std::mem::take(&mut records)).await?;
            }
        }
        // What follows takes as much memory again.
        drop(left);
        records.push(audit(clerk, action, &import.id, now_ms()));
        records.push(TableRecord::Imported { import: Box::new(import) }.to_journal());
        self.commit(&records).await?;
        Ok(())
    }
}
