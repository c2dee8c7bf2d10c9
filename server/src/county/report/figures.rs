//! The figures of one report: numbers by formula id, and codes with their names.
//!
//! Always true: a figure that no register gives is 0. Deliberately not here: sentences.

use crate::county::lists;
use crate::county::measures::{Days, Figure, count};
use crate::county::queue::OpenMatters;
use crate::county::view::RecordRow;
use std::collections::BTreeMap;
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::roster::CountyList;

/// See the module's header.
pub(super) struct Figures {
    pub(super) numbers: BTreeMap<String, i64>,
    codes: BTreeMap<String, Vec<String>>,
    lists: Vec<CountyList>,
}

impl Figures {
    pub(super) fn new(lists: Vec<CountyList>) -> Self {
        Self { numbers: BTreeMap::new(), codes: BTreeMap::new(), lists }
    }

    /// Adds what the measures of a register give.
    pub(super) fn add(&mut self, register: &Register, rows: &[RecordRow], year: u16, open: &OpenMatters) {
        for measure in &register.measures {
            let name = measure.figure(&register.name);
            match count(measure, rows.iter(), &Days::year(year), open) {
                Figure::Number(number) => *self.numbers.entry(name).or_default() += number,
                Figure::Codes(codes) => {
                    self.codes.entry(name).or_default().extend(codes.into_iter().map(|(code, _)| code));
                }
            }
        }
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> i64 {
        self.numbers.get(name).copied().unwrap_or_default()
    }

    /// Names of the codes of a figure, by a list of the county, most first; what the list does not name is left out.
    pub(super) fn names(&self, figure: &str, list: &str) -> Vec<String> {
        self.named(self.codes.get(figure).map(Vec::as_slice).unwrap_or_default(), list)
    }

    /// Names of `codes` by a list of the county.
    pub(super) fn named(&self, codes: &[String], list: &str) -> Vec<String> {
        let list = self.lists.iter().find(|known| known.id == list);
        let labels = list.map(lists::labels).unwrap_or_default();
        codes.iter().filter_map(|code| labels.get(code.as_str())).map(|label| (*label).to_owned()).collect()
    }

    #[cfg(test)]
    pub(super) fn of(numbers: &[(&str, i64)], codes: &[(&str, &[&str])]) -> Self {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        Self {
            numbers: numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect(),
            codes: codes.iter().map(|(name, codes)| ((*name).to_owned(), owned(codes))).collect(),
            lists: lists::built_in(),
        }
    }
}
