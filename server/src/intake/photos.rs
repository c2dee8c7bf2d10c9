//! Photos as they come in, and as county staff see them: through a record that names them.
//!
//! Always true: a photo is shown only to whoever may see the record. Deliberately not here: HTTP, and the disk (`photos`).

use super::{Intake, IntakeError};
use crate::photos::{PhotoError, PhotoRoom, Standing};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use serde_json::Value;
use std::collections::BTreeMap;

/// Field of a record that names photos.
const PHOTOS: &str = "photos";

impl Intake {
    /// Does something in the room for photos without holding up anybody else: it waits for the disk.
    pub async fn in_photo_room(
        &self,
        work: impl FnOnce(&PhotoRoom) -> Result<Standing, PhotoError> + Send + 'static,
    ) -> Result<Standing, PhotoError> {
        let photos = self.photos.clone();
        let done = tokio::task::spawn_blocking(move || work(&photos)).await;
        done.map_err(|error| PhotoError::Failed(error.to_string()))?
    }

    /// A photo that the record names.
    pub fn photo_of(&self, record: &str, hash: &str) -> Result<Vec<u8>, IntakeError> {
        let fields: Option<BTreeMap<String, Value>> = self.store.value(&keys::fields(record))?;
        let named = fields.as_ref().and_then(|fields| fields.get(PHOTOS)?.as_array());
        if !named.is_some_and(|named| named.iter().any(|one| one == hash)) {
            return Err(IntakeError::NotFound(hash.chars().take(40).collect()));
        }
        Ok(self.photos.read(hash)?)
    }
}
