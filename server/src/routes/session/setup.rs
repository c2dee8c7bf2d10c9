//! `/api/setup`: whether there is a county yet; and while there is none, making it.
//!
//! Always true: a county is made once, by whoever holds the code that the terminal printed, from the site's own page; until
//! then every other route of the API says `not_founded`. Deliberately not here: what stands in the first records
//! (`intake/found`).

use super::{opened, shown};
use crate::access::session as sessions;
use crate::access::{AccessRecord, Person, Role, Session, code};
use crate::county::view::{self, Founding, SetupState};
use crate::intake::county::new_person;
use crate::intake::{found, now_ms};
use crate::routes::problem::{self, Problem};
use crate::routes::site::Site;
use crate::routes::staff::own_origin;
use crate::routes::{app, secure};
use crate::store::contract::Store;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::{Mutex, oneshot};
use warp::http::StatusCode;
use warp::path::FullPath;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};
use zoufang_sync_protocol::roster::CountyTable;
use zoufang_sync_protocol::unit::{Level, Unit};

const BODY_BYTES_MAX: u64 = 4096;
/// Characters of a county's name.
const NAME_MAX: usize = 50;

/// A server without a county.
pub struct Setup {
    store: Arc<dyn Store>,
    code: String,
    /// Told once the county is there.
    founded: Mutex<Option<oneshot::Sender<()>>>,
}

impl Setup {
    /// Waits for whoever has `code` (its digest); tells `founded` when it is done.
    pub fn new(store: Arc<dyn Store>, code: String, founded: oneshot::Sender<()>) -> Self {
        Self { store, code, founded: Mutex::new(Some(founded)) }
    }

    async fn found(&self, asked: &Founding) -> Result<Response, Problem> {
        if code::digest_of(&asked.code) != self.code {
            return Err(Problem::CodeUnknown);
        }
        let mut founded = self.founded.lock().await;
        let done = founded.take().ok_or_else(already)?;
        match self.write(asked).await {
            Ok((session, token)) => {
                // Nobody waits any more where the server is stopping: the county is there all the same.
                let _ = done.send(());
                opened(StatusCode::CREATED, &session, &token)
            }
            Err(problem) => {
                *founded = Some(done);
                Err(problem)
            }
        }
    }

    async fn write(&self, asked: &Founding) -> Result<(view::Session, String), Problem> {
        let unit = Unit::parse(asked.county.trim()).ok().filter(|unit| unit.level() == Level::County);
        let unit = unit.ok_or_else(|| Problem::BadRequest("county".to_owned()))?;
        let name = asked.county_name.trim();
        if name.is_empty() || name.chars().count() > NAME_MAX {
            return Err(Problem::BadRequest("county_name".to_owned()));
        }
        let administrator: Person = new_person(&asked.person, Role::Administrator)?;
        let county = CountyTable { code: unit.to_string(), name: name.to_owned(), filing_no: String::new() };
        let (token, digest) = sessions::token()?;
        let (person_id, expires_ms) = (administrator.id.clone(), now_ms() + sessions::SESSION_MS);
        let session = Session { digest, person_id, expires_ms, code: String::new() };
        let shown = shown(&county, &administrator);
        found::found(&*self.store, &county, administrator, AccessRecord::SessionOpened(session)).await?;
        Ok((shown, token))
    }
}

/// What a server without a county answers.
pub fn before(
    setup: Arc<Setup>,
    site: &Site,
) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone + use<> {
    let make = warp::path!("api" / "setup")
        .and(warp::post())
        .and(warp::header::optional::<String>("origin"))
        .and(warp::header::optional::<String>("host"))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(warp::any().map(move || setup.clone()))
        .and_then(|origin: Option<String>, host: Option<String>, asked: Founding, setup: Arc<Setup>| async move {
            own_origin(origin.as_deref(), host.as_deref()).map_err(warp::reject::custom)?;
            setup.found(&asked).await.map_err(warp::reject::custom)
        });
    let other = warp::path::full().and_then(|path: FullPath| async move {
        let is_other = path.as_str().starts_with("/api/") && path.as_str() != "/api/setup";
        Err::<Response, Rejection>(if is_other { warp::reject::custom(not_yet()) } else { warp::reject::not_found() })
    });
    state(site, false).or(make).unify().or(other).unify().or(app::routes()).unify().recover(problem::recover).unify()
}

/// `GET /api/setup` of a server with a county.
pub fn routes(site: &Site) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    state(site, true)
}

fn state(site: &Site, founded: bool) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let state = SetupState { founded, secure: site.is_secure() };
    warp::path!("api" / "setup").and(warp::get()).map(move || secure::bare(warp::reply::json(&state).into_response()))
}

fn not_yet() -> Problem {
    Problem::Told {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: "not_founded",
        about: String::new(),
        zh: "这台服务器还没有建县。请打开启动时终端里打印的链接。",
        en: "This server has no county yet. Open the link that the terminal printed when it was started.",
    }
}

fn already() -> Problem {
    Problem::Told {
        status: StatusCode::CONFLICT,
        code: "founded",
        about: String::new(),
        zh: "这里已经建好县了，请登录。",
        en: "The county is there already; sign in.",
    }
}
