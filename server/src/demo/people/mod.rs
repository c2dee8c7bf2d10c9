//! The people of the fictional county: who is entitled, and who serves the stations.
//!
//! Always true: all names are put together from one small table of characters. Deliberately not here: visits and ceremonies.

pub mod batches;
pub mod lists;
pub mod names;
pub mod roster;
pub mod staff;
