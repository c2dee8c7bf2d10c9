//! The people that are known of one list, and who of them a line of a file means.
//!
//! Always true: nobody is guessed: two who could be meant are a fault, and so is a second line for the same person.
//! Deliberately not here: what the line changes.

use super::file::FilePerson;
use super::standing::Standing;
use crate::county::view::ImportKind;
use crate::rows::index::{ReadIndex, decode};
use crate::rows::keys;
use crate::rows::roster::{KnownPerson, kind_of, line_key};
use crate::rows::table::RosterEntry;
use crate::store::contract::{Store, StoreError};
use std::collections::{BTreeMap, HashMap, HashSet};

/// People of one list.
#[derive(Debug, Default)]
pub struct Known {
    /// By reference.
    pub people: BTreeMap<String, KnownPerson>,
    by_digest: HashMap<String, String>,
    by_name: HashMap<(String, String), Vec<String>>,
    /// What merged villages are called today.
    merged: HashMap<String, String>,
}

/// Whom a line means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// Somebody known, by reference.
    Known(String),
    /// Somebody new; `other`: the only one of that name and village, who has another number.
    New {
        /// By reference.
        other: Option<String>,
    },
    /// Two could be meant.
    Namesakes,
    /// Whom an earlier line means, too.
    Twice,
}

impl Known {
    /// Reads the people of a list.
    pub fn read(store: &dyn Store, kind: ImportKind, standing: &Standing<'_>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        for entry in store.values::<RosterEntry>(&keys::roster(""))? {
            if kind_of(&entry) == Some(kind) {
                let person = KnownPerson { entry: Some(entry.clone()), ..KnownPerson::default() };
                known.people.insert(entry.person_ref, person);
            }
        }
        let prefix = keys::imported("");
        for (key, bytes) in store.all(&prefix)? {
            if let Some(person) = known.person(&key[prefix.len()..]) {
                person.imported = Some(decode(&key, &bytes)?);
            }
        }
        let prefix = keys::identity("");
        for (key, bytes) in store.all(&prefix)? {
            if let Some(person) = known.person(&key[prefix.len()..]) {
                person.identity = Some(decode(&key, &bytes)?);
            }
        }
        known.order(standing);
        Ok(known)
    }

    /// People that were read already.
    #[cfg(test)]
    pub(super) fn of(people: BTreeMap<String, KnownPerson>, standing: &Standing<'_>) -> Self {
        let mut known = Self { people, ..Self::default() };
        known.order(standing);
        known
    }

    /// The code that a village has today.
    pub fn today<'c>(&'c self, unit: &'c str) -> &'c str {
        self.merged.get(unit).map_or(unit, String::as_str)
    }

    fn person(&mut self, person_ref: &[u8]) -> Option<&mut KnownPerson> {
        self.people.get_mut(std::str::from_utf8(person_ref).ok()?)
    }

    /// People are found by what the last import said of them, too: a correction here makes nobody somebody else.
    fn order(&mut self, standing: &Standing<'_>) {
        self.order_numbers();
        for (id, person) in &self.people {
            for entry in person.entry.iter().chain(&person.imported) {
                let today = standing.code_today(&entry.unit).to_owned();
                if today != entry.unit {
                    self.merged.insert(entry.unit.clone(), today.clone());
                }
                let found = self.by_name.entry((line_key(&entry.name, entry.notice()), today)).or_default();
                if !found.contains(id) {
                    found.push(id.clone());
                }
            }
        }
    }

    /// A number means whoever stands on the list with it, else whoever left with it, else whom the list gave it to before it
    /// was put right.
    fn order_numbers(&mut self) {
        let is_gone = |person: &KnownPerson| person.entry.as_ref().is_none_or(|entry| entry.gone);
        let numbered =
            self.people.iter().filter_map(|(id, person)| Some((id, is_gone(person), person.identity.as_ref()?)));
        let (left, standing): (Vec<_>, Vec<_>) = numbered.partition(|(_, is_gone, _)| *is_gone);
        let own = standing.iter().chain(&left).map(|(id, _, identity)| (*id, &identity.digest));
        let before = standing.iter().filter_map(|(id, _, identity)| Some((*id, identity.last.as_ref()?)));
        for (id, digest) in own.chain(before) {
            self.by_digest.entry(digest.clone()).or_insert_with(|| id.clone());
        }
    }

    fn of_name(&self, person: &FilePerson) -> impl Iterator<Item = (&String, &KnownPerson)> {
        let found = self.by_name.get(&(line_key(&person.name, person.notice.as_deref()), person.unit.clone()));
        found.into_iter().flatten().filter_map(|id| self.people.get_key_value(id))
    }

    /// Whom a line means. `digest` is of its key, if it has a number.
    pub fn meant(&self, person: &FilePerson, digest: Option<&str>, lines: &mut LinesBefore) -> Meant {
        if let Some(id) = digest.and_then(|digest| self.by_digest.get(digest)) {
            return lines.take(id);
        }
        // Somebody of another number is somebody else.
        let open = |known: &KnownPerson| digest.is_none() || known.identity.is_none();
        let mut found = self.of_name(person).filter(|(_, known)| open(known) && is_related(person, known));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => lines.take(id),
            (Some(_), Some(_)) => Meant::Namesakes,
            (None, _) if lines.is_twice(person, digest) => Meant::Twice,
            (None, _) => {
                let mut others = self.of_name(person).filter(|_| digest.is_some());
                let other = others.next().map(|(id, _)| id.clone());
                Meant::New { other: other.filter(|_| others.next().is_none()) }
            }
        }
    }
}

/// Relatives tell namesakes apart where both sides have one.
fn is_related(person: &FilePerson, known: &KnownPerson) -> bool {
    let Some(entry) = &known.entry else { return false };
    let theirs = entry.batch.as_ref().map_or(&entry.relative, |batch| &batch.contact);
    person.relative.as_ref().is_none_or(|relative| theirs.is_empty() || theirs == relative)
}

/// The lines of the file that were read before.
#[derive(Debug, Default)]
pub struct LinesBefore {
    taken: HashSet<String>,
    digests: HashSet<String>,
    /// Number and relative of new people, by name (and notice) and village.
    names: HashMap<(String, String), Vec<Told>>,
}

/// Digest of the number and the relative of a line, each if it has one.
type Told = (Option<String>, Option<String>);

impl LinesBefore {
    /// Notes that a line means this person.
    pub fn take(&mut self, id: &str) -> Meant {
        if self.taken.insert(id.to_owned()) { Meant::Known(id.to_owned()) } else { Meant::Twice }
    }

    /// Whether a line meant this person.
    pub fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }

    /// Whether a new person stood in an earlier line; notes the person.
    fn is_twice(&mut self, person: &FilePerson, digest: Option<&str>) -> bool {
        if digest.is_some_and(|digest| !self.digests.insert(digest.to_owned())) {
            return true;
        }
        let name = line_key(&person.name, person.notice.as_deref());
        let told = self.names.entry((name, person.unit.clone())).or_default();
        let differ = |one: Option<&str>, other: Option<&str>| one.zip(other).is_some_and(|(one, other)| one != other);
        let is_same = |(number, relative): &Told| {
            !differ(number.as_deref(), digest) && !differ(relative.as_deref(), person.relative.as_deref())
        };
        if told.iter().any(is_same) {
            return true;
        }
        told.push((digest.map(str::to_owned), person.relative.clone()));
        false
    }
}
