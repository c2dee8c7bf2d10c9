//! What no register may ask or count, whoever brings it in: nothing that watches people.
//!
//! Plug in: [`faults`] looks at a file that is to come in; what is in force already is read all the same.
//!
//! Always true: no field is for a place on the map, a citizen or bank
//! number, a mood or a petition (L-01, L-20, domain of the law on personal information, art. 28); no figure counts what one
//! worker did (L-33). Deliberately not here: photos, which `required` keeps optional, and free
//! text, which phones look at while it is written.

use super::super::fault::{Faults, Node, RegisterFault, RegisterFaults};
use serde_json::Value;

/// Pieces of field names.
const NAMES: [&str; 16] = [
    "location",
    "latitude",
    "longitude",
    "gps",
    "track",
    "check_in",
    "checkin",
    "identity_no",
    "identity_number",
    "id_number",
    "id_card",
    "bank",
    "mood",
    "opinion",
    "petition",
    "risk",
];
/// Words of labels.
const LABELS: [&str; 20] = [
    "身份证",
    "证件号",
    "经纬度",
    "经度",
    "纬度",
    "定位",
    "轨迹",
    "行踪",
    "打卡",
    "签到",
    "银行卡",
    "银行账",
    "思想状况",
    "思想动态",
    "情绪",
    "上访",
    "信访",
    "重点人员",
    "部队番号",
    "人脸",
];

/// What a file may not ask or count; empty for a good one.
pub fn faults(schema: &Value) -> Vec<RegisterFault> {
    let mut faults = Faults::default();
    check(&Node::root(schema), &mut faults);
    RegisterFaults::from(faults).0
}

fn check(root: &Node<'_>, faults: &mut Faults) {
    let properties = root.get("properties");
    properties.iter().for_each(|properties| check_fields(properties, faults));
    let workers = root.get("properties").map(|properties| workers(&properties, "")).unwrap_or_default();
    root.get("x-measures").iter().for_each(|measures| check_counts(measures, &workers, faults));
}

/// Fields, members and members of items alike.
fn check_fields(properties: &Node<'_>, faults: &mut Faults) {
    for (name, field) in properties.members() {
        let label = field.value["x-label"]["zh"].as_str().unwrap_or_default();
        let is_watching =
            NAMES.iter().any(|piece| is_piece(name, piece)) || LABELS.iter().any(|word| label.contains(word));
        if is_watching {
            let zh = format!(
                "不登记“{}”：位置、证件号、账号、思想情绪和信访都不收集",
                if label.is_empty() { name } else { label }
            );
            let en = format!("“{name}” is never asked: no places, numbers of papers or accounts, moods, petitions");
            field.fault(faults, "never_asked", &zh, &en);
        }
        let items = field.get("items").and_then(|items| items.get("properties"));
        field.get("properties").iter().chain(&items).for_each(|members| check_fields(members, faults));
    }
}

/// `bank` is a piece of `bank_no`, and not of `embankment`.
fn is_piece(name: &str, piece: &str) -> bool {
    format!("_{name}_").contains(&format!("_{piece}_"))
}

/// Paths to who entered, went along or acted; of items also without the list's name.
fn workers(properties: &Node<'_>, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, field) in properties.members() {
        let path = format!("{before}{name}");
        let is_worker = matches!(field.value["x-default"]["fill"].as_str(), Some("me" | "staff" | "entry"))
            || field.value["x-widget"] == "staff"
            || name == "entered_by";
        if is_worker {
            found.push(path.clone());
        }
        if let Some(members) = field.get("properties") {
            found.extend(workers(&members, &format!("{path}.")));
        }
        if let Some(members) = field.get("items").and_then(|items| items.get("properties")) {
            found.extend(workers(&members, ""));
        }
    }
    found
}

fn check_counts(node: &Node<'_>, workers: &[String], faults: &mut Faults) {
    let is_worker = |path: &str| workers.iter().any(|worker| path == worker || path.starts_with(&format!("{worker}.")));
    let refuse = |node: &Node<'_>, faults: &mut Faults| {
        let zh = "不按人统计：数字不能算到某个工作人员头上";
        node.fault(faults, "counts_people", zh, "no figure counts what one worker did");
    };
    if node.value.as_str().is_some_and(is_worker) {
        refuse(node, faults);
    }
    node.items().iter().for_each(|item| check_counts(item, workers, faults));
    for (key, member) in node.members() {
        if is_worker(key) {
            refuse(&member, faults);
        } else if !matches!(member.value, Value::Null) {
            check_counts(&member, workers, faults);
        }
    }
}
