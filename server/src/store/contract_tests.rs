//! What every store must pass: the contract's promises as one function over any [`Store`].
//!
//! Always true: nothing here knows how a store works inside. Deliberately not here: crashes and faults, which each store
//! tests by its own means; setting a store up.

use super::contract::{Appending, Batch, Position, Store, StoreError, Stored};
use std::sync::Barrier;
use std::thread;

/// Checks every promise on a store that holds nothing yet.
pub(super) fn keeps_the_contract(store: &dyn Store) {
    begins_with_nothing(store);
    appends_in_order(store);
    keeps_an_append_together(store);
    subscribes_without_a_gap(store);
    reads_any_stretch(store);
    applies_a_batch_with_its_position(store);
    scans_by_prefix(store);
    shows_a_batch_whole(store);
    clears_the_index_alone(store);
}

/// Waits for an append.
pub(super) fn wait(appending: Appending) -> Result<Position, StoreError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(appending)
}

/// A batch that sets these keys.
pub(super) fn batch_of(entries: &[(&[u8], &[u8])]) -> Batch {
    Batch { entries: entries.iter().map(|(key, value)| (key.to_vec(), Some(value.to_vec()))).collect() }
}

fn begins_with_nothing(store: &dyn Store) {
    assert_eq!(store.last(), 0);
    assert_eq!(store.read(1, 10).unwrap(), vec![]);
    assert_eq!(store.applied().unwrap(), 0);
    assert_eq!(store.get(b"anything").unwrap(), None);
    assert!(store.trouble().is_none(), "{:?}", store.trouble());
}

fn appends_in_order(store: &dyn Store) {
    assert_eq!(wait(store.append(vec![b"one".to_vec()])).unwrap(), 1);
    assert_eq!(wait(store.append(vec![b"two".to_vec(), Vec::new(), vec![7; 70_000]])).unwrap(), 2);
    assert_eq!(store.last(), 4);
    let bodies: Vec<_> = store.read(1, 10).unwrap().into_iter().map(|stored| stored.bytes).collect();
    assert_eq!(bodies, [b"one".to_vec(), b"two".to_vec(), Vec::new(), vec![7; 70_000]]);
    assert_eq!(wait(store.append(vec![])).unwrap(), 5, "nothing appended takes no place");
    assert_eq!(store.last(), 4);
}

fn keeps_an_append_together(store: &dyn Store) {
    let before = store.last();
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for writer in 0..4u8 {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                for round in 0..25u8 {
                    let records = (0..3).map(|part| vec![writer, round, part]).collect();
                    let first = wait(store.append(records)).unwrap();
                    let read = store.read(first, 3).unwrap();
                    let expected: Vec<_> = (0..3).map(|part| vec![writer, round, part]).collect();
                    assert_eq!(read.into_iter().map(|stored| stored.bytes).collect::<Vec<_>>(), expected);
                }
            });
        }
    });
    assert_eq!(store.last(), before + 300);
}

fn subscribes_without_a_gap(store: &dyn Store) {
    let feed = store.subscribe();
    let from = store.last() + 1;
    thread::scope(|scope| {
        for writer in 0..4u8 {
            scope.spawn(move || {
                for round in 0..50u8 {
                    wait(store.append(vec![vec![writer, round]])).unwrap();
                }
            });
        }
    });
    let delivered: Vec<Stored> = feed.iter().take(200).collect();
    assert_eq!(delivered, store.read(from, 1000).unwrap());
    assert!(feed.try_recv().is_err(), "each record is delivered once");
    drop(feed);
    wait(store.append(vec![b"a subscriber that went away stops nothing".to_vec()])).unwrap();
}

fn reads_any_stretch(store: &dyn Store) {
    let all = store.read(0, usize::MAX).unwrap();
    assert_eq!(all.len() as u64, store.last());
    assert!((1..).zip(&all).all(|(position, stored)| stored.position == position));
    for from in [1, 2, 3, 4, 5, 50, store.last() - 1, store.last()] {
        for limit in [0, 1, 2, 7] {
            let expected: Vec<_> = all.iter().skip(from as usize - 1).take(limit).cloned().collect();
            assert_eq!(store.read(from, limit).unwrap(), expected);
        }
    }
    assert_eq!(store.read(store.last() + 1, 5).unwrap(), vec![]);
}

fn applies_a_batch_with_its_position(store: &dyn Store) {
    let large = vec![42; 50_000];
    store.apply(batch_of(&[(b"x/small", b"1"), (b"x/large", &large), (b"x/empty", b"")]), 3).unwrap();
    assert_eq!(store.applied().unwrap(), 3);
    assert_eq!(store.get(b"x/small").unwrap().unwrap(), b"1");
    assert_eq!(store.get(b"x/large").unwrap().unwrap(), large);
    assert_eq!(store.get(b"x/empty").unwrap().unwrap(), b"");
    let mut second = batch_of(&[(b"x/large", b"small now")]);
    second.entries.insert(b"x/small".to_vec(), None);
    second.entries.insert(b"x/never".to_vec(), None);
    store.apply(second, 4).unwrap();
    store.flush().unwrap();
    assert_eq!(store.applied().unwrap(), 4);
    assert_eq!(store.get(b"x/small").unwrap(), None);
    assert_eq!(store.get(b"x/large").unwrap().unwrap(), b"small now");
}

fn scans_by_prefix(store: &dyn Store) {
    let keys: Vec<String> = (0..50).map(|number| format!("s/{number:02}")).collect();
    let mut entries: Vec<(&[u8], &[u8])> = keys.iter().map(|key| (key.as_bytes(), &b"v"[..])).collect();
    entries.extend([(&b"r/zz"[..], &b"before"[..]), (b"s0", b"after"), (b"s", b"shorter"), (b"s/\xff", b"last")]);
    store.apply(batch_of(&entries), 5).unwrap();
    let names = |prefix: &[u8], after: Option<&[u8]>, limit| -> Vec<Vec<u8>> {
        store.scan(prefix, after, limit).unwrap().into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(names(b"s/", None, 100).len(), 51);
    assert_eq!(names(b"s/1", None, 100).len(), 10);
    assert_eq!(names(b"s/", None, 2), [b"s/00", b"s/01"]);
    assert_eq!(names(b"s/", Some(b"s/01"), 2), [b"s/02", b"s/03"]);
    assert_eq!(names(b"s/", Some(b"s/01x"), 1), [b"s/02"]);
    assert_eq!(names(b"s/", Some(b"a"), 1), [b"s/00"], "what is before the prefix does not matter");
    assert_eq!(names(b"s/", Some(b"s/\xff"), 10), Vec::<Vec<u8>>::new());
    assert_eq!(names(b"s/", Some(b"t"), 10), Vec::<Vec<u8>>::new());
    assert_eq!(names(b"nothing", None, 10), Vec::<Vec<u8>>::new());
    let all = names(b"", None, 1000);
    assert!(all.is_sorted() && all.contains(&b"s0".to_vec()));
}

fn shows_a_batch_whole(store: &dyn Store) {
    let keys: Vec<String> = (0..40).map(|number| format!("w/{number:02}")).collect();
    let write = |round: u64| {
        // Large values take another way than small ones, and must be seen whole as well.
        let value = vec![round as u8; if round.is_multiple_of(2) { 10 } else { 2000 }];
        let entries: Vec<(&[u8], &[u8])> = keys.iter().map(|key| (key.as_bytes(), &value[..])).collect();
        store.apply(batch_of(&entries), 6 + round).unwrap();
        store.flush().unwrap();
    };
    write(0);
    thread::scope(|scope| {
        let writer = scope.spawn(|| (1..30).for_each(write));
        while !writer.is_finished() {
            let seen = store.scan(b"w/", None, 100).unwrap();
            assert_eq!(seen.len(), 40);
            assert!(seen.iter().all(|(_, value)| *value == seen[0].1), "half of a batch was seen");
        }
    });
}

fn clears_the_index_alone(store: &dyn Store) {
    let last = store.last();
    store.clear_index().unwrap();
    assert_eq!(store.applied().unwrap(), 0);
    assert_eq!(store.scan(b"", None, 10).unwrap(), vec![]);
    assert_eq!(store.last(), last);
    assert_eq!(store.read(1, 1).unwrap().len(), 1);
    store.apply(batch_of(&[(b"x/again", &[1; 3000])]), 1).unwrap();
    assert_eq!(store.get(b"x/again").unwrap().unwrap(), [1; 3000]);
    assert_eq!(store.applied().unwrap(), 1);
    assert!(store.trouble().is_none());
}
