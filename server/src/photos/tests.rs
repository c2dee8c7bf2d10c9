//! A photo in pieces, cut anywhere; wrong bytes; the disk's state after each.

use super::*;

const PICTURE: &[u8] = include_bytes!("../demo/phone/lane.jpg");
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
    (0..PARTS_PER_DEVICE_MAX).for_each(|number| assert!(room.begin(PHONE, &hash(number), 9).is_ok()));
    assert!(matches!(room.begin(PHONE, &hash(99), 9), Err(PhotoError::TooManyParts)));
    assert!(room.begin("0e", &hash(99), 9).is_ok(), "another phone has room of its own");
    assert!(matches!(room.append(PHONE, &hash(0), 0, &[0; 10]), Err(PhotoError::Size(10))));
    assert!(matches!(room.append(PHONE, &hash(0), 3, &[0; 2]), Err(PhotoError::Offset(0))));
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
