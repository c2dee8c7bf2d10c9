//! Every limit of the accept loop, in one place, each with its reason.
//!
//! Always true: an honest phone on a slow link (50 kB/s, 600 ms round trip) stays well under all of them; whoever does
//! not is cut without the others noticing. Deliberately not here: limits of what is inside a body
//! (`zoufang_sync_protocol::limits`).

use crate::sheets::FILE_BYTES_MAX;
use std::time::Duration;
use zoufang_sync_protocol::limits::REQUEST_BYTES_MAX;

/// Where rosters come in.
const FILES_PATH: &str = "/api/county/imports";

/// What one server grants its clients. [`ServeLimits::default`] is for production; tests make theirs smaller.
#[derive(Debug, Clone)]
pub struct ServeLimits {
    /// Open connections. A county has some 400 phones with two connections each; 10,000 cost about 200 MB at worst.
    /// Lowered at start to what the process may open.
    pub connections_max: usize,
    /// Bytes of request line and headers. A browser sends under 1 kB; proxies add a little.
    pub header_bytes_max: usize,
    /// Header lines. Browsers send about 20.
    pub header_lines_max: usize,
    /// From the first byte of a header (or the connection's start) to its end. Three round trips of a bad link, thrice.
    pub header_time: Duration,
    /// Bytes of a request's body: the exchange's limit plus slack for framing, so that the exchange names its own.
    pub body_bytes_max: u64,
    /// The same for a spreadsheet at `FILES_PATH`: a signed-in person's, which is asked for before the body is read.
    pub file_bytes_max: u64,
    /// For a body to arrive. One byte a second is cut here …
    pub body_time: Duration,
    /// … and whoever sends at least this many bytes a second gets that second on top: 1 MiB over a 10 kB/s link
    /// takes 105 s and is honest.
    pub body_bytes_per_second: u64,
    /// From the end of the body to the answer's first byte. Group commit takes milliseconds; a year's report a second.
    pub work_time: Duration,
    /// For an answer to go out, streams of events excepted. The engine's 0.8 MB on a 2 kB/s link take 7 minutes.
    pub answer_time: Duration,
    /// Without a single byte taken by the other side while we have some to send: it is gone.
    pub stall_time: Duration,
    /// Between two requests on one connection. Longer than a worker needs between two saves, shorter than the 2 minutes
    /// after which mobile networks forget a connection.
    pub idle_time: Duration,
    /// Instead of that, when all places are taken: who waits longer makes room.
    pub crowded_idle_time: Duration,
    /// For the TLS handshake: two round trips, generously.
    pub handshake_time: Duration,
    /// After an early answer to a body that is still coming: read on so that the answer is not lost in a reset …
    pub linger_time: Duration,
    /// … but not more than this.
    pub linger_bytes_max: u64,
    /// From the stop signal until what still runs is cut. The process must be gone within 10 s.
    pub drain_time: Duration,
}

impl ServeLimits {
    /// Bytes of a body that is sent to `path`.
    pub fn body_max(&self, path: &str) -> u64 {
        if path == FILES_PATH { self.file_bytes_max } else { self.body_bytes_max }
    }
}

impl Default for ServeLimits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            connections_max: 10_000,
            header_bytes_max: 16 * 1024,
            header_lines_max: 64,
            header_time: seconds(10),
            body_bytes_max: REQUEST_BYTES_MAX as u64 + 16 * 1024,
            file_bytes_max: FILE_BYTES_MAX as u64 + 16 * 1024,
            body_time: seconds(30),
            body_bytes_per_second: 8 * 1024,
            work_time: seconds(30),
            answer_time: seconds(900),
            stall_time: seconds(30),
            idle_time: seconds(75),
            crowded_idle_time: seconds(1),
            handshake_time: seconds(10),
            linger_time: seconds(2),
            linger_bytes_max: 16 * 1024 * 1024,
            drain_time: seconds(8),
        }
    }
}
