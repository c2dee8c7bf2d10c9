//! `/api/county/held…`: work from outside a grant, and what the county decides about it.

use super::{BODY_BYTES_MAX, json, refused};
use crate::access::Person;
use crate::county::unit_within;
use crate::county::view::{Acceptance, HeldNote};
use crate::intake::Intake;
use crate::routes::either;
use crate::routes::problem::Problem;
use crate::routes::staff::{staff, with};
use serde::Deserialize;
use std::sync::Arc;
use warp::reply::Response;
use warp::{Filter, Rejection};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    unit: String,
}

/// The routes.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let list = warp::path!("api" / "county" / "held")
        .and(warp::get())
        .and(staff(intake))
        .and(warp::query::<Asked>())
        .and(with(intake))
        .and_then(|_: Person, asked: Asked, intake: Arc<Intake>| async move {
            let unit = unit_within(&intake.founded.county.code, &asked.unit).map_err(refused)?;
            let held = intake.held_work(&unit).map_err(refused)?;
            json(&held).map_err(warp::reject::custom)
        });
    let accept = warp::path!("api" / "county" / "held" / String / "accept")
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, clerk: Person, asked: Acceptance, intake: Arc<Intake>| async move {
            let matter = intake.accept_held(&clerk, &id, &asked).await.map_err(refused)?;
            json(&matter).map_err(warp::reject::custom)
        });
    either([list.boxed(), accept.boxed(), decide(intake).boxed()])
}

fn decide(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "county" / "held" / String / String)
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, word: String, clerk: Person, asked: HeldNote, intake: Arc<Intake>| async move {
            let decided = match word.as_str() {
                "decline" => intake.decline_held(&clerk, &id, &asked.note).await,
                "reopen" => intake.reopen_held(&clerk, &id, &asked.note).await,
                _ => return Err(warp::reject::custom(Problem::NotFound(word.chars().take(40).collect()))),
            };
            let matter = decided.map_err(refused)?;
            json(&matter).map_err(warp::reject::custom)
        })
}
