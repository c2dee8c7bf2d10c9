//! A photo in pieces, cut anywhere; wrong bytes; the disk's state after each.

use super::*;

const PICTURE: &[u8] = include_bytes!("../../pictures/lane.jpg");
const PHONE: &str = "0f";

fn room() -> (tempfile::TempDir, PhotoRoom) {
    let folder = tempfile::tempdir().unwrap();
    let room = PhotoRoom::new(folder.path().join("photos"));
    (folder, room)
}

fn files(room: &PhotoRoom) -> usize {
    let count = |folder: PathBuf| {
        fs::read_dir(folder).map(|entries| entries.filter(|one| one.as_ref().unwrap().path().is_file()).count())
    };
    let shelves =
        fs::read_dir(&room.folder).map(|shelves| shelves.map(|shelf| shelf.unwrap().path()).collect::<Vec<_>>());
    shelves.unwrap_or_default().into_iter().map(|shelf| count(shelf).unwrap_or_default()).sum()
}

#[test]
fn an_upload_cut_at_any_byte_goes_on_where_it_ended() {
    let hash = hash_of(PICTURE);
    let length = PICTURE.len() as u64;
    for cut in 0..PICTURE.len() {
        let (folder, room) = room();
        room.begin(PHONE, &hash, length).unwrap();
        room.append(PHONE, &hash, 0, &PICTURE[..cut]).unwrap();
        // The process ends here; another begins.
        let room = PhotoRoom::new(room.folder.clone());
        assert!(matches!(room.read(&hash), Err(PhotoError::NotFound)), "half a photo has no name");
        let standing = room.begin(PHONE, &hash, length).unwrap();
        assert_eq!(standing, Standing { offset: cut as u64, length });
        room.append(PHONE, &hash, standing.offset, &PICTURE[cut..]).unwrap();
        assert_eq!((room.read(&hash).unwrap().as_slice(), files(&room)), (PICTURE, 1));
        drop(folder);
    }
}

#[test]
fn what_was_taken_is_not_taken_twice_and_serves_every_phone() {
    let (_folder, room) = room();
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    room.begin(PHONE, &hash, length).unwrap();
    room.append(PHONE, &hash, 0, PICTURE).unwrap();
    let whole = Standing { offset: length, length };
    assert_eq!((room.begin("0e", &hash, length).unwrap(), room.standing(PHONE, &hash).unwrap()), (whole, whole));
    assert!(matches!(room.append(PHONE, &hash, 0, PICTURE), Err(PhotoError::Offset(at)) if at == length));
}

#[test]
fn refused_bytes_leave_nothing_behind() {
    let gps = [&PICTURE[..2], &[0xff, 0xe1, 0, 9], b"Exif\0\0G", &PICTURE[2..]].concat();
    let wanted = [
        (gps.as_slice(), hash_of(&gps), "metadata"),
        (PICTURE, "0".repeat(64), "another hash"),
        (b"text", hash_of(b"text"), "not a picture"),
    ];
    for (bytes, hash, why) in wanted {
        let (_folder, room) = room();
        room.begin(PHONE, &hash, bytes.len() as u64).unwrap();
        assert_eq!(room.append(PHONE, &hash, 0, bytes).unwrap_err().to_string(), why);
        assert!(matches!(room.standing(PHONE, &hash), Err(PhotoError::NotFound)) && files(&room) == 0, "{why}");
    }
}

#[test]
fn sizes_names_and_parts_have_limits() {
    let (_folder, room) = room();
    let hash = |number: usize| hash_of(&number.to_be_bytes());
    assert!(matches!(room.begin(PHONE, &hash(0), PHOTO_BYTES_MAX + 1), Err(PhotoError::Size(_))));
    assert!(matches!(room.begin(PHONE, &hash(0), 0), Err(PhotoError::Size(0))));
    assert!(matches!(room.begin(PHONE, "../../keys/secret", 1), Err(PhotoError::NotAHash)));
    (0..PARTS_PER_DEVICE_MAX + 3).for_each(|number| assert!(room.begin(PHONE, &hash(number), 9).is_ok()));
    assert_eq!(files(&room), PARTS_PER_DEVICE_MAX, "the oldest gave way, and nobody is locked out");
    assert!(room.begin("0e", &hash(99), 9).is_ok(), "another phone has room of its own");
    let last = &hash(PARTS_PER_DEVICE_MAX + 2);
    assert!(matches!(room.append(PHONE, last, 0, &[0; 10]), Err(PhotoError::Size(10))));
    assert!(matches!(room.append(PHONE, last, 3, &[0; 2]), Err(PhotoError::Offset(0))));
}

#[test]
fn a_bit_that_flipped_is_told_and_not_shown() {
    let (_folder, room) = room();
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    room.begin(PHONE, &hash, length).unwrap();
    room.append(PHONE, &hash, 0, PICTURE).unwrap();
    let mut bytes = PICTURE.to_vec();
    bytes[100] ^= 1;
    fs::write(room.path(&hash), bytes).unwrap();
    assert!(matches!(room.read(&hash), Err(PhotoError::Failed(_))));
}

/// A kill between the last byte and the name leaves a part with all its bytes: it is never told to be whole before it is kept.
fn killed_before_the_name(bytes: &[u8]) -> (tempfile::TempDir, PhotoRoom) {
    let (folder, room) = room();
    room.begin(PHONE, &hash_of(bytes), bytes.len() as u64).unwrap();
    let part = room.part(PHONE, &hash_of(bytes)).unwrap().unwrap();
    fs::write(part.path, bytes).unwrap();
    (folder, room)
}

#[test]
fn whole_is_told_only_of_what_is_kept_after_a_kill_too() {
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    let whole = Standing { offset: length, length };
    type Way = fn(&PhotoRoom, &str, u64) -> Result<Standing, PhotoError>;
    let ways: [Way; 3] = [
        |room, hash, _| room.standing(PHONE, hash),
        |room, hash, length| room.begin(PHONE, hash, length),
        |room, hash, length| room.append(PHONE, hash, length, &[]),
    ];
    for way in ways {
        let (_folder, room) = killed_before_the_name(PICTURE);
        assert_eq!(way(&room, &hash, length).unwrap(), whole);
        assert_eq!((room.read(&hash).unwrap().as_slice(), files(&room)), (PICTURE, 1));
    }
    let (_folder, room) = killed_before_the_name(PICTURE);
    room.tidy_up(SystemTime::now()).unwrap();
    assert_eq!((room.read(&hash).unwrap().as_slice(), files(&room)), (PICTURE, 1));
    let (_folder, room) = killed_before_the_name(&[PICTURE, b"34.05 N"].concat());
    room.tidy_up(SystemTime::now()).unwrap();
    assert_eq!(files(&room), 0, "no place stays on the disk");
}

#[test]
fn parts_that_nobody_needs_or_goes_on_with_go() {
    let (_folder, room) = room();
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    room.begin("0e", &hash, length).unwrap();
    room.begin(PHONE, &hash, 9).unwrap();
    room.append(PHONE, &hash, 0, &PICTURE[..5]).unwrap();
    assert_eq!(room.begin(PHONE, &hash, length).unwrap(), Standing { offset: 0, length }, "another length begins anew");
    room.append(PHONE, &hash, 0, PICTURE).unwrap();
    assert_eq!(files(&room), 1, "the other phone's part of the same photo is not needed");
    room.begin(PHONE, &hash_of(b"lost"), 9).unwrap();
    room.tidy_up(SystemTime::now() + PART_KEPT / 2).unwrap();
    assert_eq!(files(&room), 2);
    room.tidy_up(SystemTime::now() + PART_KEPT * 2).unwrap();
    assert_eq!((files(&room), room.read(&hash).is_ok()), (1, true), "what is whole stays");
}

#[test]
fn a_full_disk_takes_nothing_forgets_nothing_and_goes_on_when_there_is_room() {
    let (_folder, room) = room();
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    room.begin(PHONE, &hash, length).unwrap();
    room.append(PHONE, &hash, 0, &PICTURE[..7]).unwrap();
    let full = PhotoRoom { free_floor: u64::MAX, ..PhotoRoom::new(room.folder.clone()) };
    assert!(matches!(full.append(PHONE, &hash, 7, &PICTURE[7..]), Err(PhotoError::Full(_))));
    assert!(matches!(full.begin(PHONE, &hash_of(b"other"), 9), Err(PhotoError::Full(_))));
    assert_eq!(full.standing(PHONE, &hash).unwrap(), Standing { offset: 7, length });
    assert_eq!(room.append(PHONE, &hash, 7, &PICTURE[7..]).unwrap(), Standing { offset: length, length });
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_says_it_is_full_is_told_as_such() {
    let (_folder, room) = room();
    let (hash, length) = (hash_of(PICTURE), PICTURE.len() as u64);
    room.begin(PHONE, &hash, length).unwrap();
    let part = room.part(PHONE, &hash).unwrap().unwrap().path;
    fs::remove_file(&part).unwrap();
    std::os::unix::fs::symlink("/dev/full", &part).unwrap();
    assert!(matches!(room.append(PHONE, &hash, 0, PICTURE), Err(PhotoError::Full(_))));
    assert!(matches!(room.read(&hash), Err(PhotoError::NotFound)));
}
