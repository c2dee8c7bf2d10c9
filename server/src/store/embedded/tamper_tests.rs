//! What the journal notices when bytes were exchanged for others that look good by themselves.
//!
//! Always true: each test breaks one rule alone, so that it proves the check for that rule.
//! Deliberately not here: torn writes, flipped bits and failing disks (`journal_tests`).

use super::super::contract::StoreError;
use super::super::contract_tests::wait;
use super::Options;
use super::fault_file_system::Random;
use super::file_system::Disk;
use super::journal::Journal;
use super::segment::{Frame, HEADER_LENGTH, Header, decode, encode_mark, encode_record, scan};
use super::walk::{segment_name, verify};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

fn open(folder: &Path, segment_bytes: u64) -> Journal {
    let options = Options { segment_bytes, free_floor: 0, ..Options::default() };
    Journal::open(Arc::new(Disk), folder, &options).unwrap()
}

/// Ten records of 500 bytes in segments of two.
fn fill_pairs(folder: &Path, seed: u8) {
    let journal = open(folder, 1000);
    for number in 0..10 {
        wait(journal.append(vec![vec![seed + number; 500]])).unwrap();
    }
}

fn names_damage(folder: &Path, segment: usize) -> bool {
    matches!(verify(&Disk, folder), Err(StoreError::Damaged(place)) if place.contains(&segment_name(segment)))
}

#[test]
fn each_record_of_a_long_segment_is_found() {
    let folder = TempDir::new().unwrap();
    let mut random = Random(1);
    let mut expected = Vec::new();
    let journal = open(folder.path(), u64::MAX);
    for _ in 0..300 {
        let length = random.below(9000) as usize;
        let body = random.bytes(length);
        wait(journal.append(vec![body.clone()])).unwrap();
        expected.push(body);
    }
    let reopened = |journal: Journal| {
        drop(journal);
        open(folder.path(), u64::MAX)
    };
    let check = |journal: &Journal| {
        for (position, body) in (1u64..).zip(&expected) {
            assert_eq!(journal.read(position, 1).unwrap()[0].bytes, *body, "record {position}");
        }
        assert_eq!(journal.read(1, 1000).unwrap().len(), 300);
    };
    check(&journal);
    check(&reopened(journal));
}

#[test]
fn records_that_changed_places_are_damage_when_read() {
    let folder = TempDir::new().unwrap();
    let journal = open(folder.path(), u64::MAX);
    wait(journal.append(vec![vec![1; 100], vec![2; 100]])).unwrap();
    let path = folder.path().join(segment_name(1));
    let bytes = fs::read(&path).unwrap();
    let (first, second) = (HEADER_LENGTH..HEADER_LENGTH + 141, HEADER_LENGTH + 141..HEADER_LENGTH + 282);
    let exchanged = [&bytes[..HEADER_LENGTH], &bytes[second], &bytes[first], &bytes[HEADER_LENGTH + 282..]].concat();
    fs::write(&path, exchanged).unwrap();
    assert!(matches!(journal.read(1, 2), Err(StoreError::Damaged(_))));
}

#[test]
fn record_rewritten_with_good_checksums_breaks_the_chain() {
    let folder = TempDir::new().unwrap();
    wait(open(folder.path(), u64::MAX).append(vec![vec![1; 100]])).unwrap();
    let path = folder.path().join(segment_name(1));
    let mut bytes = fs::read(&path).unwrap();
    let mut forged = Vec::new();
    encode_record(1, &[2; 100], &mut forged);
    bytes[HEADER_LENGTH..HEADER_LENGTH + forged.len()].copy_from_slice(&forged);
    fs::write(&path, bytes).unwrap();
    assert_ne!(verify(&Disk, folder.path()).map(|summary| summary.torn_bytes).unwrap_or(1), 0);
}

#[test]
fn segment_of_another_journal_breaks_the_chain() {
    let (folder, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fill_pairs(folder.path(), 0);
    fill_pairs(other.path(), 100);
    assert!(verify(&Disk, other.path()).is_ok());
    let last = verify(&Disk, other.path()).unwrap().segments as usize;
    fs::copy(other.path().join(segment_name(last)), folder.path().join(segment_name(last))).unwrap();
    assert!(names_damage(folder.path(), last));
}

#[test]
fn segment_that_skips_a_position_is_damage() {
    let folder = TempDir::new().unwrap();
    fill_pairs(folder.path(), 0);
    let summary = verify(&Disk, folder.path()).unwrap();
    let next = summary.segments as usize + 1;
    let path = folder.path().join(segment_name(next));
    let header = |first| Header { first, tag: [1; 16], previous: summary.digest }.encode();
    fs::write(&path, header(11)).unwrap();
    assert!(verify(&Disk, folder.path()).is_ok());
    fs::write(&path, header(12)).unwrap();
    assert!(names_damage(folder.path(), next));
}

#[test]
fn gap_in_the_numbers_of_segments_is_damage() {
    let folder = TempDir::new().unwrap();
    fill_pairs(folder.path(), 0);
    let last = verify(&Disk, folder.path()).unwrap().segments as usize;
    let place = |number| folder.path().join(segment_name(number));
    fs::rename(place(last), place(last + 1)).unwrap();
    assert!(names_damage(folder.path(), last));
}

#[test]
fn mark_counts_only_with_its_tag_and_at_its_place() {
    let mut bytes = Vec::new();
    encode_mark(&[1; 16], 500, &[2; 32], &mut bytes);
    assert!(matches!(decode(&bytes, &[1; 16], 500, 1), Frame::Mark { .. }));
    assert!(matches!(decode(&bytes, &[9; 16], 500, 1), Frame::Bad(_)));
    assert!(matches!(decode(&bytes, &[1; 16], 501, 1), Frame::Bad(_)));
}

#[test]
fn body_that_does_not_match_its_digest_is_found_by_verify() {
    let header = Header { first: 1, tag: [1; 16], previous: [0; 32] };
    let mut frame = Vec::new();
    encode_record(1, b"good", &mut frame);
    // Another digest under a checksum that fits it: what a fault in memory before the write would leave.
    frame[5] ^= 1;
    let crc = crc32c::crc32c_append(crc32c::crc32c(&1u64.to_be_bytes()), &frame[..37]);
    let crc = crc32c::crc32c_append(crc, b"good");
    frame[37..41].copy_from_slice(&crc.to_be_bytes());
    let bytes = [header.encode(), frame].concat();
    assert_eq!(scan(&bytes, false).unwrap().records, 1);
    assert_eq!(scan(&bytes, true).unwrap().records, 0);
}
