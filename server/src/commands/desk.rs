//! Opens the desk over a store: keys, the projector, the intake.
//!
//! Always true: the projector has caught up with the journal before anything is taken; a clean stop leaves the nonces
//! that were used, so that phones need no extra turn. Deliberately not here: the door.

use super::CommandError;
use super::ready::print;
use crate::access::keys::CountyKeys;
use crate::access::{AccessError, Person, Role};
use crate::fold::projector::Projector;
use crate::intake::{self, Intake, IntakeError};
use crate::metrics::Metrics;
use crate::photos::PhotoRoom;
use crate::store::contract::Store;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// Who did what was done at the terminal of the server: whoever may start it is the administrator.
const TERMINAL: &str = "terminal";
/// Folder of the county's keys, in the data folder.
const KEYS: &str = "keys";
/// Folder of photos, in the data folder.
const PHOTOS: &str = "photos";

/// An open desk.
pub struct Desk {
    /// Takes what comes in.
    pub intake: Arc<Intake>,
    /// Keeps the index.
    pub projector: Projector,
}

impl Desk {
    /// Opens the desk; the journal must be founded.
    pub fn open(store: Arc<dyn Store>, data: &Path, metrics: Arc<Metrics>) -> Result<Self, CommandError> {
        let keys = keys(data)?;
        let photos = PhotoRoom::new(data.join(PHOTOS));
        photos.tidy_up(SystemTime::now()).map_err(IntakeError::from)?;
        let nonces = intake::nonces_left(&*store)?;
        let projector = Projector::start(store.clone(), tokio::runtime::Handle::current(), metrics.clone())?;
        let intake = Intake::open(store, keys, projector.progress.clone(), metrics, nonces, photos)?;
        Ok(Self { intake: Arc::new(intake), projector })
    }

    /// Stops the projector, then writes down what a clean stop leaves.
    pub fn close(self) -> Result<(), CommandError> {
        self.projector.stop();
        Ok(self.intake.leave()?)
    }
}

/// Opens the desk of a founded county, does `work` for whoever may start the server, closes the desk, and prints what came
/// of it.
pub async fn at(
    store: Arc<dyn Store>,
    data: &Path,
    work: impl AsyncFnOnce(&Arc<Intake>, &Person) -> Result<String, CommandError>,
) -> Result<(), CommandError> {
    if store.last() == 0 {
        return Err(IntakeError::from(AccessError::NotFounded).into());
    }
    let desk = Desk::open(store, data, Arc::new(Metrics::default()))?;
    let (id, name) = (TERMINAL.to_owned(), TERMINAL.to_owned());
    let by = Person { id, name, role: Role::Administrator, unit: None };
    let done = work(&desk.intake, &by).await;
    desk.close()?;
    print(&done?)
}

/// The keys of the county in `data`.
pub fn keys(data: &Path) -> Result<CountyKeys, CommandError> {
    Ok(CountyKeys::open(&data.join(KEYS)).map_err(IntakeError::from)?)
}
