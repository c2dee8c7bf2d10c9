//! `/api/county/stations…` and `/api/county/phones/…`: who serves where, codes, approvals, hand-overs, withdrawals.
//!
//! Always true: what is asked for by a township's clerk lies in the township, the phone's other units too.

use super::{BODY_BYTES_MAX, json, link, refused};
use crate::access::Person;
use crate::county::people;
use crate::county::view::{Approval, HandedOver, Handover, SheetLine, SheetRequest, StationCode, Withdrawal};
use crate::intake::{Intake, now_ms};
use crate::routes::either;
use crate::routes::problem::Problem;
use crate::routes::secure;
use crate::routes::site::Site;
use crate::routes::staff::{rules, staff, with};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    unit: String,
}

/// The routes.
pub(super) fn routes(
    intake: &Arc<Intake>,
    site: &Site,
) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    shown(intake)
        .or(sheet(intake, site))
        .unify()
        .or(code(intake, site))
        .unify()
        .or(handover(intake, site))
        .unify()
        .or(phones(intake))
        .unify()
}

fn shown(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    warp::path!("api" / "county" / "stations")
        .and(warp::get())
        .and(staff(intake))
        .and(warp::query::<Asked>())
        .and(with(intake))
        .and_then(|clerk: Person, asked: Asked, intake: Arc<Intake>| async move {
            let unit = rules::within(&clerk, &asked.unit).map_err(warp::reject::custom)?;
            let county = intake.founded.county.code.as_str();
            let stations = people::stations(&*intake.store, county, &unit, now_ms()).map_err(refused)?;
            json(&stations).map_err(warp::reject::custom)
        })
}

/// A path behind which JSON is posted.
fn posted<T: DeserializeOwned + Send>(
    intake: &Arc<Intake>,
) -> impl Filter<Extract = (Person, T, Arc<Intake>), Error = Rejection> + Clone + use<T> {
    warp::post()
        .and(staff(intake))
        .and(warp::body::content_length_limit(BODY_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
}

fn sheet(intake: &Arc<Intake>, site: &Site) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let site = site.clone();
    warp::path!("api" / "county" / "stations" / "sheet").and(posted(intake)).and_then(
        move |clerk: Person, asked: SheetRequest, intake: Arc<Intake>| {
            let site = site.clone();
            async move { print_sheet(&intake, &site, &clerk, &asked).await.map_err(warp::reject::custom) }
        },
    )
}

async fn print_sheet(intake: &Intake, site: &Site, clerk: &Person, asked: &SheetRequest) -> Result<Response, Problem> {
    rules::within(clerk, &asked.unit)?;
    let lines = intake.sheet(clerk, &asked.unit).await?.into_iter().map(|line| SheetLine {
        unit: line.unit.unit,
        name: line.unit.name,
        person: line.person,
        link: line.issued.map(|issued| link(site.phone_link(&issued.code), &issued)),
    });
    json(&lines.collect::<Vec<_>>())
}

fn code(intake: &Arc<Intake>, site: &Site) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let site = site.clone();
    warp::path!("api" / "county" / "stations" / String / "code").and(posted(intake)).and_then(
        move |unit: String, clerk: Person, asked: StationCode, intake: Arc<Intake>| {
            let site = site.clone();
            async move {
                rules::within(&clerk, &unit).map_err(warp::reject::custom)?;
                let issued = intake.station_code(&clerk, &unit, &asked).await.map_err(refused)?;
                json(&link(site.phone_link(&issued.code), &issued)).map_err(warp::reject::custom)
            }
        },
    )
}

fn handover(
    intake: &Arc<Intake>,
    site: &Site,
) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let site = site.clone();
    warp::path!("api" / "county" / "stations" / String / "handover").and(posted(intake)).and_then(
        move |unit: String, clerk: Person, asked: Handover, intake: Arc<Intake>| {
            let site = site.clone();
            async move {
                rules::within(&clerk, &unit).map_err(warp::reject::custom)?;
                let (issued, phones) = intake.hand_over(&clerk, &unit, &asked).await.map_err(refused)?;
                let link = issued.map(|issued| link(site.phone_link(&issued.code), &issued));
                json(&HandedOver { link, phones }).map_err(warp::reject::custom)
            }
        },
    )
}

fn phones(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let approve = warp::path!("api" / "county" / "phones" / String / "approve").and(posted(intake)).and_then(
        |device: String, clerk: Person, asked: Approval, intake: Arc<Intake>| async move {
            let (_, code) = intake.waiting_phone(&device).map_err(refused)?;
            let units = code.grants.iter().map(|grant| grant.unit.as_str());
            rules::all_within(&clerk, units).map_err(warp::reject::custom)?;
            intake.approve(&clerk, &device, &asked.digits).await.map_err(refused)?;
            Ok::<_, Rejection>(done())
        },
    );
    let withdraw = warp::path!("api" / "county" / "phones" / String / "withdraw").and(posted(intake)).and_then(
        |device: String, clerk: Person, asked: Withdrawal, intake: Arc<Intake>| async move {
            let phone = intake.phone(&device).map_err(refused)?;
            let county = intake.founded.county.code.as_str();
            let phone = people::phone(&*intake.store, county, &phone).map_err(refused)?;
            rules::all_within(&clerk, phone.places().iter().map(String::as_str)).map_err(warp::reject::custom)?;
            intake.withdraw(&clerk, &device, &asked.reason).await.map_err(refused)?;
            Ok::<_, Rejection>(done())
        },
    );
    either([approve.boxed(), withdraw.boxed()])
}

fn done() -> Response {
    secure::bare(StatusCode::NO_CONTENT.into_response())
}
