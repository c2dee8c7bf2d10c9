//! The one thread that keeps the index: takes durable records in order, applies them, gives verdicts, flushes.
//!
//! Always true: `projected` never passes a record that is not applied; `judged` never passes an envelope without a
//! verdict. On a storage error the thread stops and says so: the process exits, restarts and catches up from the
//! journal. Deliberately not here: what a record means (`project`).

use super::FoldError;
use super::work::{Told, Work};
use crate::metrics::Metrics;
use crate::store::contract::{Position, Store, StoreError};
use std::sync::Arc;
use tokio::sync::{broadcast, oneshot, watch};

/// Feed moves that a slow listener may lag behind before it misses some (it then does an ordinary exchange anyway).
const MOVES_KEPT: usize = 1024;

/// What the projector tells everybody else.
#[derive(Clone)]
pub struct Progress {
    /// The index reflects the journal up to here.
    pub projected: watch::Receiver<Position>,
    /// Every envelope up to here has its verdict, and the verdict is folded.
    pub judged: watch::Receiver<Position>,
    /// Names of feeds that moved.
    pub moved: broadcast::Sender<Arc<str>>,
}

impl Progress {
    /// Waits until the index reflects `position`.
    pub async fn projected(&self, position: Position) {
        // The sender lives as long as the projector; once that has stopped, the process is about to exit.
        let _ = self.projected.clone().wait_for(|projected| *projected >= position).await;
    }

    /// Waits until the envelope at `position` is judged and folded.
    pub async fn judged(&self, position: Position) {
        let _ = self.judged.clone().wait_for(|judged| *judged >= position).await;
    }
}

/// Handle of the running projector.
pub struct Projector {
    /// See [`Progress`].
    pub progress: Progress,
    /// Resolves with the reason once the thread stopped by itself.
    pub failed: oneshot::Receiver<String>,
    stop: Arc<std::sync::atomic::AtomicBool>,
    thread: std::thread::JoinHandle<()>,
}

impl Projector {
    /// Catches up with the journal, then starts the thread.
    pub fn start(
        store: Arc<dyn Store>,
        runtime: tokio::runtime::Handle,
        metrics: Arc<Metrics>,
    ) -> Result<Self, FoldError> {
        let (projected, projected_seen) = watch::channel(0);
        let (judged, judged_seen) = watch::channel(0);
        let (moved, _) = broadcast::channel(MOVES_KEPT);
        let (failed, failure) = oneshot::channel();
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let stream = store.subscribe();
        let mut work = Work::new(store, metrics, Told { projected, judged, moved: moved.clone() });
        work.catch_up()?;
        let stopping = stop.clone();
        let thread = std::thread::Builder::new()
            .name("projector".to_owned())
            .spawn(move || {
                if let Err(error) = work.run(&stream, &runtime, &stopping) {
                    tracing::error!(%error, "the projector stopped");
                    let _ = failed.send(error.to_string());
                }
            })
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        let progress = Progress { projected: projected_seen, judged: judged_seen, moved };
        Ok(Self { progress, failed: failure, stop, thread })
    }

    /// Stops after the work at hand and flushes.
    pub fn stop(self) {
        self.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        let _ = self.thread.join();
    }
}
