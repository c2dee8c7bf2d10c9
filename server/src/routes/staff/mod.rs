//! Who of the county's staff is asking: the session cookie or an API token. Every county route begins with this.
//!
//! Always true: an unsafe method by cookie is taken only from the site's own pages (Origin is compared with Host).
//! What a
//! township's clerk may ask stands in `rules`. Deliberately not here: what lies in which unit.

pub mod rules;

use super::problem::Problem;
use crate::access::{Person, Role, session};
use crate::intake::{Intake, now_ms};
use std::sync::Arc;
use warp::http::Method;
use warp::path::FullPath;
use warp::{Filter, Rejection};

/// Name of the session cookie.
pub const COOKIE: &str = "__Host-staff";

/// Hands the desk to a handler.
pub fn with(
    intake: &Arc<Intake>,
) -> impl Filter<Extract = (Arc<Intake>,), Error = std::convert::Infallible> + Clone + use<> {
    let intake = intake.clone();
    warp::any().map(move || intake.clone())
}

/// The signed-in person.
pub fn staff(intake: &Arc<Intake>) -> impl Filter<Extract = (Person,), Error = Rejection> + Clone + use<> {
    warp::method()
        .and(warp::path::full())
        .and(warp::cookie::optional::<String>(COOKIE))
        .and(warp::header::optional::<String>("authorization"))
        .and(warp::header::optional::<String>("origin"))
        .and(warp::header::optional::<String>("host"))
        .and(with(intake))
        .and_then(
            |method: Method, path: FullPath, cookie, authorization, origin, host, intake: Arc<Intake>| async move {
                let person =
                    find(&method, cookie, authorization, origin, host, &intake).map_err(warp::reject::custom)?;
                rules::check(&person, method.as_str(), path.as_str()).map_err(warp::reject::custom)?;
                Ok::<_, Rejection>(person)
            },
        )
}

fn find(
    method: &Method,
    cookie: Option<String>,
    authorization: Option<String>,
    origin: Option<String>,
    host: Option<String>,
    intake: &Intake,
) -> Result<Person, Problem> {
    let bearer = authorization.as_deref().and_then(|value| value.strip_prefix("Bearer "));
    let token = bearer.or(cookie.as_deref()).ok_or(Problem::NotSignedIn)?;
    if bearer.is_none() && !method.is_safe() {
        own_origin(origin.as_deref(), host.as_deref())?;
    }
    let (person, _) = session::person(&*intake.store, token, now_ms())?.ok_or(Problem::NotSignedIn)?;
    match person.role {
        Role::Administrator | Role::CountyClerk => Ok(person),
        Role::Worker => Err(Problem::NotAllowed("role".to_owned())),
    }
}

/// Whether the request came from one of this site's own pages.
pub fn own_origin(origin: Option<&str>, host: Option<&str>) -> Result<(), Problem> {
    let page = origin.and_then(|origin| origin.split_once("://")).map(|(_, page)| page);
    if page.is_some() && page == host { Ok(()) } else { Err(Problem::NotAllowed("origin".to_owned())) }
}
