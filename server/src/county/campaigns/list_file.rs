//! Whom the lines of a list file mean, of the people on the roster.
//!
//! Always true: nobody is guessed and nobody is found twice; who is found is named as the roster has them, and no answer
//! holds a citizen number: a line with one in another column is refused (`sheets/number`). Deliberately not here: reading the file, and the
//! keys by which a number is found (`intake`); putting anybody on a list, which the plan does.

use crate::county::roster::file::FilePerson;
use crate::county::roster::known::{Known, LinesBefore, Meant};
use crate::county::view::{ColumnMeaning, LineFault, PeopleListed, PersonListed};
use crate::rows::table::RosterEntry;
use crate::sheets::fault::{fault, warning};
use crate::sheets::table::Table;

/// Columns by which somebody is found; whatever else a list has is not read.
pub const READ: [ColumnMeaning; 6] = [
    ColumnMeaning::Name,
    ColumnMeaning::VillageCode,
    ColumnMeaning::VillageName,
    ColumnMeaning::TownshipName,
    ColumnMeaning::IdentityNumber,
    ColumnMeaning::Relative,
];
/// Faults shown.
const SHOWN_MAX: usize = 200;

/// Finds them. `digest` is that of a citizen number; `faults` are those of lines that could not be read.
pub fn listed(
    table: &Table,
    known: &Known,
    lines: &[FilePerson],
    mut faults: Vec<LineFault>,
    digest: impl Fn(&str) -> String,
) -> PeopleListed {
    let mut before = LinesBefore::default();
    let mut people = Vec::new();
    for line in lines {
        let digest = line.number.as_deref().map(&digest);
        match meant(known, line, digest.as_deref(), &mut before) {
            Ok(entry) => people.push(person(entry)),
            Err("listed_twice") => faults.push(warning(line.line, "", &line.name, "listed_twice")),
            Err(code) => faults.push(fault(line.line, "", &line.name, code)),
        }
    }
    let (lines, refused) = (table.rows.len() as u32, faults.iter().filter(|fault| !fault.warning).count() as u32);
    PeopleListed { lines, people, refused, faults: shown(table, faults) }
}

/// Somebody as an answer names them.
pub fn person(entry: &RosterEntry) -> PersonListed {
    PersonListed { person_ref: entry.person_ref.clone(), name: entry.name.clone(), unit: entry.unit.clone() }
}

/// Faults with the places of their lines, what stops a line first.
pub fn shown(table: &Table, faults: Vec<LineFault>) -> Vec<LineFault> {
    let mut faults = table.placed(faults);
    faults.sort_by_key(|fault| (fault.warning, fault.sheet.clone(), fault.line));
    faults.truncate(SHOWN_MAX);
    faults
}

fn meant<'k>(
    known: &'k Known,
    line: &FilePerson,
    digest: Option<&str>,
    before: &mut LinesBefore,
) -> Result<&'k RosterEntry, &'static str> {
    let id = match known.meant(line, digest, before) {
        Meant::Known(id) => id,
        Meant::New { .. } => return Err("person_unknown"),
        Meant::Namesakes => return Err("namesakes"),
        Meant::Twice => return Err("listed_twice"),
    };
    let entry = known.people.get(&id).and_then(|person| person.entry.as_ref()).filter(|entry| !entry.gone);
    match entry.ok_or("person_unknown")? {
        entry if entry.died_on.is_some() => Err("person_died"),
        entry => Ok(entry),
    }
}
