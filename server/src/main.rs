//! Reads arguments, chooses a store, nothing else.

use clap::Parser;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use zoufang_server::commands::verify::Verified;
use zoufang_server::commands::{self, CommandError};
use zoufang_server::config::{AdminCommand, Arguments, Command};
use zoufang_server::store::contract::{Store, StoreError};
use zoufang_server::store::embedded::{EmbeddedStore, Options, verify_journal};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    commands::logging::start();
    match dispatch(arguments.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command) -> Result<(), CommandError> {
    match command {
        Command::Serve(arguments) => commands::serve::serve(open(&arguments.data)?, arguments.into()).await,
        Command::Demo(arguments) => commands::demo::demo(open(&arguments.data)?, arguments.into()).await,
        Command::Admin(AdminCommand::Create(arguments)) => {
            commands::admin::create(open(&arguments.data)?, arguments).await
        }
        Command::Admin(AdminCommand::Link(arguments)) => commands::admin::link(open(&arguments.data)?, arguments).await,
        Command::Admin(AdminCommand::Filing(arguments)) => {
            commands::admin::filing(open(&arguments.data)?, arguments).await
        }
        Command::Admin(AdminCommand::Register(arguments)) => {
            commands::admin::register(open(&arguments.data)?, arguments).await
        }
        Command::Admin(AdminCommand::Bring(command)) => commands::bring::run(open(command.data())?, command).await,
        Command::Admin(AdminCommand::People(command)) => commands::people::run(open(command.data())?, command).await,
        Command::Verify(arguments) => commands::verify::verify(walk(&arguments.data)),
        Command::Rebuild(arguments) => commands::rebuild::rebuild(open(&arguments.data)?).await,
    }
}

fn open(folder: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(EmbeddedStore::open(folder, &Options::default())?))
}

fn walk(folder: &Path) -> Result<Verified, StoreError> {
    let found = verify_journal(folder)?;
    let (records, segments, bytes, torn_bytes) = (found.records, found.segments, found.bytes, found.torn_bytes);
    Ok(Verified { records, segments, bytes, torn_bytes, digest: found.digest })
}
