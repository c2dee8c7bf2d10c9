//! One file a resource: what comes over HTTP is translated here and decided elsewhere.

pub mod app;
pub mod body;
pub mod county;
pub mod enrol;
pub mod events;
pub mod exchange;
pub mod photos;
pub mod probes;
pub mod problem;
pub mod secure;
pub mod session;
pub mod site;
pub mod staff;

use crate::intake::Intake;
use std::convert::Infallible;
use std::sync::Arc;
use warp::filters::BoxedFilter;
use warp::reply::Response;
use warp::{Filter, Rejection};

/// Everything that the server answers.
pub fn all(
    intake: &Arc<Intake>,
    site: &site::Site,
) -> impl Filter<Extract = (Response,), Error = Infallible> + Clone + use<> {
    let store = intake.store.clone();
    let trouble = move || store.trouble().map(|trouble| trouble.to_string());
    let resources = [
        exchange::routes(intake).boxed(),
        events::routes(intake).boxed(),
        photos::routes(intake).boxed(),
        enrol::routes(intake).boxed(),
        session::routes(intake).boxed(),
        county::routes(intake, site),
        session::setup::routes(site).boxed(),
        probes::routes(intake.metrics.clone(), trouble).boxed(),
        app::routes().boxed(),
    ];
    either(resources).recover(problem::recover).unify()
}

/// The first of several resources that answers.
fn either<const N: usize>(resources: [BoxedFilter<(Response,)>; N]) -> BoxedFilter<(Response,)> {
    let none = warp::any().and_then(|| async { Err::<Response, Rejection>(warp::reject::not_found()) }).boxed();
    resources.into_iter().rev().fold(none, |rest, resource| resource.or(rest).unify().boxed())
}
