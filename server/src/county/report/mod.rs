//! The annual report: figures of all registers by their formula ids, and sentences made of them.
//!
//! Plug in: a sentence family is one file with a function of `Figures`; [`annual`] asks each in the order of the report.
//!
//! Always true: figures come from the registers' measures over rows, by the dates of the records. A sentence whose figures
//! are all 0 is left out. A record counts under the tree of the year of the report. Deliberately not here: freezing an issued report; sentences in English.

mod care;
mod ceremonies;
mod festivals;
mod figures;
mod outlets;
pub mod words;

use super::CountyError;
use super::queue::OpenMatters;
use super::units::of_year::TreeOfYear;
use super::view::{AnnualReport, Sentence};
use super::{lists, records, registers, unit_within};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::Store;
use figures::Figures;

/// The report of `unit` for the calendar year `year`.
pub fn annual(store: &dyn Store, county: &str, unit: &str, year: u16) -> Result<AnnualReport, CountyError> {
    let unit = unit_within(county, unit)?;
    if !(2000..=2100).contains(&year) {
        return Err(CountyError::BadParameter("year"));
    }
    let open = OpenMatters::read(store)?;
    let tree = TreeOfYear::new(&store.value::<Vec<_>>(keys::UNITS)?.unwrap_or_default(), year);
    let mut figures = Figures::new(lists::all(store)?);
    for register in registers::all(store)?.iter() {
        let rows = records::rows_of_year(store, &register.name, unit.as_str(), &tree)?;
        figures.add(register, &rows, year, &open);
    }
    let festivals = festivals::festivals(store, &unit, (year, &tree), &open, &mut figures)?;
    let sentences = [
        ("T01", festivals.sentence),
        ("T02", festivals.documents),
        ("T04", care::leaders(&figures)),
        ("T05", care::gifts(&figures)),
        ("T06", care::hardship(&figures)),
        ("T07", ceremonies::merit(&figures)),
        ("T08", ceremonies::soldiers(&figures)),
        ("T09", ceremonies::plaques(&figures)),
        ("T10", outlets::outlets(&figures)),
        ("T12", care::garrison(&figures)),
    ];
    let said = sentences.into_iter().filter_map(|(id, text)| Some(sentence(id, text?)));
    Ok(AnnualReport {
        sentences: said.collect(),
        remarks: festivals.remarks.into_iter().map(|text| sentence("T01", text)).collect(),
        figures: figures.numbers,
    })
}

fn sentence(id: &str, text: String) -> Sentence {
    Sentence { id: id.to_owned(), text }
}
