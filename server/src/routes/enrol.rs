//! `POST /api/enrol`: a phone spends its code. Rule: whoever holds the code, once.
//! A code that must be approved is answered with 202 until it is.

use super::problem::Problem;
use super::{secure, staff};
use crate::intake::Intake;
use crate::intake::enrol::Enrolled;
use std::sync::Arc;
use warp::http::StatusCode;
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
            let enrolled = intake.enrol(&request).await.map_err(|error| warp::reject::custom(Problem::from(error)))?;
            Ok::<_, Rejection>(secure::bare(answer(&enrolled)))
        })
}

fn answer(enrolled: &Enrolled) -> Response {
    match enrolled {
        Enrolled::Done(answer) => warp::reply::json(answer).into_response(),
        Enrolled::Waiting(waiting) => {
            warp::reply::with_status(warp::reply::json(waiting), StatusCode::ACCEPTED).into_response()
        }
    }
}
