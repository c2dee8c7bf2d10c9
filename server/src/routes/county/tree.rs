//! `/api/county/tree`: the division tree, and a file with one. Rule of every route: a signed-in person of the county.

use super::{json, refused};
use crate::access::Person;
use crate::county::view::UnitDays;
use crate::intake::Intake;
use crate::routes::body;
use crate::routes::staff::{staff, with};
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;
use warp::reply::Response;
use warp::{Filter, Rejection};

/// A county's tree has some hundred lines.
const TREE_BYTES_MAX: usize = 1024 * 1024;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    apply: bool,
}

/// The routes.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "county" / "tree");
    let read = path.and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |_: Person, intake: Arc<Intake>| async move {
            let tree = intake.tree().map_err(refused)?;
            json(&tree.into_iter().map(UnitDays::from).collect::<Vec<_>>()).map_err(warp::reject::custom)
        },
    );
    let take = path
        .and(warp::post())
        .and(staff(intake))
        .and(warp::query::<Asked>())
        .and(body::whole(TREE_BYTES_MAX))
        .and(with(intake))
        .and_then(|clerk: Person, asked: Asked, file: Bytes, intake: Arc<Intake>| async move {
            let check = intake.take_tree(&clerk, &file, asked.apply).await.map_err(refused)?;
            json(&check).map_err(warp::reject::custom)
        });
    read.or(take).unify()
}
