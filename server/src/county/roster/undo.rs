//! Turning back the last import of a list.
//!
//! Always true: what the import changed is as before, except what was corrected since, which stays and is counted. Who came
//! with the import and was not touched since is gone altogether. Deliberately not here: writing it down.

use super::fields::FIELDS;
use crate::county::view::ImportCheck;
use crate::rows::roster::{KnownPerson, RosterChange};

/// What undoing `taken` changes; `now` is a person as they stand.
pub fn undo(taken: Vec<RosterChange>, now: impl Fn(&str) -> KnownPerson) -> (Vec<RosterChange>, ImportCheck) {
    let mut check = ImportCheck::default();
    let mut changes = Vec::new();
    for RosterChange { person_ref, kind, before, after } in taken {
        let here = now(&person_ref);
        let back = back(&before, &after, &here, &mut check);
        match (&here.entry, &back.entry) {
            (Some(_), None) => check.removed += 1,
            (None, Some(_)) => check.added += 1,
            (one, other) if one != other => check.changed += 1,
            _ => check.unchanged += 1,
        }
        if back != here {
            changes.push(RosterChange { person_ref, kind, before: here, after: back });
        }
    }
    (changes, check)
}

fn back(before: &KnownPerson, after: &KnownPerson, here: &KnownPerson, check: &mut ImportCheck) -> KnownPerson {
    let imported = before.imported.clone();
    if here.entry == after.entry && here.identity == after.identity {
        return KnownPerson { entry: before.entry.clone(), imported, identity: before.identity.clone() };
    }
    check.corrections_kept += 1;
    let (Some(was), Some(taken), Some(stands)) = (&before.entry, &after.entry, &here.entry) else {
        // Somebody whom the import brought and the county corrected since: kept, as the county's own.
        return KnownPerson { entry: here.entry.clone(), imported, identity: here.identity.clone() };
    };
    let identity = if here.identity == after.identity { &before.identity } else { &here.identity }.clone();
    let mut entry = stands.clone();
    for field in &FIELDS {
        if (field.of)(stands) == (field.of)(taken) {
            (field.set)(&mut entry, &(field.of)(was));
        }
    }
    if stands.gone == taken.gone {
        entry.gone = was.gone;
    }
    KnownPerson { entry: Some(entry), imported, identity }
}
