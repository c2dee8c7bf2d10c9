//! `/api/session`: sign in with a one-time code, see who is signed in, sign out.

pub mod setup;

use super::problem::Problem;
use super::secure;
use super::staff::{COOKIE, own_origin, staff, with};
use crate::access::{Person, session};
use crate::county::view::{Session, SignIn};
use crate::intake::Intake;
use std::sync::Arc;
use warp::http::{HeaderValue, StatusCode, header};
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};
use zoufang_sync_protocol::roster::CountyTable;

const BODY_BYTES_MAX: u64 = 4096;

/// The routes. Rules: signing in needs the code and the site's own page; the rest a session.
pub fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "session");
    let sign_in = path
        .and(warp::post())
        .and(with(intake))
        .and(warp::header::optional::<String>("origin"))
        .and(warp::header::optional::<String>("host"))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and_then(|intake: Arc<Intake>, origin: Option<String>, host: Option<String>, body: SignIn| async move {
            own_origin(origin.as_deref(), host.as_deref()).map_err(warp::reject::custom)?;
            sign_in(&intake, &body.code).await.map_err(warp::reject::custom)
        });
    let show = path.and(warp::get()).and(staff(intake)).and(with(intake)).map(|person: Person, intake: Arc<Intake>| {
        secure::bare(warp::reply::json(&shown(&intake.founded.county, &person)).into_response())
    });
    let sign_out = path
        .and(warp::delete())
        .and(staff(intake))
        .and(warp::cookie::optional::<String>(COOKIE))
        .and(with(intake))
        .and_then(|_: Person, token: Option<String>, intake: Arc<Intake>| async move {
            sign_out(&intake, token).await.map_err(warp::reject::custom)
        });
    sign_in.or(show).unify().or(sign_out).unify()
}

async fn sign_in(intake: &Intake, code: &str) -> Result<Response, Problem> {
    let (person, token) = intake.sign_in(code).await?;
    opened(StatusCode::OK, &shown(&intake.founded.county, &person), &token)
}

/// Answers with a session that begins, and its cookie.
pub(super) fn opened(status: StatusCode, session: &Session, token: &str) -> Result<Response, Problem> {
    let lasts = session::SESSION_MS / 1000;
    let response = warp::reply::with_status(warp::reply::json(session), status).into_response();
    with_cookie(response, &format!("{token}; Max-Age={lasts}"))
}

async fn sign_out(intake: &Intake, token: Option<String>) -> Result<Response, Problem> {
    if let Some(token) = token {
        intake.sign_out(&token).await?;
    }
    with_cookie(StatusCode::NO_CONTENT.into_response(), "; Max-Age=0")
}

fn with_cookie(mut response: Response, value: &str) -> Result<Response, Problem> {
    let cookie = format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict");
    let cookie = HeaderValue::from_str(&cookie).map_err(|error| Problem::Internal(error.to_string()))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(secure::bare(response))
}

/// Who is signed in, and where.
pub(super) fn shown(county: &CountyTable, person: &Person) -> Session {
    let role = match person.role {
        _ if person.unit.is_some() => "township_clerk",
        crate::access::Role::Administrator => "administrator",
        crate::access::Role::CountyClerk => "county_clerk",
        crate::access::Role::Worker => "worker",
    };
    Session {
        person: person.name.clone(),
        role: role.to_owned(),
        unit: person.unit.clone().unwrap_or_default(),
        county: county.code.clone(),
        county_name: county.name.clone(),
        filing_no: county.filing_no.clone(),
    }
}
