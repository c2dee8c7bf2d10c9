//! `/api/county/records…` and `/api/county/export`: records of any register.
//!
//! Always true: what may be a name (the text that is looked for) is taken from a body alone.

use super::{BODY_BYTES_MAX, json, refused};
use crate::access::Person;
use crate::county::view::{ExportRequest, RecordEdit, RecordQuery};
use crate::intake::Intake;
use crate::routes::problem::Problem;
use crate::routes::secure;
use crate::routes::staff::{rules, staff, with};
use std::sync::Arc;
use warp::http::{HeaderValue, header};
use warp::reply::Response;
use warp::{Filter, Rejection};

/// An edit may hold fields of a whole record.
const EDIT_BYTES_MAX: u64 = 256 * 1024;

/// The routes. Rule: a signed-in person of the county; of a township, for records that lie in it.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    list(intake).or(one(intake)).unify().or(export(intake)).unify()
}

fn list(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "county" / "records");
    let nameless = warp::query::<RecordQuery>().map(|query| RecordQuery { text: String::new(), ..query });
    let listed = path.and(warp::get()).and(staff(intake)).and(nameless);
    let body = warp::body::content_length_limit(BODY_BYTES_MAX).and(warp::body::json());
    let searched = path.and(warp::post()).and(staff(intake)).and(body);
    listed.or(searched).unify().and(with(intake)).and_then(
        |clerk: Person, query: RecordQuery, intake: Arc<Intake>| async move {
            let unit = rules::within(&clerk, &query.unit).map_err(warp::reject::custom)?;
            let query = RecordQuery { unit, ..query };
            let page = intake.records(&clerk, &query).await.map_err(refused)?;
            json(&page).map_err(warp::reject::custom)
        },
    )
}

fn one(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "county" / "records" / String);
    let shown = path.and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |record: String, clerk: Person, intake: Arc<Intake>| async move {
            let detail = intake.record(&clerk, &record).map_err(refused)?;
            rules::within(&clerk, &detail.row.unit).map_err(warp::reject::custom)?;
            json(&detail).map_err(warp::reject::custom)
        },
    );
    let edited = path
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(EDIT_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|record: String, clerk: Person, edit: RecordEdit, intake: Arc<Intake>| async move {
            let shown = intake.record(&clerk, &record).map_err(refused)?;
            rules::within(&clerk, &shown.row.unit).map_err(warp::reject::custom)?;
            let detail = intake.edit_record(&clerk, &record, &edit).await.map_err(refused)?;
            json(&detail).map_err(warp::reject::custom)
        });
    shown.or(edited).unify()
}

fn export(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "county" / "export")
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|clerk: Person, request: ExportRequest, intake: Arc<Intake>| async move {
            let text = intake.export(&clerk, &request).await.map_err(refused)?;
            file(text, &request.register).map_err(warp::reject::custom)
        })
}

fn file(text: String, register: &str) -> Result<Response, Problem> {
    let mut response = Response::new(text.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{register}.csv\""));
    let name = name.map_err(|_| Problem::BadRequest("register".to_owned()))?;
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(secure::bare(response))
}
