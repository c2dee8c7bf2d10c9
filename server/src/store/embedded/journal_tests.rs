//! What the journal promises when writes are torn, bits flip, syncs fail, the disk fills and power goes.
//!
//! Always true: randomness has a seed that a failure names; nothing waits by the clock.
//! Deliberately not here: promises that every store makes (`contract_tests`), the index.

use super::super::contract::{Appending, Position, StoreError};
use super::super::contract_tests::wait;
use super::Options;
use super::fault_file_system::{FaultFileSystem, Random};
use super::file_system::Disk;
use super::journal::Journal;
use super::walk::{Summary, segment_name, verify};
use futures_util::FutureExt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use tempfile::TempDir;

fn options() -> Options {
    Options { free_floor: 1000, ..Options::default() }
}

fn small_segments() -> Options {
    Options { segment_bytes: 2000, ..options() }
}

fn open(folder: &Path, options: &Options) -> Result<Journal, StoreError> {
    Journal::open(Arc::new(Disk), folder, options)
}

fn open_on(files: &FaultFileSystem, folder: &Path) -> Journal {
    Journal::open(Arc::new(files.clone()), folder, &options()).unwrap()
}

fn append(journal: &Journal, body: &[u8]) -> Result<Position, StoreError> {
    wait(journal.append(vec![body.to_vec()]))
}

fn bodies(journal: &Journal) -> Vec<Vec<u8>> {
    journal.read(1, usize::MAX).unwrap().into_iter().map(|stored| stored.bytes).collect()
}

fn first_segment(folder: &Path) -> PathBuf {
    folder.join(segment_name(1))
}

/// Writes records of varied lengths and closes the journal.
fn fill(folder: &Path, options: &Options, records: u64, seed: u64) -> Vec<Vec<u8>> {
    let mut random = Random(seed);
    let journal = open(folder, options).unwrap();
    let made: Vec<Vec<u8>> = (0..records)
        .map(|_| {
            let length = random.below(400) as usize;
            random.bytes(length)
        })
        .collect();
    for body in &made {
        append(&journal, body).unwrap();
    }
    made
}

#[test]
fn waiting_appends_share_one_sync_and_none_resolves_before_it() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let journal = open_on(&files, folder.path());
    let feed = journal.subscribe();
    let (pass, gate) = channel();
    let before = {
        let mut faults = files.faults();
        faults.gate = Some(gate);
        faults.syncs
    };
    let mut first = journal.append(vec![b"first".to_vec()]);
    // The writer stands before the gate once it has counted its sync.
    while files.faults().syncs == before {
        assert!((&mut first).now_or_never().is_none(), "answered without a sync");
        std::thread::yield_now();
    }
    let waiting: Vec<Appending> = (0..100u8).map(|number| journal.append(vec![vec![number]])).collect();
    assert!((&mut first).now_or_never().is_none(), "answered before the sync");
    assert!(feed.try_recv().is_err(), "delivered before the sync");
    assert_eq!(journal.last(), 0, "shown before the sync");
    assert_eq!(journal.read(1, 10).unwrap(), vec![]);
    pass.send(()).unwrap();
    assert_eq!(wait(first).unwrap(), 1);
    // With the sender gone the gate stands open, so that one sync too many is counted and does not wait for ever.
    drop(pass);
    for (number, appending) in (0u64..).zip(waiting) {
        assert_eq!(wait(appending).unwrap(), number + 2);
    }
    assert_eq!(files.faults().syncs, before + 2);
    assert_eq!(feed.iter().take(101).map(|stored| stored.position).collect::<Vec<_>>(), (1..=101).collect::<Vec<_>>());
}

#[test]
fn records_survive_reopening_over_many_segments() {
    let folder = TempDir::new().unwrap();
    let mut expected = Vec::new();
    for round in 0..4 {
        expected.extend(fill(folder.path(), &small_segments(), 60, round));
        let journal = open(folder.path(), &small_segments()).unwrap();
        assert_eq!(journal.last(), expected.len() as u64);
        assert_eq!(bodies(&journal), expected);
    }
    let summary = verify(&Disk, folder.path()).unwrap();
    assert_eq!((summary.records, summary.torn_bytes), (240, 0));
    assert!(summary.segments > 10, "{summary:?}");
    let journal = open(folder.path(), &small_segments()).unwrap();
    for from in 1..=240 {
        let read = journal.read(from, 3).unwrap();
        assert_eq!(read[0].bytes, expected[from as usize - 1]);
        assert_eq!(read.len(), 3.min(241 - from as usize));
    }
}

#[test]
fn last_record_torn_at_each_byte_is_cut_and_the_rest_is_whole() {
    let folder = TempDir::new().unwrap();
    let path = first_segment(folder.path());
    let kept = fill(folder.path(), &options(), 4, 1);
    let before = fs::metadata(&path).unwrap().len() as usize;
    append(&open(folder.path(), &options()).unwrap(), &[9; 50]).unwrap();
    let whole = fs::read(&path).unwrap();
    let end = before + 41 + 50;
    for cut in before..end {
        for zeros in [0, 30] {
            let mut torn = whole[..cut].to_vec();
            torn.resize(cut + zeros, 0);
            fs::write(&path, torn).unwrap();
            let journal = open(folder.path(), &options()).unwrap();
            assert_eq!(bodies(&journal), kept, "cut at {cut}, then {zeros} zeros");
            assert_eq!(append(&journal, b"next").unwrap(), 5);
            drop(journal);
            assert_eq!(verify(&Disk, folder.path()).unwrap().records, 5);
            assert_eq!(open(folder.path(), &options()).unwrap().last(), 5);
        }
    }
    fs::write(&path, &whole[..end]).unwrap();
    assert_eq!(open(folder.path(), &options()).unwrap().last(), 5, "a whole record without its mark counts");
}

#[test]
fn damage_before_a_mark_is_named_and_never_cut() {
    let folder = TempDir::new().unwrap();
    let path = first_segment(folder.path());
    fill(folder.path(), &options(), 4, 2);
    let length = fs::metadata(&path).unwrap().len();
    append(&open(folder.path(), &options()).unwrap(), &[9; 50]).unwrap();
    let whole = fs::read(&path).unwrap();
    let mut damaged = whole.clone();
    // In the very last record: only the mark after it tells damage from a torn write.
    damaged[length as usize + 60] ^= 1;
    fs::write(&path, &damaged).unwrap();
    let StoreError::Damaged(place) = open(folder.path(), &options()).err().unwrap() else { panic!("not damage") };
    assert!(place.contains("00000001.seg") && place.contains(&format!("byte {length}")), "{place}");
    assert_eq!(fs::read(&path).unwrap(), damaged, "nothing was cut");
}

#[test]
fn every_flipped_bit_of_the_journal_is_found() {
    let folder = TempDir::new().unwrap();
    let expected = fill(folder.path(), &small_segments(), 60, 3);
    let clean = verify(&Disk, folder.path()).unwrap();
    let names: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    for seed in 0..400 {
        let mut random = Random(seed);
        let path = &names[random.below(names.len() as u64) as usize];
        let good = fs::read(path).unwrap();
        let mut bad = good.clone();
        let bit = random.below(good.len() as u64 * 8);
        bad[(bit / 8) as usize] ^= 1 << (bit % 8);
        fs::write(path, &bad).unwrap();
        match verify(&Disk, folder.path()) {
            Err(StoreError::Damaged(place)) => assert!(place.contains(".seg"), "{place}"),
            Ok(Summary { torn_bytes, records, .. }) => {
                assert!(torn_bytes > 0, "seed {seed}: bit {bit} of {} was not found", path.display());
                assert_eq!(records, clean.records, "seed {seed}: only the last mark may pass for a torn write");
            }
            Err(error) => panic!("seed {seed}: {error}"),
        }
        if let Ok(journal) = open(folder.path(), &small_segments()) {
            assert_eq!(bodies(&journal), expected, "seed {seed}");
        }
        fs::write(path, &good).unwrap();
    }
    assert_eq!(verify(&Disk, folder.path()).unwrap(), clean);
}

#[test]
fn damage_that_comes_while_running_is_an_error_of_the_read() {
    let folder = TempDir::new().unwrap();
    let journal = open(folder.path(), &options()).unwrap();
    for _ in 0..5 {
        append(&journal, &[5; 100]).unwrap();
    }
    let mut bytes = fs::read(first_segment(folder.path())).unwrap();
    bytes[400] ^= 4;
    fs::write(first_segment(folder.path()), bytes).unwrap();
    assert!(matches!(journal.read(1, 10), Err(StoreError::Damaged(place)) if place.contains("00000001.seg at byte")));
}

#[test]
fn missing_or_exchanged_segments_are_named() {
    let folder = TempDir::new().unwrap();
    fill(folder.path(), &small_segments(), 60, 4);
    let second = folder.path().join(segment_name(2));
    let third = folder.path().join(segment_name(3));
    let aside = folder.path().join("aside");
    let damaged =
        || matches!(verify(&Disk, folder.path()), Err(StoreError::Damaged(place)) if place.contains("0000000"));
    fs::rename(&second, &aside).unwrap();
    assert!(damaged() && open(folder.path(), &small_segments()).is_err());
    fs::rename(&third, &second).unwrap();
    fs::rename(&aside, &third).unwrap();
    assert!(damaged(), "two segments changed places");
}

#[test]
fn last_records_lost_from_an_inner_segment_break_the_chain() {
    let folder = TempDir::new().unwrap();
    fill(folder.path(), &small_segments(), 60, 5);
    let path = folder.path().join(segment_name(2));
    // Cut before the last record and its mark, where a scan of this segment alone sees nothing wrong.
    let bytes = fs::read(&path).unwrap();
    let scanned = super::segment::scan(&bytes, true).unwrap();
    let mark = bytes.len() - 61;
    fs::write(&path, &bytes[..mark]).unwrap();
    assert!(verify(&Disk, folder.path()).is_ok(), "a lost mark loses no record");
    assert!(scanned.places.len() < 3, "the segment is small");
    let whole = &bytes[..mark];
    let before = (1..whole.len())
        .rev()
        .find(|at| super::segment::scan(&whole[..*at], true).is_ok_and(|found| found.tail.is_none() && found.marked));
    fs::write(&path, &bytes[..before.unwrap()]).unwrap();
    assert!(matches!(verify(&Disk, folder.path()), Err(StoreError::Damaged(_))));
}

#[test]
fn failed_sync_is_never_repeated_and_ends_all_appends() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let journal = open_on(&files, folder.path());
    append(&journal, b"kept").unwrap();
    files.faults().syncs_until_failure = Some(0);
    let failing: Vec<Appending> = (0..20u8).map(|number| journal.append(vec![vec![number]])).collect();
    for appending in failing {
        assert!(matches!(wait(appending), Err(StoreError::Failed(_))));
    }
    let syncs = files.faults().syncs;
    assert!(matches!(append(&journal, b"later"), Err(StoreError::Failed(_))));
    assert_eq!(files.faults().syncs, syncs, "no sync after the one that failed");
    assert!(matches!(journal.trouble(), Some(StoreError::Failed(_))));
    assert_eq!(bodies(&journal), [b"kept"], "reads go on");
    assert_eq!(journal.last(), 1);
}

#[test]
fn full_disk_refuses_leaves_the_file_whole_and_recovers() {
    for room in 0..200 {
        let folder = TempDir::new().unwrap();
        let files = FaultFileSystem::default();
        let journal = open_on(&files, folder.path());
        append(&journal, b"before").unwrap();
        files.faults().room = Some(room);
        let outcome = append(&journal, &[1; 60]);
        if room < 41 + 60 {
            assert!(matches!(outcome, Err(StoreError::Full(_))), "room {room}: {outcome:?}");
            assert!(matches!(journal.trouble(), Some(StoreError::Full(_))));
        } else {
            outcome.unwrap();
        }
        let last = journal.last();
        files.faults().room = None;
        assert_eq!(append(&journal, b"after").unwrap(), last + 1);
        assert!(journal.trouble().is_none(), "room {room}: {:?}", journal.trouble());
        drop(journal);
        let summary = verify(&Disk, folder.path()).unwrap();
        assert_eq!((summary.records, summary.torn_bytes), (last + 1, 0), "room {room}");
    }
}

#[test]
fn read_only_disk_and_too_little_space_refuse_and_recover() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let journal = open_on(&files, folder.path());
    append(&journal, b"before").unwrap();
    files.faults().read_only = true;
    assert!(matches!(append(&journal, b"refused"), Err(StoreError::Full(_))));
    assert!(journal.trouble().is_some());
    wait(journal.append(vec![])).unwrap();
    assert!(journal.trouble().is_some(), "still read-only");
    wait(journal.append(vec![])).unwrap();
    files.faults().read_only = false;
    let asked = (0..1_000_000).any(|_| {
        std::thread::yield_now();
        journal.trouble().is_none()
    });
    assert!(asked, "asking makes the writer try, without any record");
    files.faults().free = Some(1003);
    assert!(
        matches!(append(&journal, b"refused"), Err(StoreError::Full(_))),
        "four bytes over the floor take no seven"
    );
    assert_eq!(bodies(&journal), [b"before"]);
    files.faults().free = None;
    assert_eq!(append(&journal, b"after").unwrap(), 2);
    assert!(journal.trouble().is_none());
}

#[test]
fn full_disk_at_a_new_segment_refuses_and_recovers() {
    let folder = TempDir::new().unwrap();
    let files = FaultFileSystem::default();
    let journal = Journal::open(Arc::new(files.clone()), folder.path(), &small_segments()).unwrap();
    append(&journal, &[1; 3000]).unwrap();
    for room in [0, 10, 71, 72, 100] {
        files.faults().room = Some(room);
        assert!(matches!(append(&journal, &[2; 3000]), Err(StoreError::Full(_))), "room {room}");
    }
    files.faults().room = None;
    assert_eq!(append(&journal, &[2; 3000]).unwrap(), 2);
    drop(journal);
    assert_eq!(bodies(&open(folder.path(), &small_segments()).unwrap()), [vec![1; 3000], vec![2; 3000]]);
}

#[test]
fn segment_whose_header_was_never_finished_is_begun_again() {
    let folder = TempDir::new().unwrap();
    let expected = fill(folder.path(), &options(), 3, 6);
    for unborn in [vec![], b"zouf".to_vec(), vec![0; 72]] {
        fs::write(folder.path().join(segment_name(2)), &unborn).unwrap();
        assert_eq!(verify(&Disk, folder.path()).unwrap().torn_bytes, unborn.len() as u64);
        assert_eq!(bodies(&open(folder.path(), &options()).unwrap()), expected);
        assert!(!folder.path().join(segment_name(2)).exists());
    }
}

#[test]
fn nothing_answered_is_lost_when_power_is_cut() {
    for seed in 0..60 {
        let mut random = Random(seed);
        let folder = TempDir::new().unwrap();
        let mut answered: Vec<Vec<u8>> = Vec::new();
        for _ in 0..4 {
            let files = FaultFileSystem::default();
            let journal = Journal::open(Arc::new(files.clone()), folder.path(), &small_segments()).unwrap();
            let found = bodies(&journal);
            assert!(found.len() >= answered.len() && found[..answered.len()] == answered, "seed {seed}");
            answered = found;
            for _ in 0..random.below(20) {
                let length = random.below(500) as usize;
                let body = random.bytes(length);
                append(&journal, &body).unwrap();
                answered.push(body);
            }
            // A sync that fails leaves bytes that were written and never synced.
            files.faults().syncs_until_failure = Some(0);
            let lost = random.bytes(300);
            assert!(append(&journal, &lost).is_err());
            drop(journal);
            files.cut_power(&mut random);
        }
    }
}

#[test]
fn record_over_the_limit_is_refused_and_harms_nothing() {
    let folder = TempDir::new().unwrap();
    let journal = open(folder.path(), &Options { record_limit: 10, ..options() }).unwrap();
    assert!(append(&journal, &[0; 11]).is_err());
    assert_eq!(append(&journal, &[0; 10]).unwrap(), 1);
    assert!(journal.trouble().is_none());
}

#[test]
fn body_that_imitates_a_mark_does_not_turn_a_torn_write_into_damage() {
    let folder = TempDir::new().unwrap();
    let kept = fill(folder.path(), &options(), 2, 7);
    let path = first_segment(folder.path());
    let before = fs::metadata(&path).unwrap().len();
    let mut forged = Vec::new();
    super::segment::encode_mark(&[7; 16], before + 41, &[7; 32], &mut forged);
    append(&open(folder.path(), &options()).unwrap(), &[forged, vec![1; 20]].concat()).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..before as usize + 41 + 70]).unwrap();
    assert_eq!(bodies(&open(folder.path(), &options()).unwrap()), kept);
}
