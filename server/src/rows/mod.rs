//! What a row is: keys and values of the index.
//!
//! Always true: everything here is derived from the journal and can be thrown away. Deliberately not here: how rows
//! come to be (`fold`) and what they are asked (`county`, `intake`).

pub mod counting;
pub mod index;
pub mod keys;
pub mod roster;
pub mod stored;
pub mod table;
pub mod visit;
