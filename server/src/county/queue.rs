//! What a person at the county has to look at: conflicts, doubles, invalid, held and quarantined, in one list.

use super::view::{Matter, MatterKind};
use crate::rows::counting::double_id;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// Matters, open or settled, by unit then id. A matter about one person stands beside the others of that village.
pub fn matters(store: &dyn Store, open: bool) -> Result<Vec<Matter>, StoreError> {
    let mut matters: Vec<Matter> = if open {
        open_ids(store)?.iter().filter_map(|id| store.value(&keys::matter(id)).transpose()).collect::<Result<_, _>>()?
    } else {
        let all: Vec<Matter> = store.values(&keys::matter(""))?;
        all.into_iter().filter(|matter| matter.settled.is_some()).collect()
    };
    matters.sort_by(|a, b| (&a.unit, &a.id).cmp(&(&b.unit, &b.id)));
    Ok(matters)
}

/// Matters of one record, open and settled.
pub fn of_record(store: &dyn Store, record: &str) -> Result<Vec<Matter>, StoreError> {
    let prefix = keys::matter_of(record, "");
    let ids = store.all(&prefix)?;
    ids.iter()
        .map(|(key, _)| String::from_utf8_lossy(&key[prefix.len()..]).into_owned())
        .filter_map(|id| store.value(&keys::matter(&id)).transpose())
        .collect()
}

/// Ids of open matters.
pub fn open_ids(store: &dyn Store) -> Result<BTreeSet<String>, StoreError> {
    let prefix = keys::open_matter("");
    let found = store.all(&prefix)?;
    Ok(found.iter().map(|(key, _)| String::from_utf8_lossy(&key[prefix.len()..]).into_owned()).collect())
}

/// What is open, in the form that counting needs.
#[derive(Debug, Clone, Default)]
pub struct OpenMatters {
    ids: BTreeSet<String>,
    by_record: BTreeMap<String, u32>,
    doubles: BTreeMap<String, String>,
}

impl OpenMatters {
    /// Reads what is open.
    pub fn read(store: &dyn Store) -> Result<Self, StoreError> {
        let mut by_record: BTreeMap<String, u32> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        let mut doubles = BTreeMap::new();
        for matter in matters(store, true)? {
            for record in &matter.record_ids {
                *by_record.entry(record.clone()).or_default() += 1;
            }
            if matter.kind == MatterKind::Double {
                doubles.extend(matter.record_ids.into_iter().map(|record| (record, matter.id.clone())));
                ids.insert(matter.id);
            }
        }
        Ok(Self { ids, by_record, doubles })
    }

    /// How many open matters concern a record.
    pub fn of(&self, record: &str) -> u32 {
        self.by_record.get(record).copied().unwrap_or_default()
    }

    /// The open double that a record is part of.
    pub fn double(&self, record: &str) -> Option<&str> {
        self.doubles.get(record).map(String::as_str)
    }

    /// For tests: these records are one open double.
    #[cfg(test)]
    pub fn with_double(records: &[&str]) -> Self {
        let doubles = records.iter().map(|record| ((*record).to_owned(), "double".to_owned())).collect();
        Self { doubles, ..Self::default() }
    }

    /// Whether the double of a campaign and person is open.
    pub fn is_double(&self, campaign: &str, person: &str) -> bool {
        !self.ids.is_empty() && self.ids.contains(&double_id(campaign, person))
    }
}
