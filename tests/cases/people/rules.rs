//! Who may ask what: each route of the API, by each who may ask, made from the table of rules.

use super::{TOWNSHIP, log};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use zoufang_server::routes::staff::rules::{ROUTES, Rule};
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;

/// What a question about `unit` looks like, so that the answer would show or change something of that unit.
fn question(method: &str, path: &str, place: &Place) -> (String, Option<Value>) {
    let Place { unit, record, heads, phone } = place;
    let by_query = |question: &str| (format!("{path}?{question}unit={unit}"), None);
    let filled = |piece: &str| path.replace('*', piece);
    match (method, path) {
        (_, "/api/county/pending") => by_query("campaign=2024-spring-festival&"),
        (_, "/api/report/annual") => by_query("year=2024&"),
        ("GET", "/api/county/records") => by_query("register=visit&"),
        ("GET", "/api/county/units" | "/api/county/overview" | "/api/county/phones") => by_query(""),
        ("GET", "/api/county/visits" | "/api/county/stations") => by_query(""),
        ("POST", "/api/county/people/candidates") => (path.to_owned(), Some(json!({ "unit": unit }))),
        ("POST", "/api/county/visits") => (path.to_owned(), Some(json!({ "unit": unit }))),
        ("POST", "/api/county/records") => (path.to_owned(), Some(json!({"register": "visit", "unit": unit}))),
        ("POST", "/api/county/links") => (path.to_owned(), Some(json!({"unit": unit, "person": "马小军"}))),
        ("POST", "/api/county/stations/sheet") => (path.to_owned(), Some(json!({ "unit": &unit[..9] }))),
        ("POST", "/api/county/records/*") => {
            let void = json!({"fields": {"void_reason": "重复登记"}, "heads": heads, "note": "核对过"});
            (filled(record), Some(void))
        }
        (_, "/api/county/visits/*" | "/api/county/records/*") => (filled(record), None),
        (_, "/api/county/stations/*/code") => (filled(unit), Some(json!({"name": "马小军", "approved_later": false}))),
        (_, "/api/county/stations/*/handover") => (filled(unit), Some(json!({"to": "马小军", "approved_later": true}))),
        (_, "/api/county/phones/*/approve") => (filled(phone), Some(json!({"digits": "0000"}))),
        (_, "/api/county/phones/*/withdraw") => (filled(phone), Some(json!({"reason": "retired"}))),
        _ => panic!("{method} {path} shows what lies in a unit: how is it asked for one?"),
    }
}

struct Place {
    unit: &'static str,
    record: String,
    heads: Vec<String>,
    phone: String,
}

/// A village with a record and a phone that waits or is there.
fn place(bed: &Bed, unit: &'static str, seed: u64) -> Place {
    let mut station = bed.station(unit, "林小满").unwrap();
    let (record, _) = log(&mut station, unit, seed);
    station.exchange().unwrap();
    bed.county().wait_for_visits(&format!("unit={unit}"), 1);
    let phone = bed.county().stations(unit).unwrap()[0].phones[0].id.clone();
    let heads = bed.county().record(&record).unwrap().heads;
    Place { unit, record, heads, phone }
}

/// A path that nothing stands behind, for routes that are not about a unit.
fn any(path: &str) -> String {
    path.replace('*', "nothing")
}

fn status(county: &mut County, method: &str, path: &str, body: Option<&Value>) -> u16 {
    county.ask(method, path, body).unwrap().status
}

/// A clerk of a township sees and does what lies in it; all else is not there. Nobody who is not signed in does anything.
#[test]
fn a_townships_clerk_sees_the_township_alone() {
    let bed = Bed::empty().unwrap();
    let (own, foreign) = (place(&bed, VILLAGE, 1), place(&bed, OTHER_VILLAGE, 2));
    let mut clerk = bed.county().clerk_of(TOWNSHIP, "周建国").unwrap();
    let session: Value = clerk.get("/api/session").unwrap();
    assert_eq!((&session["role"], &session["unit"]), (&json!("township_clerk"), &json!(TOWNSHIP)));
    let mut stranger = County::at(bed.server().address(), "no-token");
    for (method, path, rule) in ROUTES.iter().filter(|route| route.1 != "/api/session") {
        let body = (*method != "GET").then(|| json!({}));
        match rule {
            Rule::Open | Rule::Code | Rule::Device => {}
            Rule::SignedIn => assert_eq!(status(&mut clerk, method, &any(path), body.as_ref()), 200, "{method} {path}"),
            Rule::County => assert_eq!(status(&mut clerk, method, &any(path), body.as_ref()), 404, "{method} {path}"),
            Rule::Within => {
                // A waiting phone is there only for the test of codes; to approve one that is not waiting is 404 for all.
                let known = if path.ends_with("/approve") { 404 } else { 200 };
                let (asked, body) = question(method, path, &foreign);
                assert_eq!(status(&mut clerk, method, &asked, body.as_ref()), 404, "{method} {asked}");
                let (asked, body) = question(method, path, &own);
                let own = status(&mut clerk, method, &asked, body.as_ref());
                assert!(own == known || own == 204, "{method} {asked}: {own}");
            }
        }
        if !matches!(rule, Rule::Open | Rule::Code | Rule::Device) {
            assert_eq!(status(&mut stranger, method, &any(path), body.as_ref()), 401, "{method} {path}");
        }
    }
    let visible: Vec<Value> = clerk.get("/api/county/phones").unwrap();
    assert!(visible.iter().all(|phone| {
        phone["units"].as_array().unwrap().iter().all(|unit| unit.as_str().unwrap().starts_with(TOWNSHIP))
    }));
    let units: Vec<Value> = clerk.get("/api/county/units").unwrap();
    let is_own = |unit: &str| unit == "990101" || unit.starts_with(TOWNSHIP);
    assert!(units.iter().all(|unit| is_own(unit["unit"].as_str().unwrap())));
    let all = clerk.stations("").unwrap();
    assert!(!all.is_empty() && all.iter().all(|station| station.unit.starts_with(TOWNSHIP)));
    let clerks = json!({"unit": TOWNSHIP, "person": "马小军", "staff": true});
    assert_eq!(status(&mut clerk, "POST", "/api/county/links", Some(&clerks)), 404, "clerks are the county's to name");
    assert_eq!(status(&mut clerk, "POST", "/api/county/links", Some(&json!({"unit": null, "person": "甲"}))), 404);
}

/// Every path that the server's routes name has its rule.
#[test]
fn every_route_has_a_rule() {
    let mut named = BTreeSet::new();
    let mut folders = vec![zoufang_tests::repository().join("server/src/routes")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                named.extend(text.split("warp::path!(").skip(1).map(|rest| path_of(rest.split(')').next().unwrap())));
            }
        }
    }
    let named: BTreeSet<String> = named.into_iter().filter(|path| path.starts_with("/api/")).collect();
    assert!(named.len() > 15, "the search is broken: {named:?}");
    let has_rule = |path: &String| {
        let alike = |(_, ruled, _): &&(&str, &str, Rule)| ruled == path || (path.contains('*') && matches(path, ruled));
        ROUTES.iter().any(|route| alike(&route))
    };
    let without: Vec<&String> = named.iter().filter(|path| !has_rule(path)).collect();
    assert_eq!(without, Vec::<&String>::new(), "routes without a rule");
}

/// `"api" / "county" / String` as a path of the table.
fn path_of(pieces: &str) -> String {
    let piece = |piece: &str| match piece.trim() {
        piece if piece.starts_with('"') => piece.trim_matches('"').to_owned(),
        _ => "*".to_owned(),
    };
    format!("/{}", pieces.split('/').map(piece).collect::<Vec<_>>().join("/"))
}

/// Whether a path with variable pieces can be what a rule names.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(a, b)| a == b || *a == "*")
}
