//! What the projector's thread does: applies durable records in order, judges when the door is quiet, flushes.
//!
//! Always true: receipts come first. Judging and folding cost far more than a receipt, so they wait until no envelope
//! has come for a moment, but never long. Deliberately not here: starting and stopping the thread (`projector`).

use super::{FoldError, project, tables, verdicts};
use crate::metrics::Metrics;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::store::contract::{Position, Store, StoreError, Stored};
use crate::store::record::{JournalRecord, Outcome};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, watch};
use zoufang_sync_protocol::register::Registers;

/// Records applied in one batch: bounds memory and the time a reader waits.
const BATCH_RECORDS_MAX: usize = 256;
/// Chunks judged before their verdicts are written.
const JUDGED_TOGETHER_MAX: usize = 64;
/// No further chunk is judged in the same batch after so long: what a crash can make the next start do again is this,
/// and what came since the last flush.
const JUDGED_TOGETHER_TIME: Duration = Duration::from_millis(200);
/// The index is made durable this often while it changes. Losing it costs time, never data.
const FLUSH_EVERY: Duration = Duration::from_secs(1);
/// Judging begins when nothing has come for so long …
const QUIET: Duration = Duration::from_millis(100);
/// … or when something has waited for so long; then it goes on until nothing waits.
const WAIT_MAX: Duration = Duration::from_secs(2);
/// With nothing to do the thread looks this often whether it should stop.
const IDLE: Duration = Duration::from_millis(200);

/// What the thread tells everybody else.
pub(super) struct Told {
    /// The index reflects the journal up to here.
    pub(super) projected: watch::Sender<Position>,
    /// Every envelope up to here has its verdict.
    pub(super) judged: watch::Sender<Position>,
    /// Names of feeds that moved.
    pub(super) moved: broadcast::Sender<Arc<str>>,
}

/// See the module's header.
pub(super) struct Work {
    store: Arc<dyn Store>,
    /// In force at the place of the journal that is applied; read from files once.
    registers: Registers,
    waiting: BTreeSet<(Position, u64)>,
    /// Since when something waits, and when something last came.
    waits: Option<(Instant, Instant)>,
    is_judging: bool,
    /// Verdicts up to here are written but perhaps not applied yet.
    verdicts_until: Position,
    told: Told,
    is_dirty: bool,
    metrics: Arc<Metrics>,
}

impl Work {
    pub(super) fn new(store: Arc<dyn Store>, metrics: Arc<Metrics>, told: Told) -> Self {
        let (registers, waiting) = (Registers::built_in(), BTreeSet::new());
        let (waits, is_judging, verdicts_until, is_dirty) = (None, false, 0, false);
        Self { store, registers, waiting, waits, is_judging, verdicts_until, told, is_dirty, metrics }
    }

    /// An index of another form is thrown away.
    fn begin_anew_if_old(&self) -> Result<(), FoldError> {
        if self.store.get(keys::FORM)?.as_deref() == Some(keys::form_now()) {
            return Ok(());
        }
        if self.store.applied()? > 0 {
            tracing::info!("the index has an older form and is made anew");
            self.store.clear_index()?;
        }
        let mut overlay = Overlay::new(&*self.store);
        overlay.put_bytes(keys::FORM.to_vec(), keys::form_now().to_vec());
        Ok(self.store.apply(overlay.batch, 0)?)
    }

    /// Brings the index up to the journal.
    pub(super) fn catch_up(&mut self) -> Result<(), FoldError> {
        self.begin_anew_if_old()?;
        self.registers = tables::registers(&*self.store)?;
        let mut next = self.store.applied()? + 1;
        while next <= self.store.last() {
            let records = self.store.read(next, BATCH_RECORDS_MAX)?;
            next += records.len() as u64;
            self.project(&records)?;
        }
        self.waiting = self.store.all(keys::PENDING)?.iter().filter_map(|(key, _)| keys::waiting_chunk(key)).collect();
        self.is_judging = true;
        self.report(next - 1);
        // Whatever this start had to do again, the next one need not, however soon it comes.
        if self.is_dirty { self.flush() } else { Ok(()) }
    }

    /// Runs until told to stop, or until the store fails.
    pub(super) fn run(
        &mut self,
        stream: &Receiver<Stored>,
        runtime: &tokio::runtime::Handle,
        stop: &AtomicBool,
    ) -> Result<(), FoldError> {
        let mut flushed = Instant::now();
        while !stop.load(Ordering::Relaxed) {
            let patience = self.patience()?;
            match stream.recv_timeout(patience) {
                Ok(first) => self.take(first, stream)?,
                Err(RecvTimeoutError::Timeout) if patience.is_zero() => self.judge(runtime)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if self.is_dirty && flushed.elapsed() > FLUSH_EVERY {
                self.flush()?;
                flushed = Instant::now();
            }
        }
        self.flush()
    }

    /// How long to listen before judging; zero means now.
    fn patience(&mut self) -> Result<Duration, FoldError> {
        if self.waiting.is_empty() || self.store.applied()? < self.verdicts_until {
            return Ok(IDLE);
        }
        let (since, last) = *self.waits.get_or_insert_with(|| (Instant::now(), Instant::now()));
        self.is_judging |= since.elapsed() >= WAIT_MAX;
        Ok(if self.is_judging { Duration::ZERO } else { QUIET.saturating_sub(last.elapsed()) })
    }

    fn flush(&mut self) -> Result<(), FoldError> {
        self.is_dirty = false;
        Ok(self.store.flush()?)
    }

    fn take(&mut self, first: Stored, stream: &Receiver<Stored>) -> Result<(), FoldError> {
        let mut records = vec![first];
        records.extend(stream.try_iter().take(BATCH_RECORDS_MAX - 1));
        let applied = self.store.applied()?;
        records.retain(|record| record.position > applied);
        self.project(&records)
    }

    fn project(&mut self, records: &[Stored]) -> Result<(), FoldError> {
        let Some(last) = records.last().map(|record| record.position) else { return Ok(()) };
        let store = self.store.clone();
        let mut overlay = Overlay::new(&*store);
        for record in records {
            project::project(&mut overlay, &*store, &mut self.registers, record.position, &record.bytes)?;
        }
        self.apply(overlay, last)
    }

    fn apply(&mut self, mut overlay: Overlay<'_>, last: Position) -> Result<(), FoldError> {
        for (key, value) in overlay.batch.entries.range(keys::PENDING.to_vec()..) {
            let Some(waiting) = keys::waiting_chunk(key).filter(|_| key.starts_with(keys::PENDING)) else { break };
            if value.is_some() {
                self.waits = Some((self.waits.map_or_else(Instant::now, |(since, _)| since), Instant::now()));
                self.waiting.insert(waiting);
            } else {
                self.waiting.remove(&waiting);
            }
        }
        if self.waiting.is_empty() {
            (self.waits, self.is_judging) = (None, false);
        }
        let moved = std::mem::take(&mut overlay.moved_feeds);
        self.store.apply(overlay.batch, last)?;
        self.is_dirty = true;
        self.report(last);
        moved.into_iter().for_each(|feed| drop(self.told.moved.send(feed.into())));
        Ok(())
    }

    fn report(&self, projected: Position) {
        self.told.projected.send_replace(projected);
        self.metrics.index_position.set(projected);
        self.metrics.journal_position.set(self.store.last());
        let judged = self.waiting.first().map_or(projected, |(position, _)| position - 1);
        self.told.judged.send_replace(judged);
    }

    fn judge(&mut self, runtime: &tokio::runtime::Handle) -> Result<(), FoldError> {
        let store = self.store.clone();
        let waiting: Vec<_> = self.waiting.iter().copied().take(JUDGED_TOGETHER_MAX).collect();
        let judged = verdicts::verdicts(&*store, &self.registers, &waiting, Instant::now() + JUDGED_TOGETHER_TIME)?;
        judged.records.iter().for_each(|record| self.count(record));
        let bytes: Vec<Vec<u8>> = judged.records.iter().map(JournalRecord::to_bytes).collect();
        let count = bytes.len() as u64;
        let first = match runtime.block_on(store.append(bytes)) {
            Ok(first) => first,
            Err(StoreError::Full(reason)) => {
                tracing::error!(reason, "no room for verdicts; trying again");
                std::thread::sleep(FLUSH_EVERY);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        self.verdicts_until = first + count - 1;
        self.is_judging = true;
        // If nothing came between, the rehearsal is what projecting the verdicts would give: it need not be done again.
        if first == store.applied()? + 1 {
            self.apply(judged.rehearsal, self.verdicts_until)?;
        }
        Ok(())
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
}
