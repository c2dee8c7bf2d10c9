//! Lists that a county edits: packages, awards, checklists, categories, sectors, honours.
//!
//! Plug in: [`built_in`] at the founding, [`all`] for whoever asks, [`labels`] for words, [`edited`] for a new
//! version.
//!
//! Always true: versions stand in the order of their days, and a code never changes its meaning, so that a record is
//! never rewritten by a change of a list. Deliberately not here: how lists travel to phones.

mod edit;

pub(in crate::county) use edit::{FUNDS, is_package_right};
pub use edit::{ListRefused, edited};

use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::{CountyList, ListItem};

/// The first versions.
const BUILT_IN: &str = include_str!("built_in.json");

/// The lists that a new county starts with.
pub fn built_in() -> Vec<CountyList> {
    serde_json::from_str(BUILT_IN).expect("the file is checked by a test")
}

/// All lists as they stand, in the order of the built-in ones.
pub fn all(store: &dyn Store) -> Result<Vec<CountyList>, StoreError> {
    let mut lists = built_in();
    for list in &mut lists {
        if let Some(own) = store.value(&keys::list(&list.id))? {
            *list = own;
        }
    }
    Ok(lists)
}

/// Chinese labels of all codes that a list ever had: a code never changes its meaning.
pub fn labels(list: &CountyList) -> BTreeMap<&str, &str> {
    let items = list.versions.iter().flat_map(|version| &version.items);
    items.map(|item: &ListItem| (item.code.as_str(), item.zh.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use zoufang_sync_protocol::roster::LISTS;

    #[test]
    fn a_new_county_starts_with_eight_whole_lists() {
        let lists = built_in();
        assert_eq!(lists.iter().map(|list| list.id.as_str()).collect::<Vec<_>>(), LISTS);
        for list in &lists {
            let version = &list.versions[0];
            let again = edit::check(&list.id, &version.items);
            assert!(again.is_ok(), "{}: {again:?}", list.id);
            assert_eq!((version.version, list.versions.len()), (1, 1));
        }
        let award = |code: &str| {
            let items = &lists[1].versions[0].items;
            items.iter().find(|item| item.code == code).and_then(|item| item.amount_fen)
        };
        assert_eq!([award("M4"), award("M5")], [Some(100_000), Some(15_000)]);
        let worth = |item: &ListItem| item.gift.as_ref().map(zoufang_sync_protocol::roster::Package::value_fen);
        let worths: Vec<_> = lists[0].versions[0].items.iter().filter_map(worth).collect();
        assert_eq!(worths, [30_000, 50_000, 80_000, 120_000, 80_000]);
    }
}
