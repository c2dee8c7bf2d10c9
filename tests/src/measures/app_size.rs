//! `app-size`: the built web app in real Chromium, empty cache, one enrolled phone.
//!
//! Always true: bodies are counted as the server sends them (brotli), by a relay between browser and server, the service worker's
//! fetches included; the exchange's own bytes are not the app's. Deliberately not here: the browser (`tests/browser/`).

use super::{Figures, Options};
use crate::bed::{Bed, VILLAGE};
use std::io;

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let bed = Bed::empty()?;
    let code = bed.county().enrolment_code(VILLAGE, "陈志远")?;
    let server = format!("http://{}", bed.server().address());
    super::browser("app-size.mjs", &[&server, &code], options)
}
