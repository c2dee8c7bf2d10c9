//! `/api/county/imports/…` and `/api/county/people/…`: rosters and batch lists. Rule of every route: a signed-in person of
//! the county.
//!
//! Always true: a check and the taking of a list answer at once and go on; `GET` says how far they are. Deliberately not
//! here: files; they lie in memory (`intake/imports`).

use super::{json, refused};
use crate::access::Person;
use crate::county::roster::{candidates, people};
use crate::county::unit_within;
use crate::county::view::{CandidateQuery, ImportChoice, ImportKind, PeopleQuery, RosterCorrection};
use crate::intake::imports::drafts::Draft;
use crate::intake::{Intake, IntakeError};
use crate::routes::body;
use crate::routes::either;
use crate::routes::problem::Problem;
use crate::routes::staff::{rules, staff, with};
use crate::sheets::FILE_BYTES_MAX;
use bytes::Bytes;
use serde::Deserialize;
use std::sync::Arc;
use warp::reply::Response;
use warp::{Filter, Rejection};

/// A choice names each clash of a large list.
const CHOICE_BYTES_MAX: u64 = 4 * 1024 * 1024;

#[derive(Deserialize)]
struct Brought {
    kind: ImportKind,
    #[serde(default)]
    name: String,
}

/// The routes.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let all = warp::path!("api" / "county" / "imports");
    let list = all.and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |_: Person, intake: Arc<Intake>| async move {
            json(&intake.imports().map_err(refused)?).map_err(warp::reject::custom)
        },
    );
    let bring = all
        .and(warp::post())
        .and(staff(intake))
        .and(warp::query::<Brought>())
        .and(body::whole(FILE_BYTES_MAX))
        .and(with(intake))
        .and_then(|clerk: Person, brought: Brought, file: Bytes, intake: Arc<Intake>| async move {
            let shown = intake.read_import(&clerk, brought.kind, &brought.name, file).await.map_err(refused)?;
            json(&shown).map_err(warp::reject::custom)
        });
    let one = warp::path!("api" / "county" / "imports" / String)
        .and(warp::get())
        .and(staff(intake))
        .and(with(intake))
        .and_then(|id: String, _: Person, intake: Arc<Intake>| async move {
            json(&draft(&intake, &id).map_err(warp::reject::custom)?.shown()).map_err(warp::reject::custom)
        });
    let act = warp::path!("api" / "county" / "imports" / String / String)
        .and(warp::post())
        .and(staff(intake))
        .and(warp::body::content_length_limit(CHOICE_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, verb: String, clerk: Person, choice: ImportChoice, intake: Arc<Intake>| async move {
            act(intake, clerk, &id, &verb, choice).await.map_err(warp::reject::custom)
        });
    either([list.boxed(), bring.boxed(), one.boxed(), act.boxed(), of_people(intake).boxed()])
}

fn of_people(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let body = || warp::body::content_length_limit(super::BODY_BYTES_MAX);
    let look = warp::path!("api" / "county" / "people")
        .and(warp::post())
        .and(staff(intake))
        .and(body())
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|clerk: Person, query: PeopleQuery, intake: Arc<Intake>| async move {
            look(&intake, &clerk, &query).await.map_err(warp::reject::custom)
        });
    let candidates = warp::path!("api" / "county" / "people" / "candidates")
        .and(warp::post())
        .and(staff(intake))
        .and(body())
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|clerk: Person, query: CandidateQuery, intake: Arc<Intake>| async move {
            candidates_of(&intake, &clerk, &query).map_err(warp::reject::custom)
        });
    let correct = warp::path!("api" / "county" / "people" / String)
        .and(warp::put())
        .and(staff(intake))
        .and(body())
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, clerk: Person, correction: RosterCorrection, intake: Arc<Intake>| async move {
            let known = intake.correct_person(&clerk, &id, &correction).await.map_err(refused)?;
            let masked = intake.masked(&id, known.identity.as_ref());
            json(&known.entry.map(|entry| people::shown(&entry, masked, false))).map_err(warp::reject::custom)
        });
    either([look.boxed(), candidates.boxed(), correct.boxed()])
}

fn candidates_of(intake: &Intake, clerk: &Person, query: &CandidateQuery) -> Result<Response, Problem> {
    let asked = rules::within(clerk, &query.unit)?;
    let unit = unit_within(&intake.founded.county.code, &asked)?;
    json(&candidates::candidates(&*intake.store, unit.as_str(), query, clerk.unit.is_none())?)
}

async fn look(intake: &Intake, clerk: &Person, query: &PeopleQuery) -> Result<Response, Problem> {
    let unit = unit_within(&intake.founded.county.code, &query.unit)?;
    if query.sensitive {
        intake.audit(&clerk.id, "look_at_categories", unit.as_str()).await?;
    }
    json(&people::people(&*intake.store, unit.as_str(), query, |id, identity| intake.masked(id, identity))?)
}

fn draft(intake: &Intake, id: &str) -> Result<Arc<Draft>, Problem> {
    intake.import(id).ok_or_else(|| Problem::NotFound(id.chars().take(40).collect()))
}

async fn act(
    intake: Arc<Intake>,
    clerk: Person,
    id: &str,
    verb: &str,
    choice: ImportChoice,
) -> Result<Response, Problem> {
    if verb == "undo" {
        return undo(&intake, &clerk, id).await;
    }
    let draft = draft(&intake, id)?;
    let (desk, work) = (intake.clone(), draft.clone());
    let began = match verb {
        "check" => tokio::spawn(async move { desk.check_import(&work, choice).await }),
        "apply" => tokio::spawn(async move { desk.apply_import(&clerk, &work, choice).await.map(drop) }),
        _ => return Err(Problem::NotFound(verb.chars().take(40).collect())),
    };
    // What is done in a moment is answered with what came of it. What fails says so in what `GET` shows.
    let _ = tokio::time::timeout(std::time::Duration::from_millis(500), began).await;
    json(&draft.shown())
}

/// The last import of its list alone can be undone.
async fn undo(intake: &Arc<Intake>, clerk: &Person, id: &str) -> Result<Response, Problem> {
    let listed = intake.imports()?;
    let import = listed.into_iter().find(|import| import.id == id);
    let import = import.ok_or_else(|| Problem::NotFound(id.chars().take(40).collect()))?;
    if intake.import_in_force(import.kind)?.as_deref() != Some(id) {
        return Err(IntakeError::BadField("import".to_owned()).into());
    }
    json(&intake.undo_import(clerk, import.kind).await?)
}
