//! What county staff ask and change, over HTTP with a real server.
//!
//! Deliberately not here: phones by themselves, and the year's figures.

mod campaign_lists;
mod campaigns;
mod import_files;
mod imports;
mod lists;
mod records_api;
mod register_upload;
mod waiting;
