//! The embedded store as a whole: the contract, one process a folder, and that sled stays where it belongs.
//!
//! Deliberately not here: faults of the journal (`journal_tests`) and of the index (`index_tests`).

use super::super::contract::{Store, StoreError};
use super::super::contract_tests::{keeps_the_contract, wait};
use super::fault_file_system::FaultFileSystem;
use super::{EmbeddedStore, Options, verify_journal};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

#[test]
fn embedded_store_keeps_the_contract() {
    let folder = TempDir::new().unwrap();
    // Small segments, so that every promise is kept across their borders too.
    let options = Options { segment_bytes: 1500, free_floor: 0, ..Options::default() };
    keeps_the_contract(&EmbeddedStore::open(folder.path(), &options).unwrap());
}

#[test]
fn second_store_on_one_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let first = EmbeddedStore::open(folder.path(), &Options::default()).unwrap();
    let second = EmbeddedStore::open(folder.path(), &Options::default());
    assert!(matches!(second.err(), Some(StoreError::InUse(_))));
    drop(first);
    EmbeddedStore::open(folder.path(), &Options::default()).unwrap();
}

#[test]
fn too_little_free_space_is_trouble_until_there_is_more() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let store = EmbeddedStore::open_on(Arc::new(files.clone()), folder.path(), &Options::default()).unwrap();
    assert!(store.trouble().is_none());
    files.faults().free = Some(1000);
    assert!(matches!(store.trouble(), Some(StoreError::Full(_))));
    files.faults().free = None;
    assert!(store.trouble().is_none());
}

#[test]
fn verify_reads_the_journal_of_a_data_folder() {
    let folder = TempDir::new().unwrap();
    let store = EmbeddedStore::open(folder.path(), &Options::default()).unwrap();
    wait(store.append(vec![b"a".to_vec(), b"b".to_vec()])).unwrap();
    drop(store);
    let summary = verify_journal(folder.path()).unwrap();
    assert_eq!((summary.records, summary.segments, summary.torn_bytes), (2, 1, 0));
}

#[test]
fn sled_is_known_to_one_file_and_only_its_safe_part() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source];
    let mut knowing = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).unwrap().contains(concat!("sled", "::")) {
                knowing.push(path);
            }
        }
    }
    assert_eq!(knowing.len(), 1, "{knowing:?}");
    assert!(knowing[0].ends_with("store/embedded/index.rs"));
    let text = fs::read_to_string(&knowing[0]).unwrap();
    for word in ["flush_async", "transaction(", "open_tree", "export("] {
        assert!(!text.contains(word), "{word} is not to be used");
    }
}
