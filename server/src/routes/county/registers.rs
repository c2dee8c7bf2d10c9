//! `/api/county/registers`: the registers in force, and the upload of one.
//!
//! Always true: a file with faults is answered with all of them, each with its place.

use super::{json, refused};
use crate::access::Person;
use crate::county::registers;
use crate::county::view::{Failure, FailureText, RegisterRefused};
use crate::intake::{Intake, IntakeError};
use crate::routes::body;
use crate::routes::problem::{Problem, RefusalCode};
use crate::routes::secure;
use crate::routes::staff::{staff, with};
use bytes::Bytes;
use std::sync::Arc;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};
use zoufang_sync_protocol::limits::REGISTER_BYTES_MAX;
use zoufang_sync_protocol::register::RegisterFaults;

/// Stable code of the answer with faults.
const CODE: &str = "register_faults";
/// Some bytes over the limit are taken in, so that a file that is a little too large is told so among its faults.
const BODY_BYTES_MAX: usize = 2 * REGISTER_BYTES_MAX;

/// The routes. Rule: a signed-in person of the county.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "county" / "registers");
    let all = path.and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |_: Person, intake: Arc<Intake>| async move {
            let infos = registers::infos(&*intake.store).map_err(refused)?;
            json(&infos).map_err(warp::reject::custom)
        },
    );
    let upload = path.and(warp::post()).and(staff(intake)).and(body::whole(BODY_BYTES_MAX)).and(with(intake)).and_then(
        |clerk: Person, file: Bytes, intake: Arc<Intake>| async move {
            take(&intake, &clerk, &file).await.map_err(warp::reject::custom)
        },
    );
    all.or(upload).unify()
}

async fn take(intake: &Intake, clerk: &Person, file: &Bytes) -> Result<Response, Problem> {
    let Ok(source) = std::str::from_utf8(file) else { return Err(Problem::BadRequest("UTF-8".to_owned())) };
    match intake.take_register(clerk, source).await {
        Ok(info) => json(&info),
        Err(IntakeError::Register(faults)) => Ok(with_faults(faults)),
        Err(error) => Err(error.into()),
    }
}

fn with_faults(faults: RegisterFaults) -> Response {
    let count = faults.0.len();
    let error = FailureText {
        code: CODE.to_owned(),
        zh: format!("台账文件有 {count} 处不对，没有启用。请逐条改好后再上传。"),
        en: format!("The register file has {count} faults and was not taken. Put each right and upload it again."),
        about: String::new(),
    };
    tracing::info!(code = CODE, faults = count, "register file refused");
    let refused = RegisterRefused { failure: Failure { error }, faults: faults.0 };
    let mut response = warp::reply::json(&refused).into_response();
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response.extensions_mut().insert(RefusalCode(CODE));
    secure::bare(response)
}
