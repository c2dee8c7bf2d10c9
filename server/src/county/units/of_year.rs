//! Where a record counts: under the unit of its day, as the tree stood at the end of the year of the report.
//!
//! Always true: a record keeps its code, only the question widens: the subtree of a unit, and what was merged into it by
//! the end of that year; of these, what was merged away from it by then is left out. Source: reports map to the tree of
//! their year (统计用区划代码: codes change when villages merge). Deliberately not here: today's coverage, which follows
//! the lists of today.

use crate::rows::table::Unit;
use std::collections::BTreeSet;

/// The tree of a year.
pub struct TreeOfYear {
    /// Merged by its end: from, into.
    merged: Vec<(String, String)>,
}

impl TreeOfYear {
    /// The tree as it stood on 31 December of `year`.
    pub fn new(tree: &[Unit], year: u16) -> Self {
        let last_day = format!("{year}-12-31");
        let is_merged = |unit: &&Unit| unit.valid_to.as_ref().is_some_and(|day| *day < last_day);
        let merged =
            tree.iter().filter(is_merged).filter_map(|unit| Some((unit.unit.clone(), unit.replaced_by.clone()?)));
        Self { merged: merged.collect() }
    }

    /// The prefixes whose records count for `unit`: its own code, and the units merged into it from elsewhere.
    pub fn prefixes(&self, unit: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::from([unit.to_owned()]);
        loop {
            let is_new = |(from, into): &&(String, String)| is_in(&found, into) && !is_in(&found, from);
            let further: Vec<String> = self.merged.iter().filter(is_new).map(|(from, _)| from.clone()).collect();
            if further.is_empty() {
                return found;
            }
            found.extend(further);
        }
    }

    /// The unit that a record of `unit` counts under.
    pub fn home<'t>(&'t self, unit: &'t str) -> &'t str {
        let mut at = unit;
        // The check of the tree lets no circle in; one of an older tree ends all the same.
        for _ in 0..=self.merged.len() {
            match self.merged.iter().find(|(from, _)| at.starts_with(from.as_str())) {
                Some((_, into)) if into != at => at = into,
                _ => break,
            }
        }
        at
    }
}

fn is_in(prefixes: &BTreeSet<String>, code: &str) -> bool {
    prefixes.iter().any(|prefix| code.starts_with(prefix.as_str()))
}
