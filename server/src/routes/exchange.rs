//! `POST /api/sync`: one exchange. Gives the phone its pass for events, when the old one is past half its life.

use super::problem::Problem;
use super::{body, secure, staff};
use crate::access::{self, Device, hex, session};
use crate::intake::{Intake, now_ms};
use bytes::Bytes;
use std::sync::Arc;
use warp::http::{HeaderValue, header};
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};
use zoufang_sync_protocol::limits::REQUEST_BYTES_MAX;

/// Name of the cookie that carries a phone's pass.
pub const PASS_COOKIE: &str = "__Host-phone";

/// The route. Rule: a request signed by an enrolled device; reads within its grant.
pub fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "sync")
        .and(warp::post())
        .and(staff::with(intake))
        .and(warp::cookie::optional::<String>(PASS_COOKIE))
        .and(body::whole(REQUEST_BYTES_MAX))
        .and_then(|intake: Arc<Intake>, pass: Option<String>, bytes: Bytes| async move {
            exchange(&intake, pass, &bytes).await.map_err(warp::reject::custom)
        })
}

async fn exchange(intake: &Intake, pass: Option<String>, bytes: &[u8]) -> Result<Response, Problem> {
    intake.metrics.exchange_bytes_in.add(bytes.len() as u64);
    let answered = intake.exchange(bytes).await?;
    intake.metrics.exchange_bytes_out.add(answered.bytes.len() as u64);
    let mut response = answered.bytes.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/cbor"));
    let now_ms = now_ms();
    let held = pass.and_then(|pass| session::device_of_pass(&intake.keys, &pass, now_ms));
    let lasts =
        held.is_some_and(|(device, ends_ms)| device == answered.device && ends_ms > now_ms + session::PASS_MS / 2);
    if !lasts && answered.may_listen {
        let pass = session::pass(&intake.keys, answered.device, now_ms);
        let cookie = format!("{PASS_COOKIE}={pass}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600");
        let cookie = HeaderValue::from_str(&cookie).map_err(|error| Problem::Internal(error.to_string()))?;
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(secure::bare(response))
}

/// The phone behind a pass, if it is still enrolled.
pub fn phone(intake: &Intake, pass: Option<String>) -> Result<Device, Problem> {
    let pass = pass.and_then(|pass| session::device_of_pass(&intake.keys, &pass, now_ms()));
    let (device, _) = pass.ok_or(Problem::NotSignedIn)?;
    let device = access::device(&*intake.store, &hex(&device))?.filter(|device| device.withdrawn_ms.is_none());
    device.ok_or(Problem::NotSignedIn)
}
