//! `offline-day`: 20 visits logged one by one onto a document of 500 known to both sides; one exchange.
//!
//! The same is done once more for the slow link. Bytes are counted by the proxy after the connection stands; `bytes_body` is
//! both bodies. Deliberately not here: what is in a record (`measured`).

use super::{Figures, Options, brotli_bytes, come_to_rest, log};
use crate::bed::{Bed, VILLAGE};
use crate::county::County;
use crate::measured::Records;
use crate::proxy::{Link, Proxy};
use crate::station::Station;
use serde_json::{Value, json};
use std::io;
use std::time::Instant;

const KNOWN: u32 = 500;
const SESSION: u32 = 5;
const DAY: u32 = 20;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let bed = Bed::empty()?;
    let mut county = bed.county();
    let mut station = bed.station(VILLAGE, "陈志远")?;
    let mut records = Records::new(options.seed, VILLAGE);
    for _ in 0..KNOWN / SESSION {
        for _ in 0..SESSION {
            log(&mut station, &mut records, VILLAGE)?;
        }
        station.exchange()?;
    }
    come_to_rest(&mut station, &mut county, KNOWN)?;

    let proxy = Proxy::start(bed.server().address(), Link::default())?;
    let day = log_day(&mut station, &mut records)?;
    let mut figures = exchange_day(&mut station, &proxy, &mut county)?;
    figures.insert("json_brotli_bytes".into(), json!(brotli_bytes(Value::from(day).to_string().as_bytes())?));
    options.leave("offline-day-bytes.json", &json!(proxy.log()).to_string())?;

    come_to_rest(&mut station, &mut county, KNOWN + DAY)?;
    log_day(&mut station, &mut records)?;
    proxy.set_link(Link { slow: true, ..Link::default() });
    station.client.go_through(proxy.address);
    let started = Instant::now();
    station.exchange()?;
    figures.insert("seconds_slow_link".into(), json!(started.elapsed().as_secs_f64()));
    Ok(figures)
}

fn log_day(station: &mut Station, records: &mut Records) -> io::Result<Vec<Value>> {
    (0..DAY).map(|_| log(station, records, VILLAGE)).collect()
}

fn exchange_day(station: &mut Station, proxy: &Proxy, county: &mut County) -> io::Result<Figures> {
    station.client.go_through(proxy.address);
    station.client.connect()?;
    let before = proxy.counted(0);
    let from = proxy.log().len();
    let mut bytes_body = 0;
    loop {
        let (outcome, answer, request_bytes) = station.measured_turn()?;
        bytes_body += request_bytes + answer.body_bytes;
        if !outcome.repeat {
            break;
        }
    }
    let counted = proxy.counted(from);
    let mut figures = Figures::new();
    figures.insert("bytes_up".into(), json!(counted.bytes_up));
    figures.insert("bytes_down".into(), json!(counted.bytes_down));
    figures.insert("bytes_body".into(), json!(bytes_body));
    figures.insert("bytes_setup".into(), json!(before.bytes_up + before.bytes_down));
    figures.insert("round_trips".into(), json!(counted.round_trips));
    let receipts = station.phone.receipts().count();
    figures.insert("receipts".into(), json!(receipts));
    county.wait_for_visits(&format!("unit={VILLAGE}&limit=1"), KNOWN + DAY);
    Ok(figures)
}
