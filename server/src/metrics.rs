//! What the server counts, and its text for `/metrics` (Prometheus text format 0.0.4).
//!
//! Plug in: make one `Arc<Metrics>` in the command, hand it to everything that counts, call
//! `metrics.exchanges.add(1)`, `metrics.refuse("code_used")`.
//!
//! Always true: counters only grow, gauges say so in their kind; names carry their unit; no label holds anything
//! personal, only the stable codes of `PROTOCOL.md`. Deliberately not here: who may read it (routes), timing by client.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// One number that may be written from any thread.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// Adds to it.
    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    /// Takes from it. Gauges only.
    pub fn subtract(&self, less: u64) {
        self.0.fetch_sub(less, Ordering::Relaxed);
    }

    /// Sets it. Gauges only.
    pub fn set(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }

    /// As it stands.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Exchanges answered with 200.
    pub exchanges: Count,
    /// Bytes of exchange requests.
    pub exchange_bytes_in: Count,
    /// Bytes of exchange answers.
    pub exchange_bytes_out: Count,
    /// Receipts given, repeated ones included.
    pub receipts: Count,
    /// Envelopes that became durable.
    pub envelopes_stored: Count,
    /// Chunks folded into rows and published.
    pub folds: Count,
    /// Chunks kept in the acceptance lane.
    pub chunks_held: Count,
    /// Chunks kept in quarantine.
    pub chunks_quarantined: Count,
    /// Gauge: the journal's last position.
    pub journal_position: Count,
    /// Gauge: up to here the index reflects the journal.
    pub index_position: Count,
    /// Gauge: open connections.
    pub connections_open: Count,
    /// Connections taken.
    pub connections_accepted: Count,
    /// Connections turned away because all places were taken.
    pub connections_turned_away: Count,
    /// Connections cut because the other side was too slow.
    pub connections_cut: Count,
    /// Gauge: open streams of events.
    pub event_streams_open: Count,
    /// HTTP requests answered, of any kind.
    pub requests: Count,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
}

impl Metrics {
    /// Counts a refusal under its stable code.
    pub fn refuse(&self, code: &'static str) {
        *self.refusals.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default() += 1;
    }

    /// The text of `/metrics`.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (name, kind, help, count) in self.table() {
            // Writing to a string cannot fail.
            let _ = write!(text, "# HELP zoufang_{name} {help}\n# TYPE zoufang_{name} {kind}\nzoufang_{name} ");
            let _ = writeln!(text, "{}", count.get());
        }
        text.push_str(
            "# HELP zoufang_refusals_total Refusals by stable code.\n# TYPE zoufang_refusals_total counter\n",
        );
        for (code, number) in self.refusals.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(text, "zoufang_refusals_total{{code=\"{code}\"}} {number}");
        }
        text
    }

    fn table(&self) -> [(&'static str, &'static str, &'static str, &Count); 16] {
        const COUNTER: &str = "counter";
        const GAUGE: &str = "gauge";
        [
            ("exchanges_total", COUNTER, "Exchanges answered with 200.", &self.exchanges),
            ("exchange_in_bytes_total", COUNTER, "Bytes of exchange requests.", &self.exchange_bytes_in),
            ("exchange_out_bytes_total", COUNTER, "Bytes of exchange answers.", &self.exchange_bytes_out),
            ("receipts_total", COUNTER, "Receipts given.", &self.receipts),
            ("envelopes_stored_total", COUNTER, "Envelopes that became durable.", &self.envelopes_stored),
            ("folds_total", COUNTER, "Chunks folded and published.", &self.folds),
            ("chunks_held_total", COUNTER, "Chunks kept for the county.", &self.chunks_held),
            ("chunks_quarantined_total", COUNTER, "Chunks kept in quarantine.", &self.chunks_quarantined),
            ("journal_position", GAUGE, "Last position of the journal.", &self.journal_position),
            ("index_position", GAUGE, "Position that the index reflects.", &self.index_position),
            ("connections_open", GAUGE, "Open connections.", &self.connections_open),
            ("connections_accepted_total", COUNTER, "Connections taken.", &self.connections_accepted),
            ("connections_turned_away_total", COUNTER, "Connections over the limit.", &self.connections_turned_away),
            ("connections_cut_total", COUNTER, "Connections cut for slowness.", &self.connections_cut),
            ("event_streams_open", GAUGE, "Open streams of events.", &self.event_streams_open),
            ("requests_total", COUNTER, "HTTP requests answered.", &self.requests),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_names_counts_and_refusals() {
        let metrics = Metrics::default();
        metrics.receipts.add(3);
        metrics.refuse("code_used");
        metrics.refuse("code_used");
        let text = metrics.render();
        assert!(text.contains("# TYPE zoufang_receipts_total counter\nzoufang_receipts_total 3\n"), "{text}");
        assert!(text.contains("zoufang_refusals_total{code=\"code_used\"} 2\n"), "{text}");
    }
}
