//! `zoufang admin units`, `roster`, `undo-import`; those of campaigns are in `campaign`.
//!
//! Always true: each does what the workbench's page does, by the same door, while the server stands still; a look prints
//! what taking it would change. Deliberately not here: what files mean (`county/units`, `county/roster`).

use super::CommandError;
use super::{campaign, desk};
use crate::access::Person;
use crate::config::{BringCommand, RosterArguments, UnitsArguments};
use crate::county::view::{ImportCheck, ImportChoice, LineFault, TreeCheck};
use crate::intake::{Intake, IntakeError};
use crate::store::contract::Store;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Faults and differences printed.
const PRINTED_MAX: usize = 30;

/// Does what was asked, and prints what came of it.
pub async fn run(store: Arc<dyn Store>, command: BringCommand) -> Result<(), CommandError> {
    let data = command.data().to_owned();
    desk::at(store, &data, async |intake, by| words(intake, by, command).await).await
}

async fn words(intake: &Arc<Intake>, by: &Person, command: BringCommand) -> Result<String, CommandError> {
    match command {
        BringCommand::Units(arguments) => units(intake, by, &arguments).await,
        BringCommand::Roster(arguments) => roster(intake, by, &arguments).await,
        BringCommand::UndoImport(arguments) => {
            let check = intake.undo_import(by, arguments.kind.into()).await?;
            Ok(format!("已撤销 / undone\n{}", numbers(&check)))
        }
        BringCommand::Campaign(arguments) => campaign::campaign(intake, by, &arguments).await,
        BringCommand::Campaigns(_) => campaign::campaigns(intake),
        BringCommand::CloseCampaign(arguments) => campaign::close(intake, by, &arguments).await,
    }
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, CommandError> {
    let refused =
        |error| CommandError::Refused(format!("读不了文件 / cannot read the file {}: {error}", file.display()));
    std::fs::read(file).map_err(refused)
}

async fn units(intake: &Intake, by: &Person, arguments: &UnitsArguments) -> Result<String, CommandError> {
    let check = intake.take_tree(by, &read(&arguments.file)?, arguments.apply).await.map_err(unreadable)?;
    let TreeCheck { lines, added, changed, faults, applied } = check;
    let numbers = format!("行 / lines: {lines}  新增 / new: {}  变更 / changed: {}", added.len(), changed.len());
    if !faults.is_empty() {
        return Err(CommandError::Refused(format!(
            "区划没有启用，请逐条改好 / not taken, put each right\n{}",
            listed(&faults)
        )));
    }
    let mut words = format!("{}\n{numbers}\n", state(applied));
    for unit in added.iter().chain(&changed).take(PRINTED_MAX) {
        let _ = writeln!(words, "  {}  {}", unit.unit, unit.name);
    }
    Ok(words)
}

async fn roster(intake: &Arc<Intake>, by: &Person, arguments: &RosterArguments) -> Result<String, CommandError> {
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let file = read(&arguments.file)?.into();
    let shown = intake.read_import(by, arguments.kind.into(), &name, file).await.map_err(unreadable)?;
    let draft = intake.import(&shown.id).ok_or_else(|| IntakeError::NotFound(shown.id.clone()))?;
    let mut mapping = shown.mapping;
    for (title, meaning) in &arguments.columns {
        if !shown.headings.contains(title) {
            let known = shown.headings.join(" ");
            return Err(CommandError::Refused(format!("文件里没有这一列 / the file has no column {title}: {known}")));
        }
        mapping.retain(|_, other| other != meaning);
        mapping.insert(title.clone(), *meaning);
    }
    let choice = ImportChoice {
        mapping,
        batch: arguments.batch.clone(),
        file_wins: arguments.file_wins,
        remove_missing: arguments.remove_missing,
        ..ImportChoice::default()
    };
    match arguments.apply {
        true => drop(intake.apply_import(by, &draft, choice).await?),
        false => intake.check_import(&draft, choice).await?,
    }
    let check = draft.shown().check.unwrap_or_default();
    let mut words = format!("{}\n{}", state(arguments.apply), numbers(&check));
    words.push_str(&listed(&check.faults));
    if check.said as usize > check.faults.len().min(PRINTED_MAX) {
        let _ = writeln!(words, "  共 {0} 条，只列出前面的 / {0} in all, the first are listed", check.said);
    }
    for one in check.differences.iter().take(PRINTED_MAX) {
        // Names stand in the county's own files; a terminal's scrollback is no place for them.
        let fields: Vec<&str> = one.fields.iter().map(|field| field.field.as_str()).collect();
        let line = one.line.map(|line| line.to_string()).unwrap_or_default();
        let _ = writeln!(words, "  {}  {}  {line}  {}", one.kind, one.unit, fields.join(" "));
    }
    Ok(words)
}

pub(super) fn unreadable(error: IntakeError) -> CommandError {
    match error {
        IntakeError::Sheet(error) => {
            let fault = crate::sheets::fault::of_file(error);
            CommandError::Refused(format!("{} {} / {}", fault.code, fault.zh, fault.en))
        }
        error => error.into(),
    }
}

pub(super) fn state(applied: bool) -> &'static str {
    if applied { "已启用 / taken" } else { "试算，没有改动 / only looked at, nothing was changed (--apply)" }
}

fn numbers(check: &ImportCheck) -> String {
    format!(
        "新增 / new: {}  变更 / changed: {}  不在文件里 / missing: {}  不变 / as before: {}\n\
         保留的更正 / corrections kept: {}  两边都改过 / clashes: {}  没有导入的行 / refused: {}  有提醒的行 / warnings: {}\n",
        check.added,
        check.changed,
        check.removed,
        check.unchanged,
        check.corrections_kept,
        check.clashes,
        check.refused,
        check.warned
    )
}

pub(super) fn listed(faults: &[LineFault]) -> String {
    let line = |fault: &LineFault| {
        let mark = if fault.warning { "提醒 / warning" } else { "错误 / fault" };
        let place = match fault.line {
            0 => format!("整个文件 / whole file {}", fault.value),
            line => format!("{} 第 {line} 行 / line {line}", fault.sheet),
        };
        format!("  {}  {mark}  {}  {}: {} / {}\n", place.trim(), fault.column, fault.code, fault.zh, fault.en)
    };
    faults.iter().take(PRINTED_MAX).map(line).collect()
}
