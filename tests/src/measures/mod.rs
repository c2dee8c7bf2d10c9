//! Pieces of work that are measured against the real server, each giving figures by name.
//!
//! Always true: the work and the counting are described once, here and in the files beside; nothing is asserted, a figure is
//! what it is. Deliberately not here: printing, medians, comparing with targets.

pub mod app_size;
pub mod herd;
pub mod idle;
pub mod kill;
pub mod offline_day;
pub mod phone;
pub mod roster;
pub mod village;

use crate::bed::VILLAGE;
use crate::measured::Records;
use crate::station::Station;
use serde_json::{Map, Value};
use std::io;
use std::path::PathBuf;
use std::process::Command;
use zoufang_sync_protocol::document::Address;

/// Figures by name.
pub type Figures = Map<String, Value>;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to leave what stands behind the figures.
    pub evidence: Option<PathBuf>,
    /// Seed of all randomness.
    pub seed: u64,
    /// `herd`: how many phones.
    pub phones: usize,
    /// `herd`: records each phone brings.
    pub records: usize,
    /// `kill`: how often.
    pub cycles: usize,
}

impl Options {
    /// Leaves a file of evidence, if it is wanted.
    pub fn leave(&self, name: &str, content: &str) -> io::Result<()> {
        let Some(folder) = &self.evidence else { return Ok(()) };
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(name), content)
    }
}

/// Runs a script of `tests/browser/`; the last line it prints are its figures, as JSON.
pub(crate) fn browser(script: &str, arguments: &[&str], options: &Options) -> io::Result<Figures> {
    let mut node = Command::new("node");
    node.current_dir(crate::repository().join("tests/browser")).arg(script).args(arguments);
    if let Some(evidence) = &options.evidence {
        std::fs::create_dir_all(evidence)?;
        node.env("EVIDENCE", std::path::absolute(evidence)?);
    }
    let output = node.output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match serde_json::from_str(text.lines().last().unwrap_or_default()) {
        Ok(Value::Object(figures)) => Ok(figures),
        _ => Err(io::Error::other(format!("the browser's figures are not JSON: {text}"))),
    }
}

/// The document that the measured records of a village go to.
pub(crate) fn document(village: &str) -> Address {
    Address::parse(&format!("visit/{village}/2024")).expect("villages of the demo are units")
}

/// Logs one more record on the station's phone; returns it as JSON with its id.
pub(crate) fn log(station: &mut Station, records: &mut Records, village: &str) -> io::Result<Value> {
    let (id, record) = records.write();
    station.now_ms += 1_000;
    station.phone.log(&id, &document(village), &record, station.now_ms).map_err(io::Error::other)?;
    Ok(serde_json::json!({"id": id, "fields": record}))
}

/// Exchanges until the phone has heard of all that it wrote itself, so that both sides know the same.
pub(crate) fn come_to_rest(station: &mut Station, county: &mut crate::county::County, total: u32) -> io::Result<()> {
    station.exchange()?;
    county.wait_for_visits(&format!("unit={VILLAGE}&limit=1"), total);
    station.exchange()?;
    station.exchange().map(|_| ())
}

/// Size of `bytes` under brotli at its best.
pub(crate) fn brotli_bytes(bytes: &[u8]) -> io::Result<usize> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed.len())
}
