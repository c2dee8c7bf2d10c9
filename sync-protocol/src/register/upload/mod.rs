//! What is asked of a register file that a county brings in, beyond what every register must be.
//!
//! Plug in: [`faults`] for the file by itself, [`later::faults`] for the next version of one that is in force.
//!
//! Always true: what is in force already is read all the same, for records rest on it; the registers of the build pass too.
//! Deliberately not here: what makes a file a register at all (`parse`).

pub mod alike;
mod hints;
pub mod later;
pub mod promise;
mod required;
mod values;
mod when;

use super::fault::{Faults, Node, RegisterFault, RegisterFaults};
use serde_json::Value;

/// All that is wrong; empty for a good file.
pub fn faults(schema: &Value) -> Vec<RegisterFault> {
    let mut faults = Faults::default();
    let root = Node::root(schema);
    hints::check(&root, &mut faults);
    required::check(&root, &mut faults);
    values::check(&root, &mut faults);
    when::check(&root, &mut faults);
    let mut found = RegisterFaults::from(faults).0;
    found.extend(promise::faults(schema));
    found.extend(alike::faults(schema));
    found
}
