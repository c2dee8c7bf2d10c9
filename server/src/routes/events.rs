//! `GET /api/events`: server-sent events that name feeds which moved. Who hears it does an ordinary exchange or query.
//!
//! Rule: staff hear every feed of the county, or of their township; a phone with a valid pass hears the feeds of its grant. A listener that is
//! too slow misses names, never data: it is told `all`.

use super::exchange::{PASS_COOKIE, phone};
use super::problem::Problem;
use super::secure;
use super::staff::{COOKIE, with};
use crate::access::{grants, session};
use crate::intake::people::LINE_ENDS;
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
    /// Units that begin so, and what concerns all.
    Within(String),
    /// A phone's, until its line ends.
    Feeds {
        feeds: BTreeSet<String>,
        line_ends: String,
    },
}

impl Hears {
    /// Whether a move is told; none: nothing more is.
    fn is_told(&self, feed: &str) -> Option<bool> {
        let of_unit = |unit: &str| feed.split_once('/').is_some_and(|(_, of)| of.starts_with(unit));
        match self {
            _ if feed == "all" => Some(true),
            Self::Feeds { line_ends, .. } if feed == line_ends => None,
            _ if feed.starts_with(LINE_ENDS) => Some(false),
            Self::Everything => Some(true),
            Self::Within(unit) => Some(of_unit(unit)),
            Self::Feeds { feeds, .. } => Some(feeds.contains(feed)),
        }
    }
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
        && let Some((person, _)) = session::person(&*intake.store, &token, now_ms)?
    {
        return Ok(person.unit.map_or(Hears::Everything, Hears::Within));
    }
    let device = phone(intake, pass)?;
    let county = &intake.founded.county.code;
    let feeds = grants::feeds(&*intake.store, county, &device, now_ms)?;
    Ok(Hears::Feeds { feeds: feeds.into_iter().collect(), line_ends: format!("{LINE_ENDS}{}", device.id) })
}

fn events(moved: Receiver<Arc<str>>, hears: Hears) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    stream::unfold((moved, hears), |(mut moved, hears)| async move {
        loop {
            let feed = match moved.recv().await {
                Ok(feed) => feed,
                Err(RecvError::Lagged(_)) => "all".into(),
                Err(RecvError::Closed) => return None,
            };
            if hears.is_told(&feed)? {
                return Some((Ok(Event::default().event("feed").data(&*feed)), (moved, hears)));
            }
        }
    })
}
