//! `phone`: real Chromium, processor slowed 6 times, 360×740, 500 records and 200 people on the phone, offline.
//!
//! The village is brought in as a table, its records are logged by a simulated phone and come to the browser's phone by an
//! ordinary exchange. Always true: taps count from the closed app, on defaults, and a scroll counts as a tap; p95 is the
//! nearest rank. Deliberately not here: the browser and what is tapped (`tests/browser/`).

use super::{Figures, Options, village};
use crate::bed::{Bed, VILLAGE};
use crate::measured::Records;
use crate::station::Station;
use serde_json::{Value, json};
use std::io;
use zoufang_server::access::grants::day_of;
use zoufang_server::intake::now_ms;
use zoufang_sync_protocol::document::Address;

/// Records on the phone.
const RECORDS: u32 = 500;
/// One day.
const DAY_MS: u64 = 86_400_000;
/// Records between two exchanges.
const SESSION: u32 = 10;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let mut bed = Bed::empty()?;
    bed.bring(&village::tables(options.seed, VILLAGE, now_ms())?)?;
    log_visits(&bed, options.seed)?;
    let code = bed.county().enrolment_code(VILLAGE, "陈志远")?;
    let server = format!("http://{}", bed.server().address());
    super::browser("measure-phone.mjs", &[&server, &code, &RECORDS.to_string()], options)
}

/// Visits of these weeks for a campaign that is over, each to one of the village's people.
fn log_visits(bed: &Bed, seed: u64) -> io::Result<()> {
    let mut station = bed.station(VILLAGE, "李国强")?;
    let mut records = Records::new(seed, VILLAGE);
    let mut people = village::person_refs().cycle();
    for number in 1..=RECORDS {
        log(&mut station, &mut records, &people.next().unwrap_or_default())?;
        if number % SESSION == 0 {
            station.exchange()?;
        }
    }
    bed.county().wait_for_visits(&format!("unit={VILLAGE}&limit=1"), RECORDS);
    Ok(())
}

fn log(station: &mut Station, records: &mut Records, person: &str) -> io::Result<()> {
    let (id, mut record) = records.write();
    record.insert("person".to_owned(), Value::from_iter([("person_ref", json!(person))]));
    station.now_ms += 1_000;
    // Of these weeks: what is older leaves the phone.
    let day = day_of(now_ms() - station.phone.unsent() as u64 * DAY_MS);
    let address = Address::parse(&format!("visit/{VILLAGE}/{}", &day[..4])).map_err(io::Error::other)?;
    record.insert("visit_date".to_owned(), json!(day));
    station.phone.log(&id, &address, &record, station.now_ms).map_err(io::Error::other)?;
    Ok(())
}
