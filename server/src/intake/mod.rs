//! Everything that comes in and is written down: exchanges, enrolments, sign-ins, links, settlements.
//!
//! Always true: what is answered as done is durable. The path of an exchange parses no Automerge and loads no history.
//! Deliberately not here: HTTP (`routes`), verdicts and folding (`fold`).

pub mod campaigns;
pub mod county;
pub mod county_records;
pub mod county_tables;
pub mod enrol;
pub mod exchange;
pub mod feeds;
pub mod found;
pub mod imports;
pub mod people;
pub mod photos;
pub mod units;

use crate::access::keys::CountyKeys;
use crate::access::nonce::NonceBook;
use crate::access::{AccessError, AccessRecord};
use crate::county::CountyError;
use crate::county::lists::ListRefused;
use crate::county::view::CampaignFault;
use crate::fold::FoldError;
use crate::fold::projector::Progress;
use crate::fold::settle::SettleError;
use crate::metrics::Metrics;
use crate::photos::PhotoRoom;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::Founded;
use crate::sheets::SheetError;
use crate::store::contract::{Position, Store, StoreError};
use crate::store::record::JournalRecord;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::register::RegisterFaults;

/// The desk where things come in.
pub struct Intake {
    /// Where they are kept.
    pub store: Arc<dyn Store>,
    /// The county's keys.
    pub keys: CountyKeys,
    /// Nonces that were used.
    pub nonces: NonceBook,
    /// How far the index is.
    pub progress: Progress,
    /// The county.
    pub founded: Founded,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Photos that records name.
    pub photos: Arc<PhotoRoom>,
    /// Held while a table is read, changed and written.
    tables: tokio::sync::Mutex<()>,
    /// Lists that are looked at and not taken yet, oldest first.
    imports: Mutex<Vec<Arc<imports::drafts::Draft>>>,
    /// Held while people, codes, devices and held work are looked at and changed.
    people: tokio::sync::Mutex<()>,
}

/// Why something was not taken.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Bytes that are not what they should be.
    #[error(transparent)]
    Protocol(#[from] ProtocolError),
    /// No access.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A settlement that cannot be made.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// The phone belongs to another county.
    #[error("county {0}")]
    WrongCounty(String),
    /// No such device.
    #[error("unknown device")]
    UnknownDevice,
    /// Held work rests on other work that was declined: the id of its matter.
    #[error("held work needs {0}")]
    HeldNeeds(String),
    /// Held work that cannot be looked at.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// No such thing, or none that may be seen.
    #[error("not found: {0}")]
    NotFound(String),
    /// A field of a form is not as it should be.
    #[error("bad field {0}")]
    BadField(String),
    /// A question about rows that cannot be answered.
    #[error(transparent)]
    County(#[from] CountyError),
    /// A version of a list that is not taken.
    #[error(transparent)]
    List(#[from] ListRefused),
    /// A citizen number that somebody typed and that is not taken.
    #[error(transparent)]
    Number(#[from] imports::NumberRefused),
    /// A photo that is not there or was not taken.
    #[error(transparent)]
    Photo(#[from] crate::photos::PhotoError),
    /// A campaign's plan that is not taken.
    #[error("campaign: {} faults", .0.len())]
    Campaign(Vec<CampaignFault>),
    /// A spreadsheet file that cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// A register file that is not taken.
    #[error(transparent)]
    Register(#[from] RegisterFaults),
}

impl Intake {
    /// Opens the desk over a store that the projector has caught up with.
    pub fn open(
        store: Arc<dyn Store>,
        keys: CountyKeys,
        progress: Progress,
        metrics: Arc<Metrics>,
        nonces: NonceBook,
        photos: PhotoRoom,
    ) -> Result<Self, IntakeError> {
        let founded: Founded = store.value(keys::FOUNDED)?.ok_or(AccessError::NotFounded)?;
        let (tables, people, imports) = Default::default();
        let photos = Arc::new(photos);
        Ok(Self { store, keys, nonces, progress, founded, metrics, photos, tables, people, imports })
    }

    /// Writes the used nonces to the index: for a clean stop, after the projector has ended.
    pub fn leave(&self) -> Result<(), StoreError> {
        let mut overlay = Overlay::new(&*self.store);
        overlay.put(keys::NONCES.to_vec(), &self.nonces.kept());
        self.store.apply(overlay.batch, self.store.applied()?)?;
        self.store.flush()
    }

    /// Writes records down; they are durable, the index may still be behind.
    pub async fn append(&self, records: &[JournalRecord]) -> Result<Position, StoreError> {
        self.store.append(records.iter().map(JournalRecord::to_bytes).collect()).await
    }

    /// Writes records down and waits until the index shows them.
    pub async fn commit(&self, records: &[JournalRecord]) -> Result<Position, StoreError> {
        let first = self.append(records).await?;
        self.progress.projected(first + records.len() as u64 - 1).await;
        Ok(first)
    }

    /// Writes down that somebody did something.
    pub async fn audit(&self, by: &str, action: &str, about: &str) -> Result<(), StoreError> {
        let record = AccessRecord::Audit {
            by: by.to_owned(),
            action: action.to_owned(),
            about: about.to_owned(),
            time_ms: now_ms(),
        };
        self.append(&[record.to_journal()]).await.map(|_| ())
    }
}

/// Takes what [`Intake::leave`] left out of the index, before the projector starts: a crash from here on leaves none.
pub fn nonces_left(store: &dyn Store) -> Result<NonceBook, StoreError> {
    let kept: Option<Vec<(String, u64)>> = store.value(keys::NONCES)?;
    if kept.is_some() {
        let mut overlay = Overlay::new(store);
        overlay.remove(keys::NONCES.to_vec());
        store.apply(overlay.batch, store.applied()?)?;
        store.flush()?;
    }
    Ok(NonceBook::open(kept, now_ms()))
}

/// The server's clock, milliseconds since 1970: the reference for everybody.
pub fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64)
}
