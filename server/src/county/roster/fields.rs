//! The fields of a person that lists and corrections speak of, each as text.
//!
//! Always true: a field is read, compared and set in this one way, wherever that is done. Deliberately not here: the citizen
//! number, which is never plain.

use super::file::FilePerson;
use crate::county::view::ImportKind;
use crate::rows::roster::{BatchListing, Notice};
use crate::rows::table::RosterEntry;

/// Between categories.
const BETWEEN: &str = "、";

/// One field.
pub struct Field {
    /// As it is called in answers.
    pub name: &'static str,
    /// On the roster.
    pub of: fn(&RosterEntry) -> String,
    /// In a line; none where it says nothing.
    pub in_file: fn(&FilePerson) -> Option<String>,
    /// Puts it on the roster.
    pub set: fn(&mut RosterEntry, &str),
}

/// All fields.
pub const FIELDS: [Field; 13] = [
    Field {
        name: "name",
        of: |entry| entry.name.clone(),
        in_file: |person| Some(person.name.clone()),
        set: |entry, value| entry.name = value.to_owned(),
    },
    Field {
        name: "unit",
        of: |entry| entry.unit.clone(),
        in_file: |person| Some(person.unit.clone()),
        set: |entry, value| entry.unit = value.to_owned(),
    },
    Field {
        name: "household",
        of: |entry| entry.household.clone(),
        in_file: |person| person.household.clone(),
        set: |entry, value| entry.household = value.to_owned(),
    },
    Field {
        name: "group",
        of: |entry| entry.group.clone(),
        in_file: |person| person.group.clone(),
        set: |entry, value| entry.group = value.to_owned(),
    },
    Field {
        name: "categories",
        of: |entry| entry.categories.join(BETWEEN),
        in_file: |person| person.categories.as_ref().map(|codes| codes.join(BETWEEN)),
        set: |entry, value| {
            entry.categories = value.split(BETWEEN).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        },
    },
    Field {
        name: "relative",
        of: |entry| entry.batch.as_ref().map_or(&entry.relative, |batch| &batch.contact).clone(),
        in_file: |person| person.relative.clone(),
        set: |entry, value| {
            *entry.batch.as_mut().map_or(&mut entry.relative, |batch| &mut batch.contact) = value.to_owned()
        },
    },
    Field {
        name: "relation",
        of: |entry| entry.batch.as_ref().map(|batch| batch.relation.clone()).unwrap_or_default(),
        in_file: |person| person.relation.clone().filter(|_| person.batch.is_some()),
        set: |entry, value| set_batch(entry, |batch| batch.relation = value.to_owned()),
    },
    Field {
        name: "batch",
        of: |entry| entry.batch.as_ref().map(|batch| batch.batch.clone()).unwrap_or_default(),
        in_file: |person| person.batch.clone(),
        set: |entry, value| set_batch(entry, |batch| batch.batch = value.to_owned()),
    },
    Field {
        name: "died_on",
        of: |entry| entry.died_on.clone().unwrap_or_default(),
        in_file: |person| person.died_on.clone(),
        set: |entry, value| entry.died_on = Some(value.to_owned()).filter(|day| !day.is_empty()),
    },
    Field {
        name: "honour",
        of: |entry| of_notice(entry, |notice| &notice.honour_code),
        in_file: |person| said(person, |notice| &notice.honour_code),
        set: |entry, value| set_notice(entry, |notice| notice.honour_code = value.to_owned()),
    },
    Field {
        name: "award_year",
        of: |entry| of_notice(entry, |notice| &notice.award_year),
        in_file: |person| said(person, |notice| &notice.award_year),
        set: |entry, value| set_notice(entry, |notice| notice.award_year = value.to_owned()),
    },
    Field {
        name: "notice_serial",
        of: |entry| of_notice(entry, |notice| &notice.serial),
        in_file: |person| said(person, |notice| &notice.serial),
        set: |entry, value| set_notice(entry, |notice| notice.serial = value.to_owned()),
    },
    Field {
        name: "received_on",
        of: |entry| of_notice(entry, |notice| &notice.received_on),
        in_file: |person| said(person, |notice| &notice.received_on),
        set: |entry, value| set_notice(entry, |notice| notice.received_on = value.to_owned()),
    },
];

/// Somebody of a list of this kind of whom nothing is known yet.
pub fn empty(kind: ImportKind) -> RosterEntry {
    let listing = |kind: &str| BatchListing { kind: kind.to_owned(), ..BatchListing::default() };
    let batch = match kind {
        ImportKind::Roster => None,
        ImportKind::Recruits => Some(listing("recruit")),
        ImportKind::Returnees => Some(listing("returnee")),
        ImportKind::Merits => Some(BatchListing { notice: Some(Notice::default()), ..listing("merit") }),
    };
    let batch = batch.map(Box::new);
    RosterEntry { batch, ..RosterEntry::default() }
}

/// A roster of people without a batch takes no field of one.
fn set_batch(entry: &mut RosterEntry, set: impl FnOnce(&mut BatchListing)) {
    if let Some(batch) = &mut entry.batch {
        set(batch);
    }
}

fn of_notice(entry: &RosterEntry, part: impl Fn(&Notice) -> &String) -> String {
    entry.notice().map(part).cloned().unwrap_or_default()
}

fn said(person: &FilePerson, part: impl Fn(&Notice) -> &String) -> Option<String> {
    person.notice.as_deref().map(part).filter(|value| !value.is_empty()).cloned()
}

fn set_notice(entry: &mut RosterEntry, set: impl FnOnce(&mut Notice)) {
    if let Some(notice) = entry.batch.as_mut().and_then(|batch| batch.notice.as_mut()) {
        set(notice);
    }
}
