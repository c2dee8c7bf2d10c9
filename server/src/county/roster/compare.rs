//! The three-way difference: the last import, later corrections here, and the new file.
//!
//! Always true: a value that only the file changed is taken; one that only the county corrected stays; one that both
//! changed is a clash, which keeps what is here until a person says otherwise. Counts are of people, each once.
//! Deliberately not here: reading rows (`file`), and who a line means (`known`).

use super::fields::{FIELDS, Field};
use super::file::FilePerson;
use super::known::{Known, LinesBefore, Meant};
use crate::county::view::{ImportCheck, ImportDifference, ImportField, ImportKind, LineFault};
use crate::rows::roster::{KnownPerson, RosterChange, SealedIdentity};
use crate::rows::table::RosterEntry;
use crate::sheets::fault::{fault, warning};
use std::collections::{BTreeMap, BTreeSet};

/// Differences of one kind, and faults, that are shown.
const SHOWN_MAX: usize = 200;

/// What a comparison needs of the county.
pub struct Desk<'d> {
    /// Which list.
    pub kind: ImportKind,
    /// Keyed digest of a line's key.
    pub digest: &'d dyn Fn(&str) -> String,
    /// Seals a person's number, to be found by a digest.
    pub seal: &'d dyn Fn(&str, &str, &str) -> Option<SealedIdentity>,
    /// Whether the number that is kept of a person cannot be right, while this one can.
    pub is_put_right: &'d dyn Fn(&str, &SealedIdentity, &str) -> bool,
    /// Reference of somebody new, by the line.
    pub person_ref: &'d dyn Fn(u32) -> String,
    /// `file` wins for these people.
    pub file_wins: &'d dyn Fn(&str) -> bool,
    /// People who are missing leave.
    pub remove_missing: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// In numbers, with the first differences and faults.
    pub check: ImportCheck,
    /// What taking it would change.
    pub changes: Vec<RosterChange>,
}

/// Compares. `progress` is told the lines done.
pub fn compare(
    desk: &Desk<'_>,
    known: &Known,
    file: &[FilePerson],
    faults: Vec<LineFault>,
    progress: impl Fn(u32),
) -> Found {
    let mut found = Comparison { desk, check: ImportCheck::default(), changes: Vec::new(), faults };
    let mut lines = LinesBefore::default();
    let mut shown: BTreeMap<String, Vec<ImportDifference>> = BTreeMap::new();
    for (number, person) in file.iter().enumerate() {
        progress(number as u32);
        if let Some(difference) = found.line(known, person, &mut lines) {
            show(&mut shown, difference);
        }
    }
    found.missing(known, file, &lines).into_iter().for_each(|difference| show(&mut shown, difference));
    let Comparison { mut check, changes, mut faults, .. } = found;
    let lines_of = |is_warning| {
        let lines: BTreeSet<u32> =
            faults.iter().filter(|fault| fault.warning == is_warning).map(|fault| fault.line).collect();
        lines.len() as u32
    };
    (check.refused, check.warned) = (lines_of(false), lines_of(true));
    faults.sort_by_key(|fault| (fault.warning, fault.line));
    check.said = faults.len() as u32;
    check.faults = first_of_each(faults);
    let order = ["clash", "removed", "changed", "added"];
    check.differences = order.into_iter().filter_map(|kind| shown.remove(kind)).flatten().collect();
    Found { check, changes }
}

/// Warnings are not crowded out by faults.
fn first_of_each(faults: Vec<LineFault>) -> Vec<LineFault> {
    let (warnings, refused): (Vec<LineFault>, Vec<LineFault>) = faults.into_iter().partition(|fault| fault.warning);
    refused.into_iter().take(SHOWN_MAX).chain(warnings.into_iter().take(SHOWN_MAX)).collect()
}

fn show(shown: &mut BTreeMap<String, Vec<ImportDifference>>, difference: ImportDifference) {
    let list = shown.entry(difference.kind.clone()).or_default();
    if list.len() < SHOWN_MAX {
        list.push(difference);
    }
}

struct Comparison<'d> {
    desk: &'d Desk<'d>,
    check: ImportCheck,
    changes: Vec<RosterChange>,
    faults: Vec<LineFault>,
}

impl Comparison<'_> {
    fn line(&mut self, known: &Known, person: &FilePerson, lines: &mut LinesBefore) -> Option<ImportDifference> {
        let digest = person.key().as_deref().map(self.desk.digest);
        match known.meant(person, digest.as_deref(), lines) {
            Meant::Known(id) => {
                let before = known.people.get(&id).cloned().unwrap_or_default();
                self.known(id, before, person, digest)
            }
            Meant::New { other: None } => Some(self.new_person(person, digest)),
            Meant::New { other: Some(id) } => {
                let before = known.people.get(&id).cloned().unwrap_or_default();
                if self.is_put_right(&id, &before, person) && lines.take(&id) == Meant::Known(id.clone()) {
                    return self.known(id, before, person, digest);
                }
                self.faults.push(warning(person.line, "", &person.name, "identity_differs"));
                Some(self.new_person(person, digest))
            }
            Meant::Namesakes => self.refuse(person, "namesakes"),
            Meant::Twice => self.refuse(person, "row_twice"),
        }
    }

    fn is_put_right(&self, id: &str, known: &KnownPerson, person: &FilePerson) -> bool {
        let (kept, number) = (known.identity.as_ref(), person.number.as_deref());
        kept.zip(number).is_some_and(|(kept, number)| (self.desk.is_put_right)(id, kept, number))
    }

    fn refuse(&mut self, person: &FilePerson, code: &'static str) -> Option<ImportDifference> {
        self.faults.push(fault(person.line, "", &person.name, code));
        None
    }

    fn new_person(&mut self, person: &FilePerson, digest: Option<String>) -> ImportDifference {
        let person_ref = (self.desk.person_ref)(person.line);
        let mut entry = RosterEntry { person_ref: person_ref.clone(), ..super::fields::empty(self.desk.kind) };
        for field in &FIELDS {
            if let Some(value) = (field.in_file)(person) {
                (field.set)(&mut entry, &value);
            }
        }
        let identity = self.sealed(&person_ref, person, digest);
        let difference = difference(&entry, Some(person.line), "added", Vec::new());
        let after = KnownPerson { imported: Some(entry.clone()), entry: Some(entry), identity };
        self.check.added += 1;
        self.changes.push(RosterChange { person_ref, kind: self.desk.kind, before: KnownPerson::default(), after });
        difference
    }

    fn known(
        &mut self,
        id: String,
        before: KnownPerson,
        person: &FilePerson,
        digest: Option<String>,
    ) -> Option<ImportDifference> {
        let now = before.entry.clone()?;
        let mut entry = RosterEntry { gone: now.struck, ..now.clone() };
        let mut imported = before.imported.clone().unwrap_or_else(|| now.clone());
        let (mut fields, mut is_clash, mut is_kept) = (Vec::new(), false, now.struck);
        for field in &FIELDS {
            let Some(value) = (field.in_file)(person) else { continue };
            let side = side(field, &before, &now, &value);
            is_kept |= side == Side::Here;
            is_clash |= side == Side::Clash;
            if matches!(side, Side::File | Side::Clash) {
                fields.push(shown(field, &before, &now, &value));
            }
            if side == Side::File || (side == Side::Clash && (self.desk.file_wins)(&id)) {
                (field.set)(&mut entry, &value);
            }
            (field.set)(&mut imported, &value);
        }
        for entry in [&mut entry, &mut imported].into_iter().filter(|entry| entry.unit != now.unit) {
            leave_village(entry, person);
        }
        let (identity, number) = self.number(&id, before.identity.as_ref(), person, digest);
        is_kept |= number == Side::Here;
        if number == Side::File {
            let file = person.number.as_deref().map(super::identity::masked).unwrap_or_default();
            fields.push(ImportField { field: "identity".to_owned(), last: None, now: String::new(), file });
        }
        let kind = match (is_clash, now.gone && !now.struck, fields.is_empty()) {
            (true, ..) => "clash",
            (_, true, _) => "added",
            (_, _, false) => "changed",
            _ => "unchanged",
        };
        match kind {
            "clash" => self.check.clashes += 1,
            "added" => self.check.added += 1,
            "changed" => self.check.changed += 1,
            _ => self.check.unchanged += 1,
        }
        self.check.corrections_kept += u32::from(is_kept);
        let difference = (kind != "unchanged").then(|| difference(&entry, Some(person.line), kind, fields));
        let after = KnownPerson { entry: Some(entry), imported: Some(imported), identity };
        if after != before {
            self.changes.push(RosterChange { person_ref: id, kind: self.desk.kind, before, after });
        }
        difference
    }

    /// The number as it will be kept, and whose it is. One that was put right here stays while the list says the old one.
    fn number(
        &self,
        id: &str,
        kept: Option<&SealedIdentity>,
        person: &FilePerson,
        digest: Option<String>,
    ) -> (Option<SealedIdentity>, Side) {
        match (kept, &person.number) {
            (_, None) => (kept.cloned(), Side::Same),
            (Some(kept), _) if digest.as_ref() == Some(&kept.digest) => {
                (Some(SealedIdentity { last: None, ..kept.clone() }), Side::Same)
            }
            (Some(kept), _) if kept.last.is_some() && digest == kept.last => (Some(kept.clone()), Side::Here),
            (_, Some(_)) => (self.sealed(id, person, digest), Side::File),
        }
    }

    fn sealed(&self, id: &str, person: &FilePerson, digest: Option<String>) -> Option<SealedIdentity> {
        (self.desk.seal)(id, person.number.as_deref()?, &digest?)
    }

    /// People of the last import whom no line means, in the villages that the file names.
    fn missing(&mut self, known: &Known, file: &[FilePerson], lines: &LinesBefore) -> Vec<ImportDifference> {
        let named: BTreeSet<&str> = file.iter().map(|person| person.unit.as_str()).collect();
        let mut removed = Vec::new();
        for (id, person) in known.people.iter().filter(|(id, _)| !lines.has(id)) {
            let Some(entry) = person.entry.as_ref().filter(|entry| !entry.gone) else { continue };
            if person.imported.is_none() || !named.contains(known.today(&entry.unit)) {
                continue;
            }
            self.check.removed += 1;
            removed.push(difference(entry, None, "removed", Vec::new()));
            if self.desk.remove_missing {
                let gone = RosterEntry { gone: true, ..entry.clone() };
                let after = KnownPerson { entry: Some(gone), ..person.clone() };
                let (person_ref, before) = (id.clone(), person.clone());
                self.changes.push(RosterChange { person_ref, kind: self.desk.kind, before, after });
            }
        }
        removed
    }
}

/// Household and group are of the village: whoever moves leaves them, unless the file says the new ones.
fn leave_village(entry: &mut RosterEntry, person: &FilePerson) {
    if person.household.is_none() {
        entry.household.clear();
    }
    if person.group.is_none() {
        entry.group.clear();
    }
}

/// Who changed a value.
#[derive(PartialEq, Eq)]
enum Side {
    Same,
    Here,
    File,
    Clash,
}

fn side(field: &Field, before: &KnownPerson, now: &RosterEntry, file: &str) -> Side {
    let here = (field.of)(now);
    if here == file {
        return Side::Same;
    }
    match before.imported.as_ref().map(field.of) {
        Some(last) if last == file => Side::Here,
        Some(last) if last != here => Side::Clash,
        _ => Side::File,
    }
}

fn shown(field: &Field, before: &KnownPerson, now: &RosterEntry, file: &str) -> ImportField {
    let last = before.imported.as_ref().map(field.of);
    ImportField { field: field.name.to_owned(), last, now: (field.of)(now), file: file.to_owned() }
}

fn difference(entry: &RosterEntry, line: Option<u32>, kind: &str, fields: Vec<ImportField>) -> ImportDifference {
    let (person_ref, name, unit) = (entry.person_ref.clone(), entry.name.clone(), entry.unit.clone());
    ImportDifference { person_ref, name, unit, sheet: String::new(), line, kind: kind.to_owned(), fields }
}
