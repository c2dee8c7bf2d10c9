//! Who wrote a change: from the change's hash over its envelope to the device and the person whom that is bound to; where
//! several people share the phone, the change itself says who of them it was.
//!
//! Always true: a change speaks for nobody who has not used its device. Deliberately not here: proving more than the
//! device's signature does.

use super::graph::Graph;
use crate::access;
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::Author;
use crate::store::contract::{Position, StoreError};
use std::collections::HashMap;
use std::rc::Rc;
use zoufang_sync_protocol::document::WRITTEN_BY;
use zoufang_sync_protocol::unit::{Level, Unit};

/// Authors of changes, remembered while one chunk is folded.
#[derive(Default)]
pub struct Authors {
    known: HashMap<String, Option<Rc<Author>>>,
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

    /// The author of a change of `graph`, by the word of the change where its phone is shared.
    pub fn writer(
        &mut self,
        index: &impl ReadIndex,
        graph: &Graph,
        change: usize,
    ) -> Result<Option<Rc<Author>>, StoreError> {
        let Some(author) = self.of(index, &graph.changes[change])? else { return Ok(None) };
        let said = graph.notes[change].strip_prefix(WRITTEN_BY).filter(|_| !author.county);
        let Some(person) = said.filter(|said| author.others.iter().any(|other| other == said)) else {
            return Ok(Some(author));
        };
        let name = access::person(index, person)?.map(|person| person.name).unwrap_or_default();
        Ok(Some(Rc::new(Author { person_id: person.to_owned(), person: name, ..(*author).clone() })))
    }

    /// Whether the county's own key brought the change.
    pub fn is_county(&mut self, index: &impl ReadIndex, change: &str) -> Result<bool, StoreError> {
        Ok(self.of(index, change)?.is_some_and(|author| author.county))
    }

    /// The level at which the author of a change stands over `unit`: the county's own key, or the highest grant that the
    /// device had when its envelope came; of work that the county accepted the unit's own. `None`: no grant at all.
    pub fn level(&mut self, index: &impl ReadIndex, change: &str, unit: &Unit) -> Result<Option<Level>, StoreError> {
        let Some(author) = self.of(index, change)? else { return Ok(None) };
        if author.county {
            return Ok(Some(Level::County));
        }
        let granted = author.granted.iter().filter_map(|granted| Unit::parse(granted).ok());
        let level = granted.filter(|granted| granted.contains(unit)).map(|granted| granted.level()).min();
        if level.is_some() {
            return Ok(level);
        }
        let position = index.value::<Position>(&keys::change(change))?.unwrap_or_default();
        let is_accepted = !index.all(&keys::released_of(position))?.is_empty();
        Ok(is_accepted.then(|| unit.level()))
    }
}

/// What people call the device of an author.
pub fn device_name(author: &Author) -> String {
    if author.county { "county".to_owned() } else { short_device(&author.device) }
}
