//! `zoufang admin units`, `roster`, `undo-import`, `campaign`, `close-campaign`.
//!
//! Always true: each does what the workbench's page does, by the same door, while the server stands still; a look prints
//! what taking it would change. Deliberately not here: what files mean (`county/units`, `county/roster`).

use super::CommandError;
use super::desk;
use crate::access::Person;
use crate::config::{BringCommand, CampaignArguments, RosterArguments, UnitsArguments};
use crate::county::campaigns::{LEADERSHIP, means};
use crate::county::lists;
use crate::county::view::{
    CampaignFault, CampaignPlan, CampaignTargets, ImportCheck, ImportChoice, LineFault, TreeCheck,
};
use crate::intake::{Intake, IntakeError};
use crate::store::contract::Store;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use zoufang_sync_protocol::roster::{Campaign, ListItem, Package};

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
        BringCommand::Campaign(arguments) => campaign(intake, by, &arguments).await,
        BringCommand::CloseCampaign(arguments) => {
            let plan = intake.close_campaign(by, &arguments.id, true).await?;
            Ok(format!("活动已关闭 / closed: {} {}", plan.campaign.id, plan.campaign.name))
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, CommandError> {
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
    let choice = ImportChoice {
        mapping: shown.mapping,
        batch: arguments.batch.clone(),
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
    for one in check.differences.iter().take(PRINTED_MAX) {
        // Names stand in the county's own files; a terminal's scrollback is no place for them.
        let fields: Vec<&str> = one.fields.iter().map(|field| field.field.as_str()).collect();
        let line = one.line.map(|line| line.to_string()).unwrap_or_default();
        let _ = writeln!(words, "  {}  {}  {line}  {}", one.kind, one.unit, fields.join(" "));
    }
    Ok(words)
}

async fn campaign(intake: &Intake, by: &Person, arguments: &CampaignArguments) -> Result<String, CommandError> {
    let plan = planned(intake, arguments)?;
    let means = means::means(&*intake.store, &plan).map_err(IntakeError::from)?;
    let faults = intake.faults_of(&plan)?;
    let refused: Vec<&CampaignFault> = faults.iter().filter(|fault| !fault.warning).collect();
    if !refused.is_empty() {
        let lines =
            refused.iter().map(|fault| format!("\n  {} {}: {} / {}", fault.field, fault.code, fault.zh, fault.en));
        return Err(CommandError::Refused(format!(
            "活动没有保存 / the campaign was not kept{}",
            lines.collect::<String>()
        )));
    }
    let id = plan.campaign.id.clone();
    if arguments.apply {
        intake.take_plan(by, plan).await?;
    }
    Ok(format!(
        "{}\n活动编号 / id: {id}\n慰问对象 / people: {}  户 / households: {}  合计 / worth: {}.{:02} 元",
        state(arguments.apply),
        means.people,
        means.households,
        means.worth_fen / 100,
        means.worth_fen % 100,
    ))
}

fn planned(intake: &Intake, arguments: &CampaignArguments) -> Result<CampaignPlan, CommandError> {
    let lists = lists::all(&*intake.store).map_err(IntakeError::from)?;
    let items = |id: &str| {
        let version = lists.iter().find(|list| list.id == id).and_then(|list| list.on(&arguments.from));
        version.map_or(&[][..], |version| &version.items)
    };
    let mut targets = CampaignTargets::default();
    if let Some(package) = &arguments.package {
        let priority = items("categories").iter().filter(|item| means::is_priority(&item.code));
        targets.categories.extend(priority.map(|item| (item.code.clone(), package.clone())));
    }
    targets.categories.extend(arguments.category.iter().cloned());
    let mut packages = Vec::new();
    for code in targets.categories.values().collect::<BTreeSet<_>>() {
        let gift = items("packages").iter().find(|item| item.code == *code).and_then(|item| item.gift.clone());
        // A package is called in a plan as its id says.
        packages.push(Package { id: code.clone(), ..gift.ok_or_else(|| no_package(code, items("packages")))? });
    }
    let campaign = Campaign {
        id: format!("c{}", &Uuid::now_v7().simple().to_string()[..16]),
        name: arguments.name.clone(),
        document_no: arguments.document_no.clone(),
        visit_kind: arguments.kind.clone(),
        from: arguments.from.clone(),
        until: arguments.until.clone(),
        closed: false,
        packages,
        spent_fen: 0,
    };
    Ok(CampaignPlan {
        campaign,
        targets,
        leadership: LEADERSHIP,
        fund_fen: 0,
        fund_source: "county".to_owned(),
        revision: 0,
    })
}

fn no_package(code: &str, items: &[ListItem]) -> CommandError {
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    CommandError::Refused(format!("慰问标准里没有 / the list of packages has no {code}: {}", known.join(" ")))
}

fn unreadable(error: IntakeError) -> CommandError {
    match error {
        IntakeError::Sheet(error) => {
            let fault = crate::sheets::fault::of_file(error);
            CommandError::Refused(format!("{} {} / {}", fault.code, fault.zh, fault.en))
        }
        error => error.into(),
    }
}

fn state(applied: bool) -> &'static str {
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

fn listed(faults: &[LineFault]) -> String {
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
