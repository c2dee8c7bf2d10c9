//! `roster`: an .xlsx of 50,000 people over the villages of the county, looked at and then taken.
//!
//! Seconds run from the upload to the answer that says what it would change (`dry_run_seconds`), and from the order to take
//! it until it is in force with the lists of all villages (`import_seconds`). Always true: the server is the real one, on a
//! fresh folder with the demo's tree. Deliberately not here: making the file, which is not timed.

use super::{Figures, Options};
use crate::bed::{Bed, villages};
use crate::workbook;
use serde_json::{Value, json};
use std::io;
use std::time::Instant;

/// People of a large county.
const ROWS: u32 = 50_000;
/// Villages over which they are spread.
const VILLAGES: usize = 100;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let bed = Bed::empty()?;
    let villages = villages(&bed, VILLAGES)?;
    let file = workbook::workbook(workbook::people(options.seed, ROWS, &villages)).map_err(io::Error::other)?;
    let mut county = bed.county();
    let started = Instant::now();
    let read = county.upload("/api/county/imports?kind=roster&name=roster.xlsx", &file)?.json();
    let id = read["id"].as_str().ok_or_else(|| io::Error::other(read.to_string()))?.to_owned();
    let choice = json!({ "mapping": read["mapping"] });
    let checked = until(&mut county, &id, "check", &choice, "checked")?;
    let dry_run = started.elapsed();
    let dry_run_peak_mb = bed.server().peak_mb()?;
    let started = Instant::now();
    let applied = until(&mut county, &id, "apply", &choice, "applied")?;
    let import = started.elapsed();
    options.leave("roster-check.json", &checked.to_string())?;
    let figures = [
        ("rows", applied["check"]["added"].clone()),
        ("file_mb", json!(file.len() as f64 / 1e6)),
        ("dry_run_seconds", json!(dry_run.as_secs_f64())),
        ("dry_run_peak_mb", json!(dry_run_peak_mb)),
        ("import_seconds", json!(import.as_secs_f64())),
        ("peak_mb", json!(bed.server().peak_mb()?)),
    ];
    Ok(figures.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect())
}

fn until(county: &mut crate::county::County, id: &str, verb: &str, choice: &Value, state: &str) -> io::Result<Value> {
    let mut shown: Value = county.post(&format!("/api/county/imports/{id}/{verb}"), choice)?;
    while shown["state"] == "working" {
        std::thread::sleep(std::time::Duration::from_millis(50));
        shown = county.get(&format!("/api/county/imports/{id}"))?;
    }
    if shown["state"] == state { Ok(shown) } else { Err(io::Error::other(shown.to_string())) }
}
