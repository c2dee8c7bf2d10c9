//! `zoufang demo`: the fictional county, on a store like any other.
//!
//! Always true: a second start continues with what is there. Deliberately not here: the county and its visits.

use super::CommandError;
use crate::config::Config;
use crate::store::contract::Store;
use std::sync::Arc;

/// Fills the store unless it is filled, then serves until told to stop.
pub async fn demo(_store: Arc<dyn Store>, _config: Config) -> Result<(), CommandError> {
    Err(CommandError::Refused("demo".to_owned()))
}
