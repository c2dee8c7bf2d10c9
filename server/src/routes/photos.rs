//! `/api/photos`: photos in pieces, by tus 1.0 (core and creation), last of all that a phone sends; and one photo for staff.
//!
//! Rules: an enrolled phone with its pass brings photos and asks how far they are; staff see a photo through a record that
//! names it. Always true: bytes are kept as they come, so that an upload that was cut goes on there. Deliberately not here:
//! what is a photo (`photos`).

use super::exchange::{PASS_COOKIE, phone};
use super::problem::Problem;
use super::secure;
use super::staff::{staff, with};
use crate::access::{Device, Person};
use crate::intake::Intake;
use crate::photos::{PHOTO_BYTES_MAX, PhotoError, Standing};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Buf;
use futures_util::{Stream, TryStreamExt};
use std::pin::pin;
use std::sync::Arc;
use warp::http::{HeaderMap, HeaderValue, StatusCode, header};
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

const TUS: &str = "1.0.0";

/// The routes.
pub fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let all = warp::path!("api" / "photos");
    let one = warp::path!("api" / "photos" / String);
    let told = all.or(one.map(|_: String| ())).and(warp::options()).map(|_| answer(StatusCode::NO_CONTENT, &[]));
    let begin = all
        .and(warp::post())
        .and(spoken())
        .and(passed(intake))
        .and(warp::header::headers_cloned())
        .and(with(intake))
        .and_then(|device: Device, headers: HeaderMap, intake: Arc<Intake>| async move {
            begin(&intake, device, &headers).await.map_err(warp::reject::custom)
        });
    let standing = one.and(warp::head()).and(spoken()).and(passed(intake)).and(with(intake)).and_then(
        |hash: String, device: Device, intake: Arc<Intake>| async move {
            let standing = intake.in_photo_room(move |room| room.standing(&device.id, &hash)).await;
            standing.map(|standing| shown(StatusCode::OK, standing, None)).map_err(refused)
        },
    );
    let append = one
        .and(warp::patch())
        .and(spoken())
        .and(passed(intake))
        .and(warp::header::exact("content-type", "application/offset+octet-stream"))
        .and(warp::header::<u64>("upload-offset"))
        .and(warp::body::stream())
        .and(with(intake))
        .and_then(|hash: String, device: Device, offset: u64, body, intake: Arc<Intake>| async move {
            let standing = append(&intake, &device, &hash, offset, body).await;
            standing.map(|standing| shown(StatusCode::NO_CONTENT, standing, None)).map_err(warp::reject::custom)
        });
    told.or(begin).unify().or(standing).unify().or(append).unify().or(seen(intake)).unify()
}

fn seen(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "county" / "records" / String / "photos" / String)
        .and(warp::get())
        .and(staff(intake))
        .and(with(intake))
        .and_then(|record: String, hash: String, _: Person, intake: Arc<Intake>| async move {
            let bytes = intake.photo_of(&record, &hash).map_err(|error| warp::reject::custom(Problem::from(error)))?;
            let kind = if bytes.starts_with(b"RIFF") { "image/webp" } else { "image/jpeg" };
            Ok::<_, Rejection>(secure::bare(
                warp::reply::with_header(bytes, header::CONTENT_TYPE, kind).into_response(),
            ))
        })
}

/// A version of tus that this server does not speak is refused before anything else is looked at (tus 1.0, `Tus-Resumable`).
fn spoken() -> impl Filter<Extract = (), Error = Rejection> + Clone {
    warp::header::optional::<String>("tus-resumable")
        .and_then(|version: Option<String>| async move {
            let version = version.unwrap_or_default();
            if version == TUS { Ok(()) } else { Err(warp::reject::custom(other_tus(&version))) }
        })
        .untuple_one()
}

fn other_tus(version: &str) -> Problem {
    Problem::Told {
        status: StatusCode::PRECONDITION_FAILED,
        code: "tus_version",
        about: version.chars().take(16).collect(),
        zh: "照片只按 tus 1.0.0 接收，不接收别的版本{}。记录没有受影响，请更新应用后重新上传照片。",
        en: "Photos are taken by tus 1.0.0 and no other version{}. The record is not affected; update the app and send the photo again.",
    }
}

fn passed(intake: &Arc<Intake>) -> impl Filter<Extract = (Device,), Error = Rejection> + Clone + use<> {
    warp::cookie::optional::<String>(PASS_COOKIE)
        .and(with(intake))
        .and_then(|pass, intake: Arc<Intake>| async move { phone(&intake, pass).map_err(warp::reject::custom) })
}

async fn begin(intake: &Intake, device: Device, headers: &HeaderMap) -> Result<Response, Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let length = text("upload-length").and_then(|length| length.parse().ok());
    let length = length.ok_or_else(|| Problem::BadRequest("upload-length".to_owned()))?;
    let hash =
        text("upload-metadata").and_then(hash_in).ok_or_else(|| Problem::BadRequest("upload-metadata".to_owned()))?;
    let name = hash.clone();
    let standing = intake.in_photo_room(move |room| room.begin(&device.id, &name, length)).await?;
    Ok(shown(StatusCode::CREATED, standing, Some(&hash)))
}

/// `sha256 <base64 of 64 hexadecimal digits>` among the pairs of `Upload-Metadata`.
fn hash_in(metadata: &str) -> Option<String> {
    let value = metadata.split(',').find_map(|pair| pair.trim().strip_prefix("sha256 "))?;
    String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()
}

async fn append(
    intake: &Intake,
    device: &Device,
    hash: &str,
    offset: u64,
    body: impl Stream<Item = Result<impl Buf, warp::Error>>,
) -> Result<Standing, Problem> {
    let mut body = pin!(body);
    // Looks first, with no bytes: a part that has all of them is ended, and one that goes on elsewhere is told where.
    let mut standing = add(intake, device, hash, offset, Vec::new()).await?;
    // Each piece is kept as it comes: a body that breaks off leaves what has come, and the next request goes on behind it.
    while let Ok(Some(mut piece)) = body.try_next().await {
        let bytes = piece.copy_to_bytes(piece.remaining()).to_vec();
        standing = add(intake, device, hash, standing.offset, bytes).await?;
    }
    Ok(standing)
}

async fn add(
    intake: &Intake,
    device: &Device,
    hash: &str,
    offset: u64,
    bytes: Vec<u8>,
) -> Result<Standing, PhotoError> {
    let (device, hash) = (device.id.clone(), hash.to_owned());
    intake.in_photo_room(move |room| room.append(&device, &hash, offset, &bytes)).await
}

fn shown(status: StatusCode, standing: Standing, begun: Option<&str>) -> Response {
    let mut fields =
        vec![("upload-offset", standing.offset.to_string()), ("upload-length", standing.length.to_string())];
    fields.extend(begun.map(|hash| ("location", format!("/api/photos/{hash}"))));
    answer(status, &fields)
}

fn answer(status: StatusCode, fields: &[(&'static str, String)]) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    let said =
        [("tus-resumable", TUS.to_owned()), ("tus-version", TUS.to_owned()), ("tus-extension", "creation".to_owned())];
    for (name, value) in said.iter().chain(fields).chain(&[("tus-max-size", PHOTO_BYTES_MAX.to_string())]) {
        response
            .headers_mut()
            .extend(HeaderValue::from_str(value).ok().map(|value| (header::HeaderName::from_static(name), value)));
    }
    secure::bare(response)
}

fn refused(error: PhotoError) -> Rejection {
    warp::reject::custom(Problem::from(error))
}

impl From<PhotoError> for Problem {
    fn from(error: PhotoError) -> Self {
        let told = |status, code, about: String, zh, en| Self::Told { status, code, about, zh, en };
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match error {
            PhotoError::NotAHash | PhotoError::NotFound => Self::NotFound("photo".to_owned()),
            PhotoError::Size(bytes) => Self::TooLarge(format!("{bytes} of {PHOTO_BYTES_MAX} bytes")),
            PhotoError::Offset(at) => told(
                StatusCode::CONFLICT,
                "photo_offset",
                at.to_string(),
                "照片要从第{}字节接着传。记录没有受影响，请重新上传照片。",
                "The photo goes on at byte{}. The record is not affected; send the photo again.",
            ),
            PhotoError::HashMismatch => told(
                unprocessable,
                "photo_hash_mismatch",
                String::new(),
                "照片在路上损坏了，没有保存。记录没有受影响，请重新上传照片。",
                "The photo was damaged on its way and was not kept. The record is not affected; send the photo again.",
            ),
            PhotoError::NotAPicture => told(
                unprocessable,
                "photo_not_a_picture",
                String::new(),
                "这不是完整的 JPEG 或 WebP 照片，没有保存。请重新选一张。",
                "This is not a whole JPEG or WebP picture and was not kept. Choose another.",
            ),
            PhotoError::Metadata => told(
                unprocessable,
                "photo_metadata",
                String::new(),
                "照片里带有拍摄地点等附加信息，没有保存，已经删除。请更新应用后重新上传，应用会先去掉这些信息。",
                "The photo carries data such as the place where it was taken; it was not kept and is deleted. Update the app and \
                 send it again: the app takes such data out.",
            ),
            PhotoError::Full(_) => Self::StorageFull,
            PhotoError::Failed(reason) => Self::Internal(reason),
        }
    }
}
