//! A list file that names people of the roster, as a campaign's page brings it.
//!
//! Always true: nothing is written down and nothing is kept, not even in memory. Deliberately not here: whom a line means
//! (`county/campaigns/list_file`).

use super::drafts::off_the_threads;
use super::sealed;
use crate::access::grants;
use crate::county::campaigns::list_file;
use crate::county::roster::columns;
use crate::county::roster::file::{FilePerson, Reader};
use crate::county::roster::known::Known;
use crate::county::roster::standing::Standing;
use crate::county::view::{ColumnMeaning, ImportKind, LineFault, PeopleListed};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::sheets::table::Table;
use crate::sheets::{self, fault};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Intake {
    /// People of the roster whom the lines of a list mean, and what is wrong line by line.
    pub async fn people_listed(self: &Arc<Self>, file: Bytes) -> Result<PeopleListed, IntakeError> {
        let desk = self.clone();
        off_the_threads(move || desk.find_listed(&file)).await?
    }

    fn find_listed(&self, file: &[u8]) -> Result<PeopleListed, IntakeError> {
        let kind = ImportKind::Roster;
        let remembered: BTreeMap<String, ColumnMeaning> =
            self.store.value(&keys::import_mapping(kind.as_str()))?.unwrap_or_default();
        let table = Table::of(sheets::read(file)?, |cell| columns::is_title(cell, &remembered))?;
        let mut mapping = columns::guess(&table.headings, &remembered);
        mapping.retain(|_, meaning| list_file::READ.contains(meaning));
        if let Some(column) = columns::missing(kind, &mapping, false).first() {
            let lines = table.rows.len() as u32;
            let faults = vec![fault::fault(0, column, "", "column_missing")];
            return Ok(PeopleListed { lines, refused: lines, faults, ..PeopleListed::default() });
        }
        let (tree, day) = (self.tree()?, grants::day_of(now_ms()));
        let standing = Standing::on(&tree, &day);
        let reader = Reader::new(kind, &table.headings, &mapping, None, &standing, &[]);
        let mut faults: Vec<LineFault> = Vec::new();
        let lines: Vec<FilePerson> = table.rows.iter().filter_map(|row| reader.person(row, &mut faults)).collect();
        let known = Known::read(&*self.store, kind, &standing)?;
        Ok(list_file::listed(&table, &known, &lines, faults, |number| sealed::digest(&self.keys, number)))
    }
}
