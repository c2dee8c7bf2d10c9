//! `zoufang admin …`: the first administrator, and new sign-in links.
//!
//! Always true: runs while the server does not (the folder is locked). Deliberately not here: what an administrator may
//! do.

use super::CommandError;
use crate::config::{CreateArguments, LinkArguments};
use crate::store::contract::Store;
use std::sync::Arc;

/// Makes the county and its first administrator, and prints a sign-in link.
pub async fn create(_store: Arc<dyn Store>, _arguments: CreateArguments) -> Result<(), CommandError> {
    Err(CommandError::Refused("admin create".to_owned()))
}

/// Prints a new sign-in link for a person of the county.
pub async fn link(_store: Arc<dyn Store>, _arguments: LinkArguments) -> Result<(), CommandError> {
    Err(CommandError::Refused("admin link".to_owned()))
}
