//! What can be wrong with a tree.
//!
//! Always true: each fault names its line; the tree that is given has a line's unit only where the line is sound.

use super::Line;
use crate::county::view::LineFault;
use crate::rows::table::Unit;
use crate::sheets::fault::fault;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::unit::{COUNTY_DIGITS, TOWNSHIP_DIGITS};

/// The tree before with the file's lines laid over it, sorted by code; what is wrong goes to `faults`.
pub(super) fn tree(county: &str, before: &[Unit], lines: &[Line], faults: &mut Vec<LineFault>) -> Vec<Unit> {
    let mut tree: BTreeMap<&str, &Unit> = before.iter().map(|unit| (unit.unit.as_str(), unit)).collect();
    let mut seen = BTreeSet::new();
    for Line { number, unit } in lines {
        let code = if !unit.unit.starts_with(county) {
            "unit_other_county"
        } else if !seen.insert(&unit.unit) {
            "unit_twice"
        } else {
            tree.insert(&unit.unit, unit);
            continue;
        };
        faults.push(fault(*number, "code", &unit.unit, code));
    }
    for Line { number, unit } in lines {
        let of_line = |(column, value, code): (&str, &str, _)| fault(*number, column, value, code);
        faults.extend(parent(&tree, unit).into_iter().chain(days(unit)).chain(successor(&tree, unit)).map(of_line));
    }
    faults.sort_by_key(|fault| fault.line);
    tree.into_values().cloned().collect()
}

/// Column, value and code of a fault.
type Found<'u> = Option<(&'static str, &'u str, &'static str)>;

fn parent<'u>(tree: &BTreeMap<&str, &Unit>, unit: &'u Unit) -> Found<'u> {
    let is_orphan = unit.unit.len() > TOWNSHIP_DIGITS && !tree.contains_key(&unit.unit[..TOWNSHIP_DIGITS]);
    is_orphan.then_some(("code", &unit.unit, "unit_parent"))
}

fn days(unit: &Unit) -> Found<'_> {
    let (from, to) = (unit.valid_from.as_ref()?, unit.valid_to.as_ref()?);
    (to < from).then_some(("valid_to", to, "days_order"))
}

fn successor<'u>(tree: &BTreeMap<&str, &Unit>, unit: &'u Unit) -> Found<'u> {
    let next = unit.replaced_by.as_deref()?;
    let code = if !tree.contains_key(next) {
        "successor_unknown"
    } else if next.len() != unit.unit.len() || next.len() == COUNTY_DIGITS {
        "successor_level"
    } else if unit.valid_to.is_none() {
        "successor_day"
    } else if is_circle(tree, unit) {
        "successor_circle"
    } else {
        return None;
    };
    Some(("replaced_by", next, code))
}

fn is_circle(tree: &BTreeMap<&str, &Unit>, unit: &Unit) -> bool {
    let mut passed = BTreeSet::from([unit.unit.as_str()]);
    let mut at = unit.replaced_by.as_deref();
    while let Some(code) = at {
        if !passed.insert(code) {
            return true;
        }
        at = tree.get(code).and_then(|unit| unit.replaced_by.as_deref());
    }
    false
}
