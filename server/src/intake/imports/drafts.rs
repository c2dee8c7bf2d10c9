//! Files in memory that are looked at and not taken yet.
//!
//! Always true: at most `FILES_MAX` of them, gone with a restart; a file that is checked changes nothing. Deliberately
//! not here: taking one.

use super::sealed;
use crate::access::{Person, grants, hex};
use crate::county::lists;
use crate::county::roster::compare::{Desk, Found, compare};
use crate::county::roster::file::{FilePerson, Reader};
use crate::county::roster::known::Known;
use crate::county::roster::standing::Standing;
use crate::county::roster::{columns, identity};
use crate::county::view::{ColumnMeaning, ImportCheck, ImportChoice, ImportKind, ImportShown, LineFault};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::roster::ImportTaken;
use crate::sheets::table::Table;
use crate::sheets::{self, Row, fault};
use crate::store::contract::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Files in memory.
const FILES_MAX: usize = 4;
/// Lines shown before anything is taken.
const SAMPLE: usize = 5;

/// A file in memory.
pub struct Draft {
    pub(super) kind: ImportKind,
    pub(super) table: Table,
    done: AtomicU32,
    shown: Mutex<ImportShown>,
}

impl Draft {
    /// As it stands.
    pub fn shown(&self) -> ImportShown {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        ImportShown { done: self.done.load(Ordering::Relaxed), ..shown }
    }

    pub(super) fn say(&self, change: impl FnOnce(&mut ImportShown)) {
        change(&mut self.shown.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Intake {
    /// Reads a file. Its columns are given the meanings that they had last, or that their titles say.
    pub async fn read_import(
        self: &Arc<Self>,
        clerk: &Person,
        kind: ImportKind,
        file_name: &str,
        file: bytes::Bytes,
    ) -> Result<ImportShown, IntakeError> {
        let (desk, by) = (self.clone(), clerk.name.clone());
        let file_name: String = file_name.chars().take(100).collect();
        let draft = off_the_threads(move || desk.draft(kind, file_name, by, &file)).await??;
        let shown = draft.shown();
        let mut drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        if drafts.len() >= FILES_MAX {
            drafts.remove(0);
        }
        drafts.push(Arc::new(draft));
        Ok(shown)
    }

    fn draft(&self, kind: ImportKind, file_name: String, by: String, file: &[u8]) -> Result<Draft, IntakeError> {
        let remembered: BTreeMap<String, ColumnMeaning> =
            self.store.value(&keys::import_mapping(kind.as_str()))?.unwrap_or_default();
        let table = Table::to_map(sheets::read(file)?, |cell| columns::is_title(cell, &remembered))?;
        let headings = table.headings.clone();
        let mapping = columns::guess(&headings, &remembered);
        let sample = table.rows.iter().take(SAMPLE).map(|row| sample(&headings, &mapping, row)).collect();
        let shown = ImportShown {
            id: Uuid::now_v7().simple().to_string(),
            kind,
            file_name,
            by,
            at_ms: now_ms(),
            state: "read".to_owned(),
            done: 0,
            lines: table.rows.len() as u32,
            headings,
            sample,
            mapping,
            check: None,
            failure: None,
        };
        Ok(Draft { kind, table, done: AtomicU32::new(0), shown: Mutex::new(shown) })
    }

    /// A file in memory, by id.
    pub fn import(&self, id: &str) -> Option<Arc<Draft>> {
        let drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        let is_meant = |draft: &&Arc<Draft>| draft.shown.lock().unwrap_or_else(PoisonError::into_inner).id == id;
        drafts.iter().find(is_meant).cloned()
    }

    /// Files in memory, and what was taken, newest first.
    pub fn imports(&self) -> Result<Vec<ImportShown>, IntakeError> {
        let drafts = self.imports.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut shown: Vec<ImportShown> = drafts.iter().map(|draft| draft.shown()).collect();
        let taken: Vec<ImportTaken> = self.store.values(&keys::import(""))?;
        let undone: BTreeSet<&String> = taken.iter().filter_map(|import| import.undoes.as_ref()).collect();
        let is_listed = |import: &&ImportTaken| import.undoes.is_none() && shown.iter().all(|one| one.id != import.id);
        let listed: Vec<ImportShown> =
            taken.iter().filter(is_listed).map(|import| of_taken(import, undone.contains(&import.id))).collect();
        shown.extend(listed);
        shown.sort_by_key(|import| std::cmp::Reverse(import.at_ms));
        Ok(shown)
    }

    /// What taking the file would change.
    pub async fn check_import(self: &Arc<Self>, draft: &Arc<Draft>, choice: ImportChoice) -> Result<(), IntakeError> {
        draft.say(|shown| {
            shown.state = "working".to_owned();
            shown.mapping.clone_from(&choice.mapping);
        });
        let found = self.found(draft, choice).await;
        draft.say(|shown| match &found {
            Ok(found) => {
                shown.state = "checked".to_owned();
                shown.check = Some(found.check.clone());
                shown.failure = None;
            }
            Err(error) => failed(shown, error),
        });
        found.map(drop)
    }

    pub(super) async fn found(
        self: &Arc<Self>,
        draft: &Arc<Draft>,
        choice: ImportChoice,
    ) -> Result<Found, IntakeError> {
        let (desk, draft) = (self.clone(), draft.clone());
        off_the_threads(move || desk.compared(&draft, &choice)).await?
    }

    fn compared(&self, draft: &Draft, choice: &ImportChoice) -> Result<Found, IntakeError> {
        draft.done.store(0, Ordering::Relaxed);
        if let Some(column) = columns::missing(draft.kind, &choice.mapping, choice.batch.is_some()).first() {
            let fault = fault::fault(0, column, "", "column_missing");
            let check =
                ImportCheck { faults: vec![fault], refused: draft.table.rows.len() as u32, ..ImportCheck::default() };
            return Ok(Found { check, changes: Vec::new() });
        }
        let (tree, lists, day) = (self.tree()?, lists::all(&*self.store)?, grants::day_of(now_ms()));
        let standing = Standing::on(&tree, &day);
        let reader =
            Reader::new(draft.kind, &draft.table.headings, &choice.mapping, choice.batch.as_deref(), &standing, &lists);
        let mut faults: Vec<LineFault> = Vec::new();
        let people: Vec<FilePerson> =
            draft.table.rows.iter().filter_map(|row| reader.person(row, &mut faults)).collect();
        let known = Known::read(&*self.store, draft.kind, &standing)?;
        let id = draft.shown().id;
        let desk = Desk {
            kind: draft.kind,
            digest: &|key| sealed::digest(&self.keys, key),
            seal: &|person, number, digest| sealed::sealed(&self.keys, person, number, digest),
            is_put_right: &|person, kept, number| self.is_put_right(person, kept, number),
            person_ref: &|line| hex(&self.keys.seal("person-ref", format!("{id} {line}").as_bytes())[..12]),
            file_wins: &|id| choice.file_wins || choice.clashes.get(id).is_some_and(|side| side == "file"),
            remove_missing: choice.remove_missing,
        };
        let found = compare(&desk, &known, &people, faults, |line| draft.done.store(line, Ordering::Relaxed));
        Ok(placed(&draft.table, found))
    }
}

/// With the places of lines as the spreadsheet program has them.
fn placed(table: &Table, found: Found) -> Found {
    let Found { mut check, changes } = found;
    let said = check.faults.len();
    check.faults = table.placed(check.faults);
    check.said += (check.faults.len() - said) as u32;
    for difference in &mut check.differences {
        if let Some(line) = &mut difference.line {
            (difference.sheet, *line) = table.place(*line);
        }
    }
    Found { check, changes }
}

pub(super) async fn off_the_threads<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, IntakeError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Failed(format!("import: {error}")).into())
}

pub(super) fn failed(shown: &mut ImportShown, error: &IntakeError) {
    tracing::error!(%error, "an import failed");
    shown.state = "failed".to_owned();
    shown.failure = Some(fault::fault(0, "", "", "import_failed"));
}

fn sample(headings: &[String], mapping: &BTreeMap<String, ColumnMeaning>, row: &Row) -> Vec<String> {
    let cell = |(at, heading): (usize, &String)| {
        let text = row.cells.get(at).map(String::as_str).unwrap_or_default();
        // A column that nobody named may hold numbers as well.
        let is_number = mapping.get(heading) == Some(&ColumnMeaning::IdentityNumber)
            || text.bytes().filter(u8::is_ascii_digit).count() >= 15;
        if is_number { identity::masked(text) } else { text.chars().take(40).collect() }
    };
    headings.iter().enumerate().map(cell).collect()
}

fn of_taken(import: &ImportTaken, is_undone: bool) -> ImportShown {
    ImportShown {
        id: import.id.clone(),
        kind: import.kind,
        file_name: import.file_name.clone(),
        by: import.by.clone(),
        at_ms: import.at_ms,
        state: if is_undone { "undone" } else { "applied" }.to_owned(),
        done: import.lines,
        lines: import.lines,
        headings: Vec::new(),
        sample: Vec::new(),
        mapping: import.mapping.clone(),
        check: Some(import.check.clone()),
        failure: None,
    }
}
