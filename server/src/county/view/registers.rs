//! Registers and lists as the workbench is shown them and changes them.

use super::Failure;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zoufang_sync_protocol::register::RegisterFault;
use zoufang_sync_protocol::roster::ListItem;

/// `GET /api/county/registers`: one register, and the answer to an upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RegisterInfo {
    /// Its name.
    pub name: String,
    /// Version of the file.
    #[ts(type = "number")]
    pub version: u64,
    /// The county uploaded it or extended it.
    pub own: bool,
    /// The whole file, with what extends it.
    #[ts(type = "Record<string, unknown>")]
    pub source: serde_json::Value,
}

/// `POST /api/county/registers`, refused with 422: everything that is wrong with the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RegisterRefused {
    /// In short: code `register_faults`.
    pub failure: Failure,
    /// Each fault.
    pub faults: Vec<RegisterFault>,
}

/// `PUT /api/county/lists/{id}`: a new version of a list. Answer: the list with all versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ListEdit {
    /// First day on which it is in force.
    pub valid_from: String,
    /// All its items.
    pub items: Vec<ListItem>,
}
