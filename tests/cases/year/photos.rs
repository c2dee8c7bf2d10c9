//! What the county has of photos that went wrong, asked over HTTP and looked for on the server's disk.
//!
//! Deliberately not here: how photos come in.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use zoufang_server::county::view::RecordDetail;
use zoufang_server::demo::dirt::other_picture;
use zoufang_server::photos::{PhotoRoom, hash_of};
use zoufang_tests::bed::Bed;

/// The record names the photo; staff see it or not; the disk holds what the answer says, and no place of anything.
pub(super) fn check(bed: &Bed, record: &RecordDetail, right: &Value) {
    assert_eq!(record.fields["photos"], right["photos"]);
    let hash = right["photos"][0].as_str().unwrap();
    let path = format!("/api/county/records/{}/photos/{hash}", record.row.record_id);
    let seen = bed.county().ask("GET", &path, None).unwrap();
    assert_eq!(seen.status, if right["there"] == true { 200 } else { 404 });
    let files = files(&bed.data().join("photos"));
    if let Some(bytes) = right["bytes"].as_u64() {
        assert_eq!((seen.body.len() as u64, hash_of(&seen.body).as_str()), (bytes, hash));
    }
    if let Some(kept) = right["kept_bytes"].as_u64() {
        let ending = format!("{hash}-{}", right["of_bytes"]);
        let part = files.iter().find(|file| file.to_string_lossy().ends_with(&ending)).expect("the half is kept");
        assert_eq!(fs::metadata(part).unwrap().len(), kept);
        let device = part.file_name().unwrap().to_str().unwrap().split('-').next().unwrap();
        let rest = &other_picture()[kept as usize..];
        PhotoRoom::new(bed.data().join("photos")).append(device, hash, kept, rest).unwrap();
        let seen = bed.county().ask("GET", &path, None).unwrap();
        assert_eq!((seen.status, seen.body), (200, other_picture()), "the rest makes it whole");
    }
    if let Some(refused) = right["refused"].as_str() {
        assert!(!files.iter().any(|file| file.to_string_lossy().contains(refused)), "nothing of it stays");
    }
    let has_exif = |file: &PathBuf| fs::read(file).unwrap().windows(4).any(|word| word == b"Exif");
    let files = self::files(&bed.data().join("photos"));
    assert!(!files.is_empty() && !files.iter().any(has_exif), "no file holds a place");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>());
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.unwrap_or_default().into_iter().flat_map(below).collect()
}
