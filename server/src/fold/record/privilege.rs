//! Who may write which field: some are the county's alone, those of a step belong to the level that acts.
//!
//! Always true: what somebody wrote who may not is dropped from the row and named; the newest value that one of those who
//! may has written stands instead. Deliberately not here: grants of documents, which the exchange looks at.

use crate::fold::author::Authors;
use crate::fold::graph::{Graph, Write};
use crate::rows::index::ReadIndex;
use crate::store::contract::StoreError;
use serde_json::Value;
use zoufang_sync_protocol::record::{Record, is_county_field};
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::unit::{Level, Unit};

/// The rule for the records of one document.
pub struct Privilege<'f> {
    /// Its register.
    pub register: &'f Register,
    /// Its unit.
    pub unit: &'f Unit,
    /// Who wrote what over what.
    pub graph: &'f Graph,
    /// By whose hand.
    pub authors: &'f mut Authors,
}

impl Privilege<'_> {
    /// Removes what somebody wrote who may not; returns the names of the fields.
    pub fn drop_forged(
        &mut self,
        index: &impl ReadIndex,
        record: &str,
        fields: &mut Record,
    ) -> Result<Vec<String>, StoreError> {
        let mut forged = Vec::new();
        let names: Vec<String> = fields.keys().cloned().collect();
        for field in names {
            let Some(level) = self.level_of(&field) else { continue };
            let shown = fields.get(&field).cloned();
            let genuine = self.genuine(index, record, &field, level, shown.as_ref())?;
            if genuine == shown {
                continue;
            }
            // An empty value over nothing takes nothing away: a form that clears what it does not ask is no forger.
            if genuine.is_some() || shown != Some(Value::Null) {
                forged.push(field.clone());
            }
            match genuine {
                Some(value) => fields.insert(field, value),
                None => fields.remove(&field),
            };
        }
        Ok(forged)
    }

    fn level_of(&self, field: &str) -> Option<Level> {
        if is_county_field(field) { Some(Level::County) } else { self.register.writer_level(field) }
    }

    /// The newest value of those who may write: the one that is shown, if it is among several.
    fn genuine(
        &mut self,
        index: &impl ReadIndex,
        record: &str,
        field: &str,
        level: Level,
        shown: Option<&Value>,
    ) -> Result<Option<Value>, StoreError> {
        let mut genuine: Vec<&Write> = Vec::new();
        for write in self.graph.of_record(record).filter(|write| write.field == field) {
            let author = self.authors.level(index, &self.graph.changes[write.change], self.unit)?;
            // A county stands above a township, and a township above a village.
            if author.is_some_and(|author| author <= level) {
                genuine.push(write);
            }
        }
        let newest = self.graph.newest(&genuine);
        let value = newest.iter().find(|write| Some(&write.value) == shown).or(newest.last());
        Ok(value.map(|write| write.value.clone()))
    }
}
