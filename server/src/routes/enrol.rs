//! `POST /api/enrol`: a phone spends its code. Rule: whoever holds the code, once.

use super::problem::Problem;
use super::{secure, staff};
use crate::intake::Intake;
use std::sync::Arc;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};
use zoufang_sync_protocol::enrol::EnrolRequest;

const BODY_BYTES_MAX: u64 = 4096;

/// The route.
pub fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "enrol")
        .and(warp::post())
        .and(staff::with(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and_then(|intake: Arc<Intake>, request: EnrolRequest| async move {
            let answer = intake.enrol(&request).await.map_err(|error| warp::reject::custom(Problem::from(error)))?;
            Ok::<_, Rejection>(secure::bare(warp::reply::json(&answer).into_response()))
        })
}
