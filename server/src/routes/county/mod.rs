//! `/api/county/…` and `/api/report/…`: what the workbench asks. Rules of all routes stand in `staff/rules.rs`.
//!
//! Always true: handlers translate; `county` answers, `intake` writes down.

pub(in crate::routes) mod campaigns;
mod held;
mod imports;
mod lists;
mod records;
mod registers;
mod stations;
mod tree;

use crate::access::{Person, Role, code};
use crate::county::view::{Link, LinkRequest, Settlement, UnitName};
use crate::county::visits::VisitQuery;
use crate::county::{self, coverage, queue, report, visits};
use crate::intake::county::Issued;
use crate::intake::{Intake, now_ms};
use crate::routes::either;
use crate::routes::problem::Problem;
use crate::routes::secure;
use crate::routes::site::Site;
use crate::routes::staff::{rules, staff, with};
use crate::rows::index::ReadIndex;
use crate::rows::{keys, table};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use warp::filters::BoxedFilter;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

const BODY_BYTES_MAX: u64 = 64 * 1024;

/// What [`answer`] knows.
const QUESTIONS: [&str; 7] = ["units", "campaigns", "overview", "pending", "matters", "phones", "annual"];

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    campaign: String,
    unit: String,
    open: Option<bool>,
    year: Option<u16>,
}

/// All county routes.
pub fn routes(intake: &Arc<Intake>, site: &Site) -> BoxedFilter<(Response,)> {
    // Boxed, each resource for itself: the type of a tree of filters names all that is in it, and takes minutes to compile.
    let resources = [
        visits(intake).boxed(),
        records::routes(intake).boxed(),
        registers::routes(intake).boxed(),
        lists::routes(intake).boxed(),
        campaigns::routes(intake).boxed(),
        imports::routes(intake).boxed(),
        tree::routes(intake).boxed(),
        reads(intake).boxed(),
        stations::routes(intake, site).boxed(),
        held::routes(intake).boxed(),
        writes(intake, site).boxed(),
    ];
    either(resources)
}

fn reads(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let question = warp::path!("api" / "county" / String)
        .or(warp::path!("api" / "report" / "annual").map(|| "annual".to_owned()))
        .unify();
    question.and(warp::get()).and(staff(intake)).and(warp::query::<Asked>()).and(with(intake)).and_then(
        |question: String, clerk: Person, asked: Asked, intake: Arc<Intake>| async move {
            // Not a refusal of ours: a route before this one may have said better what is wrong.
            if !QUESTIONS.contains(&question.as_str()) {
                return Err(warp::reject::not_found());
            }
            let unit = rules::within(&clerk, &asked.unit).map_err(warp::reject::custom)?;
            answer(&intake, &clerk, &question, &Asked { unit, ..asked }).map_err(warp::reject::custom)
        },
    )
}

fn answer(intake: &Intake, clerk: &Person, question: &str, asked: &Asked) -> Result<Response, Problem> {
    let (store, county) = (&*intake.store, intake.founded.county.code.as_str());
    match question {
        "units" => {
            let mut units: Vec<table::Unit> = store.value(keys::UNITS)?.unwrap_or_default();
            units.retain(|row| row.unit == county || rules::within(clerk, &row.unit).is_ok());
            json(&units.into_iter().map(UnitName::from).collect::<Vec<_>>())
        }
        "campaigns" => json(&coverage::campaigns(store, now_ms())?),
        "overview" => json(&coverage::overview(store, county, &asked.unit, &asked.campaign, now_ms())?),
        "pending" => json(&coverage::pending(store, county, &asked.campaign, &asked.unit)?),
        "matters" => json(&queue::matters(store, asked.open.unwrap_or(true))?),
        "phones" => {
            let mut phones = county::people::phones(store, county)?;
            phones.retain(|phone| rules::all_within(clerk, phone.places().iter().map(String::as_str)).is_ok());
            json(&phones)
        }
        "annual" => {
            let year = asked.year.ok_or_else(|| Problem::BadRequest("year".to_owned()))?;
            let unit = if asked.unit.is_empty() { county } else { &asked.unit };
            json(&report::annual(store, county, unit, year)?)
        }
        _ => Err(Problem::NotFound(question.chars().take(40).collect())),
    }
}

fn visits(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let path = warp::path!("api" / "county" / "visits");
    // A name is looked for by POST alone, since names stand in no address.
    let nameless = warp::query::<VisitQuery>().map(|query| VisitQuery { person: String::new(), ..query });
    let listed = path.and(warp::get()).and(staff(intake)).and(nameless);
    let body = warp::body::content_length_limit(BODY_BYTES_MAX).and(warp::body::json());
    let searched = path.and(warp::post()).and(staff(intake)).and(body);
    let list = listed.or(searched).unify().and(with(intake)).and_then(
        |clerk: Person, query: VisitQuery, intake: Arc<Intake>| async move {
            let unit = rules::within(&clerk, &query.unit).map_err(warp::reject::custom)?;
            let query = VisitQuery { unit, ..query };
            let county = intake.founded.county.code.as_str();
            let page = visits::visits(&*intake.store, county, &query, now_ms()).map_err(refused)?;
            if query.sensitive {
                intake.audit(&clerk.id, "show_sensitive", &format!("visit {}", query.unit)).await.map_err(refused)?;
            }
            json(&page).map_err(warp::reject::custom)
        },
    );
    let one = warp::path!("api" / "county" / "visits" / String)
        .and(warp::get())
        .and(staff(intake))
        .and(with(intake))
        .and_then(|record: String, clerk: Person, intake: Arc<Intake>| async move {
            let visit = visits::visit(&*intake.store, &record).map_err(refused)?;
            rules::within(&clerk, &visit.row.unit).map_err(warp::reject::custom)?;
            json(&visit).map_err(warp::reject::custom)
        });
    list.or(one).unify()
}

fn writes(intake: &Arc<Intake>, site: &Site) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let site = site.clone();
    let settle = warp::path!("api" / "county" / "matters" / String / "settle")
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, clerk: Person, body: Settlement, intake: Arc<Intake>| async move {
            let matter = intake.settle(&clerk, &id, &body).await.map_err(refused)?;
            json(&matter).map_err(warp::reject::custom)
        });
    let link = warp::path!("api" / "county" / "links")
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(move |by: Person, body: LinkRequest, intake: Arc<Intake>| {
            let site = site.clone();
            async move { fresh_link(&intake, &site, &by, &body).await.map_err(warp::reject::custom) }
        });
    settle.or(link).unify()
}

async fn fresh_link(intake: &Intake, site: &Site, by: &Person, request: &LinkRequest) -> Result<Response, Problem> {
    let for_phone = request.unit.is_some() && request.staff != Some(true);
    match &request.unit {
        Some(unit) if for_phone => drop(rules::within(by, unit)?),
        // People of the workbench are the county's to name.
        _ if by.unit.is_some() => return Err(Problem::NotFound(String::new())),
        _ => {}
    }
    let (issued, url) = match &request.unit {
        Some(unit) if for_phone => {
            let issued = intake.phone_code(by, unit, &request.person, code::PHONE_CODE_MS).await?;
            let url = site.phone_link(&issued.code);
            (issued, url)
        }
        Some(township) => {
            let issued = intake.township_clerk_code(by, township, &request.person).await?;
            let url = site.staff_link(&issued.code);
            (issued, url)
        }
        None => {
            let issued = intake.staff_code(by, &request.person, Role::CountyClerk).await?;
            let url = site.staff_link(&issued.code);
            (issued, url)
        }
    };
    json(&link(url, &issued))
}

fn link(url: String, issued: &Issued) -> Link {
    Link { qr_svg: Site::qr_svg(&url), url, expires_ms: issued.expires_ms }
}

fn json<T: Serialize>(value: &T) -> Result<Response, Problem> {
    Ok(secure::bare(warp::reply::json(value).into_response()))
}

fn refused<E: Into<Problem>>(error: E) -> Rejection {
    warp::reject::custom(error.into())
}
