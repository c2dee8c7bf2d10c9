//! Which villages stand on a day, and what became of those that do not.
//!
//! Always true: a village that was merged means its successor from the day after its last day on, wherever a list or a
//! person says it. Deliberately not here: reports, which go by the tree of their year (`county/units/of_year`).

use crate::rows::table::Unit;
use std::collections::HashMap;

/// The tree on a day.
pub struct Standing<'t> {
    units: HashMap<&'t str, &'t Unit>,
    day: &'t str,
}

/// Why a village cannot be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Its days are over and it has no successor.
    Gone,
    /// Its days lie ahead.
    NotYet,
}

impl<'t> Standing<'t> {
    /// Of `tree` on `day`, `YYYY-MM-DD`.
    pub fn on(tree: &'t [Unit], day: &'t str) -> Self {
        Self { units: tree.iter().map(|unit| (unit.unit.as_str(), unit)).collect(), day }
    }

    /// All units, standing or not, by no order.
    pub fn all(&self) -> impl Iterator<Item = &'t Unit> {
        self.units.values().copied()
    }

    /// The unit of this code, standing or not.
    pub fn unit(&self, code: &str) -> Option<&'t Unit> {
        self.units.get(code).copied()
    }

    /// Whether its days are neither over nor ahead.
    pub fn stands(&self, unit: &Unit) -> bool {
        !self.is_over(unit) && unit.valid_from.as_deref().is_none_or(|first| first <= self.day)
    }

    /// The village that is meant today; another one where it was merged.
    pub fn today(&self, unit: &'t Unit) -> Result<&'t Unit, Absent> {
        let mut unit = unit;
        // A tree has no circles of mergers; a damaged one ends here all the same.
        for _ in 0..self.units.len() {
            if self.stands(unit) {
                return Ok(unit);
            }
            let next = if self.is_over(unit) { unit.replaced_by.as_deref() } else { return Err(Absent::NotYet) };
            unit = next.and_then(|code| self.unit(code)).ok_or(Absent::Gone)?;
        }
        Err(Absent::Gone)
    }

    /// The code that a person's village has today; its own where that cannot be said.
    pub fn code_today<'c>(&self, code: &'c str) -> &'c str
    where
        't: 'c,
    {
        self.unit(code).and_then(|unit| self.today(unit).ok()).map_or(code, |unit| unit.unit.as_str())
    }

    /// A merger without a last day was long ago.
    fn is_over(&self, unit: &Unit) -> bool {
        match &unit.valid_to {
            Some(last) => last.as_str() < self.day,
            None => unit.replaced_by.is_some(),
        }
    }
}
