//! Photos that go wrong: lost on the way, half of it there, with the place where it was taken.
//!
//! Always true: a visit counts whatever becomes of its picture. Deliberately not here: the room for photos.

use super::answer::Answer;
use super::hands::{Hands, value_fen, with};
use crate::demo::fill::{FillError, PhotoPart};
use crate::photos::{hash_of, picture};
use serde_json::{Value, json};

const DAY: &str = "2024-07-25";
/// A lane between fields, 32 by 24 points, as a phone's camera and its app would leave it.
const PICTURE: &[u8] = include_bytes!("../../../pictures/lane.jpg");

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    Ok(vec![never_came(hands).await?, half_uploaded(hands).await?, with_gps(hands).await?])
}

/// The record names a picture that was lost on the way: nothing waits for it.
async fn never_came(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let hash = "5e".repeat(32);
    log(hands, "photo_never_came", &hash, [], json!({ "there": false })).await
}

/// The signal broke in the middle: the half stays and waits for the rest.
async fn half_uploaded(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let whole = other_picture();
    let half = whole[..whole.len() / 2].to_vec();
    let right = json!({ "there": false, "kept_bytes": half.len(), "of_bytes": whole.len() });
    log(hands, "photo_half_uploaded", &hash_of(&whole), [(whole.as_slice(), half)], right).await
}

/// The lane by another density (JFIF 1.02, the low byte of Xdensity): another file, as good a picture.
pub fn other_picture() -> Vec<u8> {
    const DENSITY_AT: usize = 15;
    let mut whole = PICTURE.to_vec();
    whole[DENSITY_AT] += 1;
    whole
}

/// A camera's own file is refused, and nothing of it stays; without what the camera wrote beside it, the picture is kept.
async fn with_gps(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let raw = as_the_camera_wrote_it();
    let clean = picture::stripped_jpeg(&raw).expect("a JPEG whatever is beside it");
    let parts = [(raw.as_slice(), raw.clone()), (clean.as_slice(), clean.clone())];
    let right = json!({ "there": true, "refused": hash_of(&raw), "bytes": clean.len() });
    log(hands, "photo_with_gps", &hash_of(&clean), parts, right).await
}

/// A visit that names `hash`, by a phone that also sends the beginnings of pictures: `(whole, as far as it came)`.
async fn log<const N: usize>(
    hands: &mut Hands<'_>,
    kind: &str,
    hash: &str,
    parts: [(&[u8], Vec<u8>); N],
    right: Value,
) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = with(hands.visit(station, person, DAY), "photos", json!([hash]));
    let phone = hands.log(station, std::slice::from_ref(&visit)).await?;
    for (whole, bytes) in parts {
        let part = PhotoPart { device: phone.device(), hash: hash_of(whole), length: whole.len() as u64, bytes };
        // A refusal is what some of these are for; the answer says which.
        let _refused = (hands.ways.upload)(part).await;
    }
    let mut right = right;
    right["photos"] = json!([hash]);
    Ok(Answer::about(kind, [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(right))
}

/// The picture with an EXIF segment that holds a place (TIFF 6.0, EXIF 2.32: IFD0 with a GPS IFD, latitude and longitude).
fn as_the_camera_wrote_it() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [tag.to_le_bytes().to_vec(), kind.to_le_bytes().to_vec(), count.to_le_bytes().to_vec(), value.to_vec()].concat()
    };
    const GPS_IFD: u32 = 26;
    const DEGREES: u32 = GPS_IFD + 2 + 4 * 12 + 4;
    let ratio = |whole: u32| [whole.to_le_bytes(), 1_u32.to_le_bytes()].concat();
    let tiff = [
        b"II\x2a\0\x08\0\0\0".to_vec(),
        1_u16.to_le_bytes().to_vec(),
        entry(0x8825, 4, 1, GPS_IFD.to_le_bytes()),
        0_u32.to_le_bytes().to_vec(),
        4_u16.to_le_bytes().to_vec(),
        entry(1, 2, 2, *b"N\0\0\0"),
        entry(2, 5, 3, DEGREES.to_le_bytes()),
        entry(3, 2, 2, *b"E\0\0\0"),
        entry(4, 5, 3, (DEGREES + 24).to_le_bytes()),
        0_u32.to_le_bytes().to_vec(),
        [34, 3, 12, 111, 2, 44].map(ratio).concat(),
    ]
    .concat();
    let segment = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = (segment.len() as u16 + 2).to_be_bytes();
    [&PICTURE[..2], &[0xff, 0xe1], &length, &segment, &PICTURE[2..]].concat()
}
