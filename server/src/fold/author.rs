//! Who brought a change: from the change's hash over its envelope to the device and person.

use crate::access::{self, Device};
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::Author;
use crate::store::contract::{Position, StoreError};
use std::collections::HashMap;
use std::rc::Rc;
use zoufang_sync_protocol::unit::{Level, Unit};

/// Authors of changes, remembered while one chunk is folded.
#[derive(Default)]
pub struct Authors {
    known: HashMap<String, Option<Rc<Author>>>,
    devices: HashMap<String, Option<Device>>,
}

impl Authors {
    /// The author of a change; `None` if the index knows none, which folding never leaves behind.
    pub fn of(&mut self, index: &impl ReadIndex, change: &str) -> Result<Option<Rc<Author>>, StoreError> {
        if let Some(author) = self.known.get(change) {
            return Ok(author.clone());
        }
        let author = match index.value::<Position>(&keys::change(change))? {
            Some(position) => index.value::<Author>(&keys::author(position))?.map(Rc::new),
            None => None,
        };
        self.known.insert(change.to_owned(), author.clone());
        Ok(author)
    }

    /// Whether the county's own key brought the change.
    pub fn is_county(&mut self, index: &impl ReadIndex, change: &str) -> Result<bool, StoreError> {
        Ok(self.of(index, change)?.is_some_and(|author| author.county))
    }

    /// The level at which the author of a change stands over `unit`: the county's own key, or the highest grant that the
    /// device had when its envelope came. `None`: no grant at all, as in work that was held.
    pub fn level(&mut self, index: &impl ReadIndex, change: &str, unit: &Unit) -> Result<Option<Level>, StoreError> {
        let Some(author) = self.of(index, change)? else { return Ok(None) };
        if author.county {
            return Ok(Some(Level::County));
        }
        if !self.devices.contains_key(&author.device) {
            self.devices.insert(author.device.clone(), access::device(index, &author.device)?);
        }
        let Some(Some(device)) = self.devices.get(&author.device) else { return Ok(None) };
        let granted = access::grants::granted(&device.grants.grants, author.received_ms);
        Ok(granted.iter().filter(|granted| granted.contains(unit)).map(Unit::level).min())
    }
}

/// What people call the device of an author.
pub fn device_name(author: &Author) -> String {
    if author.county { "county".to_owned() } else { short_device(&author.device) }
}
