//! `/api/county/campaigns/…`: plans of campaigns. Rule of every route: a signed-in person of the county.

use super::{json, refused};
use crate::access::Person;
use crate::county::campaigns::{self, copy, means};
use crate::county::view::{CampaignFault, CampaignPlan, CampaignShown};
use crate::intake::Intake;
use crate::routes::body;
use crate::routes::either;
use crate::routes::problem::Problem;
use crate::routes::secure;
use crate::routes::staff::{staff, with};
use crate::sheets::FILE_BYTES_MAX;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Rejection, Reply};

/// A plan that names everybody of a county by themselves.
const PLAN_BYTES_MAX: u64 = 2 * 1024 * 1024;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    unit: String,
}

/// The routes.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let sent = || warp::body::content_length_limit(PLAN_BYTES_MAX).and(warp::body::json::<CampaignPlan>());
    let check = warp::path!("api" / "county" / "campaigns" / "check")
        .and(warp::post())
        .and(staff(intake))
        .and(sent())
        .and(with(intake))
        .and_then(|_: Person, plan: CampaignPlan, intake: Arc<Intake>| async move {
            meant(&intake, &plan).map_err(warp::reject::custom)
        });
    let one = warp::path!("api" / "county" / "campaigns" / String);
    let read = one.and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |id: String, _: Person, intake: Arc<Intake>| async move { shown(&intake, &id).map_err(warp::reject::custom) },
    );
    let write = one.and(warp::put()).and(staff(intake)).and(sent()).and(with(intake)).and_then(
        |id: String, clerk: Person, plan: CampaignPlan, intake: Arc<Intake>| async move {
            take(&intake, &clerk, &id, plan).await.map_err(warp::reject::custom)
        },
    );
    let withdraw = one.and(warp::delete()).and(staff(intake)).and(with(intake)).and_then(
        |id: String, clerk: Person, intake: Arc<Intake>| async move {
            intake.withdraw_campaign(&clerk, &id).await.map_err(refused)?;
            Ok::<_, Rejection>(secure::bare(StatusCode::NO_CONTENT.into_response()))
        },
    );
    let acted = warp::path!("api" / "county" / "campaigns" / String / String)
        .and(warp::post())
        .and(staff(intake))
        .and(with(intake))
        .and_then(|id: String, verb: String, clerk: Person, intake: Arc<Intake>| async move {
            act(&intake, &clerk, &id, &verb).await.map_err(warp::reject::custom)
        });
    let unlisted = warp::path!("api" / "county" / "campaigns" / String / "unlisted")
        .and(warp::get())
        .and(staff(intake))
        .and(warp::query::<Asked>())
        .and(with(intake))
        .and_then(|id: String, _: Person, asked: Asked, intake: Arc<Intake>| async move {
            let plan = campaigns::plan(&*intake.store, &id).map_err(refused)?;
            let county = intake.founded.county.code.as_str();
            let people = means::unlisted(&*intake.store, county, &plan, &asked.unit).map_err(refused)?;
            json(&people).map_err(warp::reject::custom)
        });
    let list = warp::path!("api" / "county" / "campaigns" / "list")
        .and(warp::post())
        .and(staff(intake))
        .and(body::whole(FILE_BYTES_MAX))
        .and(with(intake))
        .and_then(|_: Person, file: Bytes, intake: Arc<Intake>| async move {
            json(&intake.people_listed(file).await.map_err(refused)?).map_err(warp::reject::custom)
        });
    either([
        check.boxed(),
        list.boxed(),
        read.boxed(),
        write.boxed(),
        withdraw.boxed(),
        acted.boxed(),
        unlisted.boxed(),
    ])
}

fn shown(intake: &Intake, id: &str) -> Result<Response, Problem> {
    let plan = campaigns::plan(&*intake.store, id)?;
    let names = campaigns::names(&*intake.store, &plan)?;
    json(&CampaignShown { plan, names })
}

fn meant(intake: &Intake, plan: &CampaignPlan) -> Result<Response, Problem> {
    let mut means = means::means(&*intake.store, plan)?;
    means.faults = intake.faults_of(plan)?;
    json(&means)
}

async fn take(intake: &Intake, clerk: &Person, id: &str, plan: CampaignPlan) -> Result<Response, Problem> {
    if plan.campaign.id != id {
        return Err(Problem::BadRequest("id".to_owned()));
    }
    json(&intake.take_plan(clerk, plan).await?)
}

async fn act(intake: &Intake, clerk: &Person, id: &str, verb: &str) -> Result<Response, Problem> {
    match verb {
        "close" => json(&intake.close_campaign(clerk, id, true).await?),
        "reopen" => json(&intake.close_campaign(clerk, id, false).await?),
        "copy" => json(&copy::of_campaign(&*intake.store, id)?),
        _ => Err(Problem::NotFound(verb.chars().take(40).collect())),
    }
}

/// A plan that is not taken: the first fault's words; `about` has all codes.
pub(crate) fn not_taken(faults: &[CampaignFault]) -> Problem {
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    Problem::Told {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        code: "campaign_faults",
        about: codes.join(" "),
        zh: "活动没有保存，请先改好：{}。",
        en: "The campaign was not kept; put these right first:{}.",
    }
}
