//! The division tree as the county brings it in.
//!
//! Always true: with the tree come the names that phones show: a new unit has a table at once, a renamed one its new name.
//! Tables are written before the tree, so that what a crash leaves undone shows as a change again. Deliberately not here:
//! what a file says (`county/units`).

use super::county::audit;
use super::{Intake, IntakeError, now_ms};
use crate::access::Person;
use crate::county::units;
use crate::county::view::TreeCheck;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::{TableRecord, Unit};
use crate::store::contract::StoreError;
use crate::store::record::JournalRecord;
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::VillageTable;
use zoufang_sync_protocol::unit::TOWNSHIP_DIGITS;

/// Tables written down together.
const TABLES_TOGETHER: usize = 64;

impl Intake {
    /// The tree as it stands; the county itself is always in it.
    pub fn tree(&self) -> Result<Vec<Unit>, StoreError> {
        let mut tree: Vec<Unit> = self.store.value(keys::UNITS)?.unwrap_or_default();
        let county = &self.founded.county;
        if tree.iter().all(|unit| unit.unit != county.code) {
            let (unit, name) = (county.code.clone(), county.name.clone());
            tree.insert(0, Unit { unit, name, valid_from: None, valid_to: None, replaced_by: None });
        }
        Ok(tree)
    }

    /// Looks at a file with the tree, and takes it if that is asked for and nothing is wrong with it.
    pub async fn take_tree(&self, clerk: &Person, file: &[u8], apply: bool) -> Result<TreeCheck, IntakeError> {
        let _alone = self.tables.lock().await;
        let _people = self.people.lock().await;
        let (tree, mut check) = units::read(&self.founded.county.code, &self.tree()?, file)?;
        if apply && check.faults.is_empty() {
            for some in self.named_tables(&tree)?.chunks(TABLES_TOGETHER) {
                self.commit(some).await?;
            }
            let about = format!("{} {}", check.added.len(), check.changed.len());
            let audit = audit(clerk, "take_tree", &about, now_ms());
            self.commit(&[audit, TableRecord::Units { units: tree }.to_journal()]).await?;
            check.applied = true;
        }
        Ok(check)
    }

    /// Tables whose names the tree changes, and those of units that have none.
    fn named_tables(&self, tree: &[Unit]) -> Result<Vec<JournalRecord>, StoreError> {
        let names: BTreeMap<&str, &str> = tree.iter().map(|unit| (unit.unit.as_str(), unit.name.as_str())).collect();
        let mut records = Vec::new();
        for unit in tree.iter().filter(|unit| unit.unit.len() >= TOWNSHIP_DIGITS) {
            let known: Option<VillageTable> = self.store.value(&keys::village(&unit.unit))?;
            let township_name = names.get(&unit.unit[..TOWNSHIP_DIGITS]).copied().unwrap_or_default();
            let mut table = known.clone().unwrap_or_else(|| VillageTable::new(&unit.unit, "", ""));
            table.name.clone_from(&unit.name);
            table.township_name = township_name.to_owned();
            if known.as_ref() != Some(&table) {
                records.push(TableRecord::Village { table, roster: Vec::new() }.to_journal());
            }
        }
        Ok(records)
    }
}
