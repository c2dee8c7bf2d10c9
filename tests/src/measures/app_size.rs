//! `app-size`: the built web app in real Chromium, empty cache, one enrolled phone.
//!
//! Always true: bodies are counted as the server sends them (brotli), by a relay between browser and server, the service worker's
//! fetches included; the exchange's own bytes are not the app's. Deliberately not here: the browser (`tests/browser/`).

use super::{Figures, Options};
use crate::bed::{Bed, VILLAGE};
use serde_json::Value;
use std::io;
use std::process::Command;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let bed = Bed::empty()?;
    let code = bed.county().enrolment_code(VILLAGE, "陈志远")?;
    let server = format!("http://{}", bed.server().address());
    let browser = crate::repository().join("tests/browser");
    let mut script = Command::new("node");
    script.current_dir(&browser).arg("app-size.mjs").args([&server, &code]);
    if let Some(evidence) = &options.evidence {
        std::fs::create_dir_all(evidence)?;
        script.env("EVIDENCE", std::path::absolute(evidence)?);
    }
    let output = script.output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match serde_json::from_str(text.lines().last().unwrap_or_default()) {
        Ok(Value::Object(figures)) => Ok(figures),
        _ => Err(io::Error::other(format!("the browser's figures are not JSON: {text}"))),
    }
}
