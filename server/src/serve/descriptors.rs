//! How many sockets this process may hold.
//!
//! Always true: asking never fails the start; the limit is lowered instead. Deliberately not here: the limit itself.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Files, the journal and the listener need some descriptors beside the connections.
const RESERVED: u64 = 128;

/// Raises the soft limit to the hard one (many systems start with 1,024) and says how many connections fit.
pub(super) fn connections_possible() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let current = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    // None means that there is no limit.
    let descriptors = current.unwrap_or(u64::MAX);
    usize::try_from(descriptors.saturating_sub(RESERVED).max(1)).unwrap_or(usize::MAX)
}
