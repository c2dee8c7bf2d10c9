//! A running demo county without its year, on a folder of its own: where cases and measures begin.
//!
//! Always true: the folder goes when the bed goes. Deliberately not here: faults on the way.

use crate::county::County;
use crate::http::Client;
use crate::process::Server;
use crate::station::Station;
use std::io;
use std::path::PathBuf;
use zoufang_server::county::view::UnitName;
use zoufang_server::rows::table::TableRecord;
use zoufang_server::store::contract::Store;
use zoufang_server::store::embedded::{EmbeddedStore, Options};

/// The village of most cases: 石门村.
pub const VILLAGE: &str = "990101103200";
/// Another village: 柳泉村.
pub const OTHER_VILLAGE: &str = "990101205201";

/// See the module's header.
pub struct Bed {
    folder: tempfile::TempDir,
    server: Option<Server>,
    arguments: Vec<&'static str>,
}

impl Bed {
    /// A county without its year.
    pub fn empty() -> io::Result<Self> {
        Self::with(&["--empty"])
    }

    /// The demo's county with further arguments.
    pub fn with(arguments: &[&'static str]) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut bed = Self { folder, server: None, arguments: arguments.to_vec() };
        bed.start()?;
        Ok(bed)
    }

    /// Where the server keeps what it keeps.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The running server.
    ///
    /// # Panics
    /// If it was stopped and not started again.
    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("it was started")
    }

    /// Starts the server on what is there.
    pub fn start(&mut self) -> io::Result<()> {
        self.server = Some(Server::start(&self.data(), &self.arguments)?);
        Ok(())
    }

    /// Kills the server and leaves it dead.
    pub fn kill(&mut self) -> io::Result<()> {
        self.server.take().map_or(Ok(()), Server::kill)
    }

    /// Stops the server in peace.
    pub fn stop(&mut self) -> io::Result<()> {
        self.server.take().map_or(Ok(()), Server::stop)
    }

    /// Brings tables in while the server stands still: they are folded when it starts again.
    pub fn bring(&mut self, tables: &[TableRecord]) -> io::Result<()> {
        self.stop()?;
        let store = EmbeddedStore::open(&self.data(), &Options::default()).map_err(io::Error::other)?;
        let records = tables.iter().map(|table| table.to_journal().to_bytes()).collect();
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        runtime.block_on(store.append(records)).map_err(io::Error::other)?;
        drop(store);
        self.start()
    }

    /// The county's side.
    pub fn county(&self) -> County {
        County::at(self.server().address(), &self.server().ready.api_token)
    }

    /// A fresh connection.
    pub fn client(&self) -> Client {
        Client::new(self.server().address())
    }

    /// A new phone of `unit`.
    pub fn station(&self, unit: &str, person: &str) -> io::Result<Station> {
        Station::enrol(&mut self.county(), self.client(), unit, person)
    }
}

/// Codes of the first villages of the county.
pub fn villages(bed: &Bed, count: usize) -> io::Result<Vec<String>> {
    let units: Vec<UnitName> = bed.county().get("/api/county/units")?;
    let villages: Vec<String> =
        units.into_iter().map(|unit| unit.unit).filter(|unit| unit.len() == 12).take(count).collect();
    if villages.len() < count {
        return Err(io::Error::other(format!("the county has {} villages", villages.len())));
    }
    Ok(villages)
}
