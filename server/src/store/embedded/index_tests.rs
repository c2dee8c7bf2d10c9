//! What the index promises: lost, damaged or ahead it is begun anew, and large values never reach sled.
//!
//! Always true: randomness has a seed that a failure names. Deliberately not here: the contract's promises.

use super::super::contract::{Batch, Position, Store, StoreError};
use super::super::contract_tests::{batch_of, wait};
use super::fault_file_system::{FaultFileSystem, Random};
use super::index::Index;
use super::{EmbeddedStore, Options};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

fn open(folder: &Path) -> EmbeddedStore {
    EmbeddedStore::open(folder, &Options { free_floor: 0, ..Options::default() }).unwrap()
}

/// A closed store with ten records, and an index that reflects them: 40 values, every fourth of them large.
fn filled(folder: &Path) {
    let store = open(folder);
    wait(store.append((0..10u8).map(|number| vec![number]).collect())).unwrap();
    store.apply(numbered(), 10).unwrap();
}

fn numbered() -> Batch {
    let value = |number: u8| vec![number; if number.is_multiple_of(4) { 3000 } else { 30 }];
    Batch { entries: (0..40u8).map(|number| (vec![b'n', number], Some(value(number)))).collect() }
}

fn is_whole(store: &EmbeddedStore) -> bool {
    let expected: Vec<_> = numbered().entries.into_iter().map(|(key, value)| (key, value.unwrap())).collect();
    store.applied().unwrap() == 10 && store.scan(b"", None, 100).unwrap() == expected
}

fn is_anew(store: &EmbeddedStore) -> bool {
    let empty = store.applied().unwrap() == 0 && store.scan(b"", None, 100).unwrap().is_empty();
    empty && store.last() == 10 && store.read(1, 20).unwrap().len() == 10 && store.trouble().is_none()
}

fn value_files(folder: &Path) -> Vec<PathBuf> {
    let shelves = fs::read_dir(folder.join("files")).unwrap().map(|entry| entry.unwrap().path());
    shelves.flat_map(|shelf| fs::read_dir(shelf).unwrap().map(|entry| entry.unwrap().path())).collect()
}

/// The data folder as a killed process leaves it.
fn copy_as_killed(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_as_killed(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn index_survives_a_clean_close() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    (0..3).for_each(|_| assert!(is_whole(&open(folder.path()))));
}

#[test]
fn deleted_index_is_begun_anew_and_the_journal_is_whole() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    assert!(is_anew(&open(folder.path())));
    assert_eq!(value_files(folder.path()), Vec::<PathBuf>::new(), "value files go with the index");
}

#[test]
fn index_ahead_of_the_journal_is_begun_anew() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    open(folder.path()).apply(batch_of(&[(b"x", b"y")]), 11).unwrap();
    assert!(is_anew(&open(folder.path())));
}

#[test]
fn killed_process_leaves_an_index_that_is_whole_or_older_never_wrong() {
    for seed in 0..20 {
        let (folder, copy) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let mut random = Random(seed);
        let store = open(folder.path());
        let rounds = 1 + random.below(30);
        let flushed = random.below(rounds + 1);
        for round in 1..=rounds {
            wait(store.append(vec![vec![1]])).unwrap();
            store.apply(round_of(round), round).unwrap();
            if round == flushed {
                store.flush().unwrap();
            }
        }
        copy_as_killed(folder.path(), copy.path());
        let reopened = open(copy.path());
        let applied = reopened.applied().unwrap();
        assert!(applied >= flushed && applied <= rounds, "seed {seed}: {applied} of {rounds}, flushed {flushed}");
        let expected = if applied == 0 { Batch::default() } else { round_of(applied) };
        let expected: Vec<_> = expected.entries.into_iter().map(|(key, value)| (key, value.unwrap())).collect();
        assert_eq!(reopened.scan(b"", None, 100).unwrap(), expected, "seed {seed}");
        assert_eq!(reopened.last(), rounds);
    }
}

/// More keys than go into sled by one batch.
const MANY: u32 = 50_000;

#[test]
fn killed_in_the_middle_of_a_large_batch_it_is_anew_or_whole_never_half() {
    let folder = TempDir::new().unwrap();
    let store = Arc::new(open(folder.path()));
    wait(store.append(vec![vec![1]])).unwrap();
    let large = Batch { entries: (0..MANY).map(|key| (key.to_be_bytes().to_vec(), Some(vec![7; 40]))).collect() };
    let applying = std::thread::spawn({
        let store = store.clone();
        move || store.apply(large, 1)
    });
    let mut copies = Vec::new();
    while !applying.is_finished() {
        let copy = TempDir::new().unwrap();
        copy_as_killed(folder.path(), copy.path());
        copies.push(copy);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    applying.join().unwrap().unwrap();
    drop(store);
    copies.push(folder);
    let keys = |copy: &TempDir| {
        let store = open(copy.path());
        (store.applied().unwrap(), store.scan(b"", None, MANY as usize + 1).unwrap().len())
    };
    let found: Vec<_> = copies.iter().map(keys).collect();
    assert!(found.len() > 2 && found.iter().all(|one| [(0, 0), (1, MANY as usize)].contains(one)), "{found:?}");
    assert_eq!(found.last(), Some(&(1, MANY as usize)), "what was closed well is trusted");
}

fn round_of(round: Position) -> Batch {
    let value = |key: u8| vec![round as u8; if (round + u64::from(key)).is_multiple_of(3) { 2000 } else { 200 }];
    Batch { entries: (0..20u8).map(|key| (vec![key], Some(value(key)))).collect() }
}

#[test]
fn damaged_index_is_begun_anew_or_whole() {
    let pristine = TempDir::new().unwrap();
    filled(pristine.path());
    for seed in 0..40 {
        let folder = TempDir::new().unwrap();
        copy_as_killed(pristine.path(), folder.path());
        let mut random = Random(seed);
        let files: Vec<PathBuf> = fs::read_dir(folder.path().join("index"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect();
        let path = &files[random.below(files.len() as u64) as usize];
        let mut bytes = fs::read(path).unwrap();
        let used = bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0) as u64 + 1;
        match random.below(3) {
            0 => bytes.truncate(random.below(used) as usize),
            1 => bytes = random.bytes(2000),
            _ => bytes[random.below(used) as usize] ^= 1 << random.below(8),
        }
        fs::write(path, bytes).unwrap();
        let store = open(folder.path());
        assert!(is_anew(&store) || is_whole(&store), "seed {seed}: {}", path.display());
    }
}

#[test]
fn large_values_are_files_and_sled_holds_at_most_one_kibibyte() {
    let folder = TempDir::new().unwrap();
    let sizes = [0, 1, 500, 1022, 1023, 1024, 1025, 5000, 200_000];
    let store = open(folder.path());
    for size in sizes {
        store.apply(batch_of(&[(format!("v/{size}").as_bytes(), &vec![7; size])]), 0).unwrap();
    }
    store.flush().unwrap();
    for size in sizes {
        assert_eq!(store.get(format!("v/{size}").as_bytes()).unwrap().unwrap(), vec![7; size]);
    }
    assert_eq!(value_files(folder.path()).len(), 4);
    drop(store);
    let index = Index::open(&folder.path().join("index"), 1 << 20).unwrap();
    let stored = index.scan(b"", None, 100).unwrap();
    assert_eq!(stored.len(), sizes.len());
    assert!(stored.iter().all(|(_, stored)| stored.len() <= 1024));
}

#[test]
fn files_of_replaced_values_go_at_the_flush_and_not_before() {
    let folder = TempDir::new().unwrap();
    let store = open(folder.path());
    let put = |key: &[u8], value: Vec<u8>| store.apply(batch_of(&[(key, &value)]), 0).unwrap();
    put(b"k", vec![1; 2000]);
    put(b"same", vec![1; 2000]);
    store.flush().unwrap();
    assert_eq!(value_files(folder.path()).len(), 2, "no two keys share a file");
    put(b"k", vec![2; 2000]);
    put(b"same", vec![9; 10]);
    assert_eq!(value_files(folder.path()).len(), 3, "the index on the disk still names the old ones");
    store.flush().unwrap();
    assert_eq!(value_files(folder.path()).len(), 1);
    put(b"k", vec![3; 2000]);
    put(b"k", vec![2; 2000]);
    put(b"k", vec![2; 2000]);
    store.flush().unwrap();
    assert_eq!(store.get(b"k").unwrap().unwrap(), vec![2; 2000], "one that came back stays");
    assert_eq!(value_files(folder.path()).len(), 1);
    store.apply(Batch { entries: [(b"k".to_vec(), None)].into() }, 0).unwrap();
    store.flush().unwrap();
    assert_eq!(value_files(folder.path()).len(), 0);
}

#[test]
fn damaged_or_missing_value_file_is_an_error_and_the_next_start_begins_anew() {
    for damage in [|path: &Path| fs::write(path, b"other").unwrap(), |path: &Path| fs::remove_file(path).unwrap()] {
        let folder = TempDir::new().unwrap();
        filled(folder.path());
        let store = open(folder.path());
        value_files(folder.path()).iter().for_each(|path| damage(path));
        assert!(matches!(store.get(&[b'n', 4]), Err(StoreError::Damaged(_))));
        assert!(matches!(store.trouble(), Some(StoreError::Damaged(_))));
        assert!(store.apply(Batch::default(), 10).is_err(), "nothing is built upon damage");
        assert_eq!(store.get(&[b'n', 5]).unwrap().unwrap(), [5; 30], "other reads go on");
        drop(store);
        assert!(is_anew(&open(folder.path())));
    }
}

#[test]
fn value_file_lost_in_a_crash_is_noticed_at_the_next_start() {
    let (folder, copy) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    filled(folder.path());
    let store = open(folder.path());
    copy_as_killed(folder.path(), copy.path());
    drop(store);
    fs::write(&value_files(copy.path())[3], b"").unwrap();
    assert!(is_anew(&open(copy.path())));
}

#[test]
fn files_that_nothing_names_are_removed_at_the_start_after_a_crash() {
    let (folder, copy) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    filled(folder.path());
    let store = open(folder.path());
    copy_as_killed(folder.path(), copy.path());
    drop(store);
    let shelf = value_files(copy.path())[0].parent().unwrap().to_owned();
    fs::write(shelf.join("0123.part"), b"half").unwrap();
    fs::write(shelf.join("4567"), b"stray").unwrap();
    assert!(is_whole(&open(copy.path())));
    assert_eq!(value_files(copy.path()).len(), 10);
}

#[test]
fn page_outside_of_sleds_file_is_trouble_and_the_next_start_begins_anew() {
    let folder = TempDir::new().unwrap();
    filled(folder.path());
    let store = open(folder.path());
    assert!(store.trouble().is_none());
    let blobs = folder.path().join("index/blobs");
    fs::create_dir_all(&blobs).unwrap();
    fs::write(blobs.join("1"), b"page").unwrap();
    assert!(matches!(store.trouble(), Some(StoreError::Failed(_))));
    drop(store);
    assert!(is_anew(&open(folder.path())));
}

#[test]
fn sled_keeps_its_pages_in_one_file_at_the_limits() {
    let folder = TempDir::new().unwrap();
    let store = open(folder.path());
    let mut random = Random(1);
    for round in 0..12 {
        let key = |random: &mut Random| [vec![b'p'; 200], random.bytes(56)].concat();
        let entries = (0..250).map(|_| (key(&mut random), Some(vec![round; 1023]))).collect();
        store.apply(Batch { entries }, 0).unwrap();
        store.flush().unwrap();
    }
    assert_eq!(store.scan(b"p", None, 10_000).unwrap().len(), 3000);
    assert!(store.trouble().is_none());
}

#[test]
fn key_over_the_limit_is_refused_and_harms_nothing() {
    let folder = TempDir::new().unwrap();
    let store = open(folder.path());
    assert!(store.apply(batch_of(&[(&[1; 257], b"x"), (b"y", b"z")]), 0).is_err());
    assert_eq!(store.get(b"y").unwrap(), None);
    store.apply(batch_of(&[(&[1; 256], b"x")]), 0).unwrap();
    assert!(store.trouble().is_none());
}

#[test]
fn full_disk_refuses_a_batch_whole_and_recovers() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let options = Options { free_floor: 0, ..Options::default() };
    let store = EmbeddedStore::open_on(Arc::new(files.clone()), folder.path(), &options).unwrap();
    files.faults().room = Some(5000);
    assert!(matches!(store.apply(numbered(), 0), Err(StoreError::Full(_))));
    assert_eq!(store.scan(b"", None, 100).unwrap(), vec![]);
    store.flush().unwrap();
    assert_eq!(value_files(folder.path()), Vec::<PathBuf>::new());
    files.faults().room = None;
    store.apply(numbered(), 0).unwrap();
    assert_eq!(store.scan(b"", None, 100).unwrap().len(), 40);
}
