//! How far one connection is, and until when it may stay there.
//!
//! All timeouts of a connection rest on one rule: after every step its task asks [`Pace::deadline`] and cuts the
//! connection when that has passed. Always true: every phase has a deadline, except that a stream of events ends only
//! by stalling or by the drain. Deliberately not here: sockets and HTTP.

use super::limits::ServeLimits;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing of the next request has come.
    Idle,
    /// A header is coming, or the very first one is awaited.
    Header,
    /// A body is coming; so many bytes are here.
    Receiving(u64),
    /// The request is whole, the answer is being made.
    Working,
    /// The answer is going out.
    Answering,
    /// A stream of events is open.
    Streaming,
}

/// The state behind [`SharedPace`].
#[derive(Debug)]
pub(super) struct Pace {
    limits: Arc<ServeLimits>,
    /// Bytes that the body of the request at hand may have.
    pub(super) body_max: u64,
    phase: Phase,
    since: Instant,
    stalled_since: Option<Instant>,
    crowded: bool,
    /// The body was larger than allowed: the answer is 413 and the rest is thrown away.
    pub(super) oversized: bool,
    /// The server is stopping: streams of events end now.
    pub(super) ending: bool,
}

/// One connection's pace, shared by its socket, its bodies and its task.
#[derive(Debug, Clone)]
pub(super) struct SharedPace(Arc<Mutex<Pace>>);

impl SharedPace {
    pub(super) fn new(limits: Arc<ServeLimits>) -> Self {
        Self(Arc::new(Mutex::new(Pace::new(limits, Instant::now()))))
    }

    /// All holders run in one task; the lock is never contended and never held across a wait.
    pub(super) fn lock(&self) -> MutexGuard<'_, Pace> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pace {
    fn new(limits: Arc<ServeLimits>, now: Instant) -> Self {
        let (phase, stalled_since) = (Phase::Header, None);
        let body_max = limits.body_bytes_max;
        Self { limits, body_max, phase, since: now, stalled_since, crowded: false, oversized: false, ending: false }
    }

    fn enter(&mut self, phase: Phase, now: Instant) {
        self.phase = phase;
        self.since = now;
    }

    /// Bytes came from the socket.
    pub(super) fn bytes_arrived(&mut self, now: Instant) {
        if self.phase == Phase::Idle {
            self.enter(Phase::Header, now);
        }
    }

    /// A header is whole; `body_follows` unless the request has none.
    pub(super) fn request_began(&mut self, body_follows: bool, now: Instant) {
        self.oversized = false;
        self.crowded = false;
        self.enter(if body_follows { Phase::Receiving(0) } else { Phase::Working }, now);
    }

    /// A piece of the body came. False if that is more than allowed.
    pub(super) fn body_arrived(&mut self, bytes: u64) -> bool {
        if let Phase::Receiving(so_far) = &mut self.phase {
            *so_far += bytes;
            self.oversized = *so_far > self.body_max;
        }
        !self.oversized
    }

    /// The body is whole.
    pub(super) fn body_ended(&mut self, now: Instant) {
        if matches!(self.phase, Phase::Receiving(_)) {
            self.enter(Phase::Working, now);
        }
    }

    /// The answer's head is known.
    pub(super) fn answer_began(&mut self, stream: bool, now: Instant) {
        self.enter(if stream { Phase::Streaming } else { Phase::Answering }, now);
    }

    /// The answer's body is with the socket.
    pub(super) fn answer_ended(&mut self, now: Instant) {
        self.enter(Phase::Idle, now);
    }

    /// The socket took bytes. What is sent while waiting for the next request is the tail of the last answer.
    pub(super) fn bytes_left(&mut self, now: Instant) {
        self.stalled_since = None;
        if self.phase == Phase::Idle {
            self.since = now;
        }
    }

    /// The socket takes nothing at present.
    pub(super) fn stalled(&mut self, now: Instant) {
        self.stalled_since.get_or_insert(now);
    }

    /// All places are taken: who only waits must hurry.
    pub(super) fn hurry(&mut self) {
        self.crowded = true;
    }

    /// When the answer must be there; none while the request is still coming.
    pub(super) fn work_deadline(&self) -> Option<Instant> {
        (self.phase == Phase::Working).then(|| self.since + self.limits.work_time)
    }

    /// When the connection is cut unless something happens before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let stall = self.stalled_since.map(|since| since + self.limits.stall_time);
        let phase = self.phase_time().map(|time| self.since + time);
        [stall, phase].into_iter().flatten().min()
    }

    fn phase_time(&self) -> Option<Duration> {
        let limits = &self.limits;
        let hurried = |time: Duration| if self.crowded { time.min(limits.crowded_idle_time) } else { time };
        match self.phase {
            Phase::Idle => Some(hurried(limits.idle_time)),
            Phase::Header => Some(hurried(limits.header_time)),
            Phase::Receiving(bytes) => {
                Some(limits.body_time + Duration::from_secs(bytes / limits.body_bytes_per_second.max(1)))
            }
            // The request itself is answered `busy` first; this is for an answer that nobody makes.
            Phase::Working => Some(limits.work_time * 2),
            Phase::Answering => Some(limits.answer_time),
            Phase::Streaming => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> (Pace, Instant, Arc<ServeLimits>) {
        let (limits, now) = (Arc::new(ServeLimits::default()), Instant::now());
        (Pace::new(Arc::clone(&limits), now), now, limits)
    }

    #[tokio::test]
    async fn one_byte_a_second_is_cut_and_ten_kilobytes_a_second_are_not() {
        let (mut pace, start, limits) = pace();
        pace.request_began(true, start);
        (0..30).for_each(|_| assert!(pace.body_arrived(1)));
        assert_eq!(pace.deadline(), Some(start + limits.body_time));
        assert!(pace.body_arrived(1024 * 1024 - 30));
        assert!(pace.deadline() > Some(start + Duration::from_secs(105)));
        assert!(!pace.body_arrived(64 * 1024));
    }

    #[tokio::test]
    async fn answer_that_still_flows_outlives_the_idle_time() {
        let (mut pace, start, limits) = pace();
        pace.request_began(false, start);
        pace.answer_began(false, start);
        pace.answer_ended(start);
        let later = start + limits.idle_time;
        pace.bytes_left(later);
        assert_eq!(pace.deadline(), Some(later + limits.idle_time));
        pace.stalled(later);
        assert_eq!(pace.deadline(), Some(later + limits.stall_time));
    }

    #[tokio::test]
    async fn event_stream_has_no_deadline_until_it_stalls() {
        let (mut pace, start, limits) = pace();
        pace.request_began(false, start);
        pace.answer_began(true, start);
        assert_eq!(pace.deadline(), None);
        pace.stalled(start);
        assert_eq!(pace.deadline(), Some(start + limits.stall_time));
    }
}
