//! Who may ask what: every route of the API with its rule, in one table. A test walks it.
//!
//! Always true: what stands nowhere here is the county's alone at run time, and fails a test; what somebody may not see is
//! not there (404). Deliberately not here: what lies in which unit; handlers ask [`within`].

use crate::access::Person;
use crate::routes::problem::Problem;
use Rule::{Code, County, Device, Open, SignedIn, Within};
use zoufang_sync_protocol::unit::Unit;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anybody: nothing of the county is in it.
    Open,
    /// Whoever holds a code that is good once.
    Code,
    /// An enrolled device, by its signature or its pass, within its grant.
    Device,
    /// Whoever is signed in to the workbench: nothing of a unit is in it.
    SignedIn,
    /// Who is signed in for the county; for a township, what lies in it.
    Within,
    /// Who is signed in for the county.
    County,
}

/// A route: method, path, rule. `*` stands for one piece.
pub type Route = (&'static str, &'static str, Rule);

/// All routes of the API.
pub const ROUTES: [Route; 59] = [
    ("POST", "/api/sync", Device),
    ("GET", "/api/events", Device),
    ("OPTIONS", "/api/photos", Device),
    ("POST", "/api/photos", Device),
    ("HEAD", "/api/photos/*", Device),
    ("PATCH", "/api/photos/*", Device),
    ("GET", "/api/county/records/*/photos/*", County),
    ("POST", "/api/enrol", Code),
    ("GET", "/api/setup", Open),
    ("POST", "/api/setup", Code),
    ("POST", "/api/session", Code),
    ("GET", "/api/session", SignedIn),
    ("DELETE", "/api/session", SignedIn),
    ("GET", "/api/county/units", Within),
    ("GET", "/api/county/tree", County),
    ("POST", "/api/county/tree", County),
    ("GET", "/api/county/imports", County),
    ("POST", "/api/county/imports", County),
    ("GET", "/api/county/imports/*", County),
    ("POST", "/api/county/imports/*/*", County),
    ("POST", "/api/county/people", County),
    ("POST", "/api/county/people/candidates", Within),
    ("PUT", "/api/county/people/*", County),
    ("GET", "/api/county/campaigns", SignedIn),
    ("POST", "/api/county/campaigns/check", County),
    ("POST", "/api/county/campaigns/list", County),
    ("GET", "/api/county/campaigns/*", County),
    ("PUT", "/api/county/campaigns/*", County),
    ("DELETE", "/api/county/campaigns/*", County),
    ("POST", "/api/county/campaigns/*/*", County),
    ("GET", "/api/county/campaigns/*/unlisted", County),
    ("GET", "/api/county/overview", Within),
    ("GET", "/api/county/pending", Within),
    ("GET", "/api/county/phones", Within),
    ("GET", "/api/county/matters", County),
    ("POST", "/api/county/matters/*/settle", County),
    ("GET", "/api/report/annual", Within),
    ("GET", "/api/county/visits", Within),
    ("POST", "/api/county/visits", Within),
    ("GET", "/api/county/visits/*", Within),
    ("GET", "/api/county/records", Within),
    ("POST", "/api/county/records", Within),
    ("GET", "/api/county/records/*", Within),
    ("POST", "/api/county/records/*", Within),
    ("POST", "/api/county/export", County),
    ("GET", "/api/county/registers", SignedIn),
    ("POST", "/api/county/registers", County),
    ("GET", "/api/county/lists", SignedIn),
    ("PUT", "/api/county/lists/*", County),
    ("POST", "/api/county/links", Within),
    ("GET", "/api/county/stations", Within),
    ("POST", "/api/county/stations/sheet", Within),
    ("POST", "/api/county/stations/*/code", Within),
    ("POST", "/api/county/stations/*/handover", Within),
    ("POST", "/api/county/phones/*/approve", Within),
    ("POST", "/api/county/phones/*/withdraw", Within),
    ("GET", "/api/county/held", County),
    ("POST", "/api/county/held/*/accept", County),
    ("POST", "/api/county/held/*/*", County),
];

/// The rule of a request; the county's alone where none is written.
pub fn rule(method: &str, path: &str) -> Rule {
    let is_asked = |route: &&Route| route.0 == method && is_path(route.1, path);
    ROUTES.iter().find(is_asked).map_or(County, |route| route.2)
}

fn is_path(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut asked) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), asked.next()) {
            (None, None) => return true,
            (Some(wanted), Some(asked)) if wanted == asked || wanted == "*" => {}
            _ => return false,
        }
    }
}

/// Whether a signed-in person may use a route at all.
pub fn check(person: &Person, method: &str, path: &str) -> Result<(), Problem> {
    match (rule(method, path), &person.unit) {
        (_, None) | (SignedIn | Within, Some(_)) => Ok(()),
        (Open | Code | Device | County, Some(_)) => Err(Problem::NotFound(String::new())),
    }
}

/// The unit that a question is about: as it was asked, or all that the person looks after. What lies elsewhere is not there.
pub fn within(person: &Person, asked: &str) -> Result<String, Problem> {
    let Some(own) = &person.unit else { return Ok(asked.to_owned()) };
    if asked.is_empty() {
        return Ok(own.clone());
    }
    let unit = Unit::parse(asked).map_err(|_| Problem::BadRequest("unit".to_owned()))?;
    let is_own = Unit::parse(own).is_ok_and(|own| own.contains(&unit));
    if is_own { Ok(unit.to_string()) } else { Err(Problem::NotFound(asked.chars().take(40).collect())) }
}

/// Whether all of `units` are the person's to look after.
pub fn all_within<'u>(person: &Person, units: impl IntoIterator<Item = &'u str>) -> Result<(), Problem> {
    units.into_iter().try_for_each(|unit| within(person, unit).map(drop))
}
