//! The one writer of the journal: gathers what waits, writes it, syncs once, then tells everyone.
//!
//! Always true: nothing is answered or delivered before the sync that covers it; a failed sync is never repeated, and
//! after it every append fails; a full disk leaves the file as it was. Deliberately not here: reading, opening.

use super::super::contract::{Position, StoreError, Stored};
use super::Options;
use super::file_system::OpenFile;
use super::journal::{Segment, Shared};
use super::segment::{Hash, Header, Scanned, encode_mark, encode_record, next_link, remember};
use super::walk::{failed, segment_name};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use tokio::sync::oneshot;

/// What is gathered for one sync: enough to share its cost, not so much that the first waits long.
const GROUP_BYTES: usize = 8 * 1024 * 1024;

/// Records to append, and who waits for them.
pub(super) struct Order {
    pub(super) records: Vec<Vec<u8>>,
    pub(super) answer: oneshot::Sender<Result<Position, StoreError>>,
}

/// The writer's own view of the last segment.
pub(super) struct Writer {
    shared: Arc<Shared>,
    segment_bytes: u64,
    floor: u64,
    tail: Tail,
}

struct Tail {
    file: Box<dyn OpenFile>,
    number: usize,
    header: Header,
    /// Where the next frame goes.
    end: u64,
    link: Hash,
    next: Position,
}

/// Frames of one group, encoded.
struct Encoded {
    bytes: Vec<u8>,
    offsets: Vec<u64>,
    link: Hash,
}

impl Writer {
    /// Takes the last segment, or begins the first one.
    pub(super) fn start(
        shared: Arc<Shared>,
        options: &Options,
        file: Option<Box<dyn OpenFile>>,
        last: Option<&Scanned>,
    ) -> Result<Self, StoreError> {
        let mut tail = match (file, last) {
            (Some(file), Some(last)) => Tail {
                file,
                number: shared.state().segments.len(),
                header: last.header,
                end: last.end,
                link: last.link,
                next: last.header.first + last.records,
            },
            _ => create(&shared, 1, 1, [0; 32])?,
        };
        if last.is_some_and(|last| last.records > 0 && !last.marked) {
            tail.mark().map_err(|error| failed(&shared.folder, &error))?;
        }
        Ok(Self { shared, segment_bytes: options.segment_bytes, floor: options.free_floor, tail })
    }

    /// Works until the last sender is gone.
    pub(super) fn run(mut self, queue: &Receiver<Order>) {
        while let Ok(first) = queue.recv() {
            let mut group = vec![first];
            let mut bytes = size(&group[0]);
            while bytes < GROUP_BYTES {
                let Ok(order) = queue.try_recv() else { break };
                bytes += size(&order);
                group.push(order);
            }
            let outcome = self.commit(&group, bytes as u64);
            self.tell(group, outcome);
        }
    }

    /// Makes a group durable; returns the position of its first record and the places of all.
    fn commit(&mut self, group: &[Order], bytes: u64) -> Result<(Position, Encoded), StoreError> {
        let poisoned = self.shared.state().poisoned.clone();
        if let Some(poisoned) = poisoned {
            return Err(poisoned);
        }
        self.check_room(bytes)?;
        if self.tail.end >= self.segment_bytes {
            self.rotate()?;
        }
        let encoded = self.tail.encode(group);
        if encoded.offsets.is_empty() {
            return Ok((self.tail.next, encoded));
        }
        if let Err(error) = self.tail.file.append(&encoded.bytes) {
            return Err(self.take_back(&error));
        }
        if let Err(error) = self.tail.file.sync() {
            return Err(self.poison(&error));
        }
        let first = self.tail.next;
        self.tail.next += encoded.offsets.len() as u64;
        self.tail.end += encoded.bytes.len() as u64;
        self.tail.link = encoded.link;
        Ok((first, encoded))
    }

    /// Shows a durable group to readers and the subscriber, writes the mark, then answers those who wait.
    fn tell(&mut self, group: Vec<Order>, outcome: Result<(Position, Encoded), StoreError>) {
        let (mut position, encoded) = match outcome {
            Ok(done) => done,
            Err(error) => {
                self.note_full(Some(&error));
                // Nobody waiting any more is as good as told.
                group.into_iter().for_each(|order| drop(order.answer.send(Err(error.clone()))));
                return;
            }
        };
        let mut answers = Vec::with_capacity(group.len());
        let mut records = Vec::with_capacity(encoded.offsets.len());
        let first = position;
        for order in group {
            answers.push((order.answer, position));
            position += order.records.len() as u64;
            records.extend(order.records);
        }
        let was_full = self.shared.state().full.is_some();
        self.publish(first, &encoded.offsets, records);
        // After a full disk even an empty group is marked: that shows whether there is room again.
        if was_full || !encoded.offsets.is_empty() {
            self.mark_group();
        }
        answers.into_iter().for_each(|(answer, position)| drop(answer.send(Ok(position))));
    }

    fn publish(&self, first: Position, offsets: &[u64], records: Vec<Vec<u8>>) {
        let mut state = self.shared.state();
        state.full = None;
        let Some(segment) = state.segments.last_mut() else { return };
        segment.end = self.tail.end;
        for (position, offset) in (first..).zip(offsets) {
            remember(&mut segment.places, position, *offset);
        }
        state.last = self.tail.next - 1;
        let Some(subscriber) = &state.subscriber else { return };
        let mut stored = (first..).zip(records).map(|(position, bytes)| Stored { position, bytes });
        if stored.any(|record| subscriber.send(record).is_err()) {
            state.subscriber = None;
        }
    }

    /// Says in the file that the group was synced. Not synced itself: the next sync takes it along, and until then a
    /// missing mark only means that the group would be cut, not named as damaged, if its bytes went bad.
    fn mark_group(&mut self) {
        if let Err(error) = self.tail.mark() {
            // The records are safe without it; what matters is that no half of a mark stays.
            let error = self.take_back(&error);
            self.note_full(Some(&error));
        }
    }

    fn check_room(&self, bytes: u64) -> Result<(), StoreError> {
        let free = self.shared.files.free_bytes(&self.shared.folder).map_err(|error| self.poison(&error))?;
        if free < self.floor.saturating_add(bytes) {
            let floor = self.floor;
            return Err(StoreError::Full(format!("{free} bytes are free, and {floor} are kept in reserve")));
        }
        Ok(())
    }

    /// Begins the next segment.
    fn rotate(&mut self) -> Result<(), StoreError> {
        // The mark at the end of the old segment must be there before the new one says that all of it was good.
        self.tail.file.sync().map_err(|error| self.poison(&error))?;
        self.tail = create(&self.shared, self.tail.number + 1, self.tail.next, self.tail.link)?;
        Ok(())
    }

    /// After a failed write: the file gets its old length. Only a disk that is full, and says so, is forgiven.
    fn take_back(&self, error: &io::Error) -> StoreError {
        let whole = self.tail.file.length().and_then(|length| match length == self.tail.end {
            true => Ok(()),
            false => self.tail.file.truncate(self.tail.end),
        });
        match whole {
            Ok(()) if is_full(error) => StoreError::Full(error.to_string()),
            Ok(()) => self.poison(error),
            Err(worse) => self.poison(&worse),
        }
    }

    fn poison(&self, error: &io::Error) -> StoreError {
        poison(&self.shared, error)
    }

    fn note_full(&self, error: Option<&StoreError>) {
        if let Some(full @ StoreError::Full(_)) = error {
            self.shared.state().full = Some(full.clone());
        }
    }
}

impl Tail {
    fn encode(&self, group: &[Order]) -> Encoded {
        let mut encoded = Encoded { bytes: Vec::new(), offsets: Vec::new(), link: self.link };
        for (position, record) in (self.next..).zip(group.iter().flat_map(|order| &order.records)) {
            encoded.offsets.push(self.end + encoded.bytes.len() as u64);
            let digest = encode_record(position, record, &mut encoded.bytes);
            encoded.link = next_link(&encoded.link, &digest);
        }
        encoded
    }

    fn mark(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        encode_mark(&self.header.tag, self.end, &self.link, &mut bytes);
        self.file.append(&bytes)?;
        self.end += bytes.len() as u64;
        Ok(())
    }
}

/// Makes a segment file with its header, durable with its name before the first record goes in.
fn create(shared: &Shared, number: usize, first: Position, previous: Hash) -> Result<Tail, StoreError> {
    let header = Header { first, tag: uuid::Uuid::new_v4().into_bytes(), previous };
    let bytes = header.encode();
    let path = shared.folder.join(segment_name(number));
    let written = shared.files.open(&path, true).and_then(|file| file.append(&bytes).map(|()| file));
    let file = match written {
        Ok(file) => file,
        Err(error) if is_full(&error) => {
            // A header that could not be written must not stand in the way of the next attempt.
            shared.files.remove(&path).or_else(absent_is_fine).map_err(|worse| poison(shared, &worse))?;
            return Err(StoreError::Full(error.to_string()));
        }
        Err(error) => return Err(poison(shared, &error)),
    };
    file.sync().map_err(|error| poison(shared, &error))?;
    shared.files.sync_folder(&shared.folder).map_err(|error| poison(shared, &error))?;
    let end = bytes.len() as u64;
    shared.state().segments.push(Segment { header, end, places: Vec::new() });
    Ok(Tail { file, number, link: header.link(), header, end, next: first })
}

fn absent_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// From here on every append fails: a disk that lost a write must not be trusted with the next.
fn poison(shared: &Shared, error: &io::Error) -> StoreError {
    let failed = StoreError::Failed(error.to_string());
    shared.state().poisoned.get_or_insert(failed).clone()
}

/// A file system that turned read-only takes nothing and loses nothing, like a full one.
pub(super) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem | FileTooLarge)
}

fn size(order: &Order) -> usize {
    order.records.iter().map(Vec::len).sum()
}
