//! `GET /api/events`: server-sent events that name feeds which moved. Who hears it does an ordinary exchange or query.
//!
//! Rule: staff hear every feed of the county; a phone with a valid pass hears the feeds of its grant. A listener that is
//! too slow misses names, never data: it is told `all`.

use super::exchange::{PASS_COOKIE, phone};
use super::problem::Problem;
use super::secure;
use super::staff::{COOKIE, with};
use crate::access::{grants, session};
use crate::intake::{Intake, now_ms};
use futures_util::stream::{self, Stream};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use warp::reply::Response;
use warp::sse::Event;
use warp::{Filter, Rejection, Reply};

/// A comment is sent this often, so that proxies and phones keep the connection.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// What a listener may hear.
enum Hears {
    Everything,
    Feeds(BTreeSet<String>),
}

/// The route.
pub fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "events")
        .and(warp::get())
        .and(warp::cookie::optional::<String>(COOKIE))
        .and(warp::cookie::optional::<String>(PASS_COOKIE))
        .and(with(intake))
        .and_then(|token: Option<String>, pass: Option<String>, intake: Arc<Intake>| async move {
            let hears = hears(&intake, token, pass).map_err(warp::reject::custom)?;
            let events = events(intake.progress.moved.subscribe(), hears);
            let kept = warp::sse::keep_alive().interval(KEEP_ALIVE).stream(events);
            Ok::<_, Rejection>(secure::bare(warp::sse::reply(kept).into_response()))
        })
}

fn hears(intake: &Intake, token: Option<String>, pass: Option<String>) -> Result<Hears, Problem> {
    let now_ms = now_ms();
    if let Some(token) = token
        && session::person(&*intake.store, &token, now_ms)?.is_some()
    {
        return Ok(Hears::Everything);
    }
    let device = phone(intake, pass)?;
    let county = &intake.founded.county.code;
    let feeds = grants::feeds(&*intake.store, county, &device.grants.grants, now_ms)?;
    Ok(Hears::Feeds(feeds.into_iter().collect()))
}

fn events(moved: Receiver<Arc<str>>, hears: Hears) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold((moved, hears), |(mut moved, hears)| async move {
        loop {
            let feed = match moved.recv().await {
                Ok(feed) => feed,
                Err(RecvError::Lagged(_)) => "all".into(),
                Err(RecvError::Closed) => return None,
            };
            let heard = match &hears {
                Hears::Everything => true,
                Hears::Feeds(feeds) => &*feed == "all" || feeds.contains(&*feed),
            };
            if heard {
                return Some((Ok(Event::default().event("feed").data(&*feed)), (moved, hears)));
            }
        }
    })
}
