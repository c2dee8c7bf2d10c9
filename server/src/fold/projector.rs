//! The one thread that keeps the index: takes durable records in order, applies them, gives verdicts, flushes.
//!
//! Always true: `projected` never passes a record that is not applied; `judged` never passes an envelope without a
//! verdict. On a storage error the thread stops and says so: the process exits, restarts and catches up from the
//! journal. Deliberately not here: what a record means (`project`).

use super::{FoldError, project, verdicts};
use crate::metrics::Metrics;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::store::contract::{Position, Store, StoreError, Stored};
use crate::store::record::{JournalRecord, Outcome};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, oneshot, watch};
use zoufang_sync_protocol::register::Register;

/// Records applied in one batch: bounds memory and the time a reader waits.
const BATCH_RECORDS_MAX: usize = 256;
/// Chunks judged before their verdicts are written.
const JUDGED_TOGETHER_MAX: usize = 64;
/// The index is made durable this often while it changes. Losing it costs time, never data.
const FLUSH_EVERY: Duration = Duration::from_secs(1);
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
        let mut work = Work {
            store,
            register: Register::visit(),
            waiting: BTreeSet::new(),
            verdicts_until: 0,
            projected,
            judged,
            moved: moved.clone(),
            dirty: false,
            metrics,
        };
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

struct Work {
    store: Arc<dyn Store>,
    register: Register,
    waiting: BTreeSet<(Position, u64)>,
    /// Verdicts up to here are written but perhaps not applied yet.
    verdicts_until: Position,
    projected: watch::Sender<Position>,
    judged: watch::Sender<Position>,
    moved: broadcast::Sender<Arc<str>>,
    dirty: bool,
    metrics: Arc<Metrics>,
}

impl Work {
    /// An index of another form is thrown away.
    fn begin_anew_if_old(&self) -> Result<(), FoldError> {
        if self.store.get(keys::FORM)?.as_deref() == Some(keys::FORM_NOW) {
            return Ok(());
        }
        if self.store.applied()? > 0 {
            tracing::info!("the index has an older form and is made anew");
            self.store.clear_index()?;
        }
        let mut overlay = Overlay::new(&*self.store);
        overlay.put_bytes(keys::FORM.to_vec(), keys::FORM_NOW.to_vec());
        Ok(self.store.apply(overlay.batch, 0)?)
    }

    fn catch_up(&mut self) -> Result<(), FoldError> {
        self.begin_anew_if_old()?;
        let mut next = self.store.applied()? + 1;
        while next <= self.store.last() {
            let records = self.store.read(next, BATCH_RECORDS_MAX)?;
            next += records.len() as u64;
            self.apply(&records)?;
        }
        self.waiting = self.store.all(keys::PENDING)?.iter().filter_map(|(key, _)| keys::waiting_chunk(key)).collect();
        self.report(next - 1);
        Ok(())
    }

    fn run(
        &mut self,
        stream: &Receiver<Stored>,
        runtime: &tokio::runtime::Handle,
        stop: &std::sync::atomic::AtomicBool,
    ) -> Result<(), FoldError> {
        let mut flushed = Instant::now();
        loop {
            let has_work = !self.waiting.is_empty() && self.store.applied()? >= self.verdicts_until;
            let patience = if has_work { Duration::ZERO } else { Duration::from_millis(200) };
            match stream.recv_timeout(patience) {
                Ok(first) => self.take(first, stream)?,
                Err(RecvTimeoutError::Timeout) if has_work => self.judge(runtime)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.flush(),
            }
            if self.dirty && flushed.elapsed() > FLUSH_EVERY {
                self.flush()?;
                flushed = Instant::now();
            }
            if stop.load(std::sync::atomic::Ordering::Relaxed) {
                return self.flush();
            }
        }
    }

    fn flush(&mut self) -> Result<(), FoldError> {
        self.dirty = false;
        Ok(self.store.flush()?)
    }

    fn take(&mut self, first: Stored, stream: &Receiver<Stored>) -> Result<(), FoldError> {
        let mut records = vec![first];
        records.extend(stream.try_iter().take(BATCH_RECORDS_MAX - 1));
        let applied = self.store.applied()?;
        records.retain(|record| record.position > applied);
        self.apply(&records)
    }

    fn apply(&mut self, records: &[Stored]) -> Result<(), FoldError> {
        let Some(last) = records.last().map(|record| record.position) else { return Ok(()) };
        let mut overlay = Overlay::new(&*self.store);
        for record in records {
            project::project(&mut overlay, &*self.store, &self.register, record.position, &record.bytes)?;
        }
        for (key, value) in overlay.batch.entries.range(keys::PENDING.to_vec()..) {
            let Some(waiting) = keys::waiting_chunk(key).filter(|_| key.starts_with(keys::PENDING)) else { break };
            if value.is_some() {
                self.waiting.insert(waiting)
            } else {
                self.waiting.remove(&waiting)
            };
        }
        let moved = std::mem::take(&mut overlay.moved_feeds);
        self.store.apply(overlay.batch, last)?;
        self.dirty = true;
        self.report(last);
        moved.into_iter().for_each(|feed| drop(self.moved.send(feed.into())));
        Ok(())
    }

    fn report(&self, projected: Position) {
        self.projected.send_replace(projected);
        self.metrics.index_position.set(projected);
        self.metrics.journal_position.set(self.store.last());
        let judged = self.waiting.first().map_or(projected, |(position, _)| position - 1);
        self.judged.send_replace(judged);
    }

    fn count(&self, record: &JournalRecord) {
        let JournalRecord::Verdict { outcome, .. } = record else { return };
        match outcome {
            Outcome::Published => self.metrics.folds.add(1),
            Outcome::Held => self.metrics.chunks_held.add(1),
            Outcome::Quarantined { .. } => self.metrics.chunks_quarantined.add(1),
            Outcome::Parked => {}
        }
    }

    fn judge(&mut self, runtime: &tokio::runtime::Handle) -> Result<(), FoldError> {
        let waiting: Vec<_> = self.waiting.iter().copied().take(JUDGED_TOGETHER_MAX).collect();
        let records = verdicts::verdicts(&*self.store, &self.register, &waiting)?;
        let count = records.len() as u64;
        records.iter().for_each(|record| self.count(record));
        let bytes = records.iter().map(JournalRecord::to_bytes).collect();
        match runtime.block_on(self.store.append(bytes)) {
            Ok(first) => self.verdicts_until = first + count - 1,
            Err(StoreError::Full(reason)) => {
                tracing::error!(reason, "no room for verdicts; trying again");
                std::thread::sleep(FLUSH_EVERY);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}
