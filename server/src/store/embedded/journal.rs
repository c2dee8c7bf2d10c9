//! The journal: opens it, reads it, hands records to its one writer.
//!
//! Always true: readers see only what was synced; `last`, the places and the subscriber move together, under one lock.
//! Deliberately not here: writing (`writer`), the layout of bytes (`segment`), what records mean.

use super::super::contract::{Appending, Position, StoreError, Stored};
use super::Options;
use super::file_system::{FileSystem, OpenFile};
use super::segment::{Frame, Header, Place, decode};
use super::walk::{Walked, damaged, failed, segment_name, walk};
use super::writer::{Order, Writer};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// First and further amounts that a reader fetches at once: one record is often all it wants.
const FIRST_WINDOW: usize = 16 * 1024;
const WINDOW: usize = 256 * 1024;

/// An open journal.
pub(super) struct Journal {
    shared: Arc<Shared>,
    orders: Option<Sender<Order>>,
    writer: Option<JoinHandle<()>>,
    record_limit: usize,
}

/// What readers and the writer both see.
pub(super) struct Shared {
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) folder: PathBuf,
    state: Mutex<State>,
}

/// How far the journal is durable.
#[derive(Default)]
pub(super) struct State {
    pub(super) segments: Vec<Segment>,
    pub(super) last: Position,
    pub(super) subscriber: Option<Sender<Stored>>,
    /// Set once and for all when the disk failed.
    pub(super) poisoned: Option<StoreError>,
    /// Set while the last attempt to write found no room.
    pub(super) full: Option<StoreError>,
}

/// A segment as readers know it.
pub(super) struct Segment {
    pub(super) header: Header,
    /// End of its durable records.
    pub(super) end: u64,
    pub(super) places: Vec<Place>,
}

impl Shared {
    /// The state. A thread that panicked while holding it left it whole: each holder changes it in one step.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal {
    /// Opens the journal in `folder`, cuts a torn tail, makes sure that what it then shows is on the disk.
    pub(super) fn open(files: Arc<dyn FileSystem>, folder: &Path, options: &Options) -> Result<Self, StoreError> {
        files.create_folder(folder).map_err(|error| failed(folder, &error))?;
        let walked = walk(&*files, folder, false)?;
        let tail = settle(&*files, folder, &walked)?;
        let shared =
            Arc::new(Shared { files, folder: folder.to_owned(), state: Mutex::new(State::from_walked(&walked)) });
        let writer = Writer::start(Arc::clone(&shared), options, tail, walked.segments.last())?;
        let (orders, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(&queue))
            .map_err(|error| failed(folder, &error))?;
        Ok(Self { shared, orders: Some(orders), writer: Some(thread), record_limit: options.record_limit })
    }

    pub(super) fn append(&self, records: Vec<Vec<u8>>) -> Appending {
        if let Some(long) = records.iter().map(Vec::len).find(|length| *length > self.record_limit) {
            let reason = format!("a record of {long} bytes is over the journal's limit");
            return Box::pin(std::future::ready(Err(StoreError::Failed(reason))));
        }
        let (answer, answered) = oneshot::channel();
        if let Some(orders) = &self.orders {
            // A failed send drops `answer`, and the future then says that the writer is gone.
            let _ = orders.send(Order { records, answer });
        }
        let gone = || StoreError::Failed("the journal's writer is gone".to_owned());
        Box::pin(async move { answered.await.unwrap_or_else(|_| Err(gone())) })
    }

    pub(super) fn last(&self) -> Position {
        self.shared.state().last
    }

    pub(super) fn subscribe(&self) -> Receiver<Stored> {
        let (sender, receiver) = channel();
        self.shared.state().subscriber = Some(sender);
        receiver
    }

    /// What keeps the journal from taking records. Asking about a full disk makes the writer try again, so that a
    /// server that gets no work while it is not ready finds out that there is room.
    pub(super) fn trouble(&self) -> Option<StoreError> {
        let (poisoned, full) = {
            let state = self.shared.state();
            (state.poisoned.clone(), state.full.clone())
        };
        if full.is_some() {
            drop(self.append(Vec::new()));
        }
        poisoned.or(full)
    }

    pub(super) fn read(&self, from: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let mut found = Vec::new();
        let mut next = from.max(1);
        while found.len() < limit {
            let Some(stretch) = self.stretch(next) else { break };
            let want = limit - found.len();
            let records = stretch.read(&self.shared, next, want)?;
            next += records.len() as u64;
            found.extend(records);
        }
        Ok(found)
    }

    /// The rest of the segment that holds the record at `position`, from the remembered place before it.
    fn stretch(&self, position: Position) -> Option<Stretch> {
        let state = self.shared.state();
        if position > state.last {
            return None;
        }
        let number = state.segments.partition_point(|segment| segment.header.first <= position);
        let segment = &state.segments[number.checked_sub(1)?];
        let last = state.segments.get(number).map_or(state.last, |after| after.header.first - 1);
        let place = segment.places.partition_point(|place| place.position <= position).checked_sub(1)?;
        let place = segment.places[place];
        Some(Stretch { name: segment_name(number), tag: segment.header.tag, place, last, end: segment.end })
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.orders.take());
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has told its callers already.
            let _ = writer.join();
        }
    }
}

impl State {
    fn from_walked(walked: &Walked) -> Self {
        let segment = |scanned: &super::segment::Scanned| Segment {
            header: scanned.header,
            end: scanned.end,
            places: scanned.places.clone(),
        };
        let last = walked.segments.last().map_or(0, |segment| segment.header.first + segment.records - 1);
        Self { segments: walked.segments.iter().map(segment).collect(), last, ..Self::default() }
    }
}

/// Removes what a crash left unfinished, and opens the last segment, if there is one, with all its bytes on the disk.
fn settle(files: &dyn FileSystem, folder: &Path, walked: &Walked) -> Result<Option<Box<dyn OpenFile>>, StoreError> {
    let number = walked.segments.len();
    let clear = || -> std::io::Result<Option<Box<dyn OpenFile>>> {
        if walked.unborn {
            files.remove(&folder.join(segment_name(number + 1)))?;
        }
        files.sync_folder(folder)?;
        let Some(last) = walked.segments.last() else { return Ok(None) };
        let file = files.open(&folder.join(segment_name(number)), false)?;
        if file.length()? > last.end {
            file.truncate(last.end)?;
        }
        // A server that was killed may have left whole records that only the page cache knows.
        file.sync()?;
        Ok(Some(file))
    };
    clear().map_err(|error| failed(folder, &error))
}

/// A part of one segment that is to be read.
struct Stretch {
    name: String,
    tag: [u8; 16],
    place: Place,
    last: Position,
    end: u64,
}

impl Stretch {
    /// Records from `from` on, at most `limit`, to the end of this segment.
    fn read(&self, shared: &Shared, from: Position, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let path = shared.folder.join(&self.name);
        let file = shared.files.open(&path, false).map_err(|error| failed(&path, &error))?;
        let mut window = Window { file, bytes: Vec::new(), used: 0, offset: self.place.offset, end: self.end };
        let mut found = Vec::new();
        let mut position = self.place.position;
        while found.len() < limit && position <= self.last {
            match decode(&window.bytes[window.used..], &self.tag, window.offset, position) {
                Frame::Record { body, length, .. } => {
                    if position >= from {
                        found.push(Stored { position, bytes: body.to_vec() });
                    }
                    position += 1;
                    window.pass(length);
                }
                Frame::Mark { length, .. } => window.pass(length),
                Frame::Short { needed } => {
                    let more = window.fetch(needed).map_err(|error| failed(&path, &error))?;
                    if !more {
                        return Err(damaged(&self.name, window.offset, "the frame is cut short"));
                    }
                }
                Frame::Bad(reason) => return Err(damaged(&self.name, window.offset, reason)),
            }
        }
        Ok(found)
    }
}

/// Bytes of a file, fetched piece by piece.
struct Window {
    file: Box<dyn OpenFile>,
    bytes: Vec<u8>,
    used: usize,
    /// Where `used` stands in the file.
    offset: u64,
    end: u64,
}

impl Window {
    fn pass(&mut self, length: usize) {
        self.used += length;
        self.offset += length as u64;
    }

    /// Fetches so many bytes that at least `needed` are there; false if the durable part does not have them.
    fn fetch(&mut self, needed: usize) -> std::io::Result<bool> {
        if self.offset + needed as u64 > self.end {
            return Ok(false);
        }
        let usual = if self.bytes.is_empty() { FIRST_WINDOW } else { WINDOW };
        let left = usize::try_from(self.end - self.offset).unwrap_or(usize::MAX);
        self.bytes = self.file.read_at(self.offset, needed.max(usual).min(left))?;
        self.used = 0;
        Ok(self.bytes.len() >= needed)
    }
}
