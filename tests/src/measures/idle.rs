//! `idle`: an exchange with nothing new, on the open connection.

use super::{Figures, Options, come_to_rest, log};
use crate::bed::{Bed, VILLAGE};
use crate::measured::Records;
use crate::proxy::{Link, Proxy};
use serde_json::json;
use std::io;

const KNOWN: u32 = 20;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let bed = Bed::empty()?;
    let mut station = bed.station(VILLAGE, "陈志远")?;
    let mut records = Records::new(options.seed, VILLAGE);
    for _ in 0..KNOWN {
        log(&mut station, &mut records, VILLAGE)?;
    }
    come_to_rest(&mut station, &mut bed.county(), KNOWN)?;
    let proxy = Proxy::start(bed.server().address(), Link::default())?;
    station.client.go_through(proxy.address);
    station.exchange()?;
    let from = proxy.log().len();
    let (outcome, answer, request_bytes) = station.measured_turn()?;
    let counted = proxy.counted(from);
    let mut figures = Figures::new();
    figures.insert("bytes_up".into(), json!(counted.bytes_up));
    figures.insert("bytes_down".into(), json!(counted.bytes_down));
    figures.insert("bytes_body".into(), json!(request_bytes + answer.body_bytes));
    figures.insert("round_trips".into(), json!(counted.round_trips));
    figures.insert("entries".into(), json!(outcome.entries));
    options.leave("idle-bytes.json", &json!(proxy.log()[from..]).to_string())?;
    Ok(figures)
}
