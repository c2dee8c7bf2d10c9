//! What the columns of a list mean: by their titles, or as somebody said when such titles came before.
//!
//! Always true: a meaning is given to one column at most, the first. Deliberately not here: reading cells.

use crate::county::view::{ColumnMeaning, ImportKind};
use ColumnMeaning::{
    AwardYear, Batch, Category, DiedOn, Group, Honour, Household, IdentityNumber, Name, NotRead, NoticeSerial,
    ReceivedOn, Relation, Relative, TownshipName, VillageCode, VillageName,
};
use std::collections::{BTreeMap, BTreeSet};

/// Titles as counties write them, the surest first.
const TITLES: [(ColumnMeaning, &[&str]); 16] = [
    (
        IdentityNumber,
        &[
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "身份证",
            "证件号码",
            "公民身份证号",
            "公民身份证号码",
            "identity number",
            "id number",
        ],
    ),
    (VillageCode, &["区划代码", "村代码", "行政区划代码", "village code", "code"]),
    (
        VillageName,
        &[
            "村",
            "村名",
            "所在村",
            "行政村",
            "村(社区)",
            "村（社区）",
            "村居",
            "所属村",
            "所属村名称",
            "户籍地村",
            "所在村(社区)",
            "所在村（社区）",
            "村(居)",
            "village",
        ],
    ),
    (
        TownshipName,
        &[
            "乡镇",
            "乡镇名称",
            "所在乡镇",
            "乡(镇)",
            "乡（镇）",
            "镇",
            "所属乡镇",
            "户籍地乡镇",
            "乡镇(街道)",
            "乡镇（街道）",
            "township",
        ],
    ),
    (Group, &["组", "村民小组", "小组", "组别", "group"]),
    (Household, &["户号", "户编号", "家庭编号", "household"]),
    (Category, &["类别", "优抚类别", "人员类别", "优抚对象类别", "对象类别", "身份类别", "category"]),
    (Relation, &["关系", "与本人关系", "与其关系", "relation"]),
    (Relative, &["亲属", "家属", "联系人", "家庭联系人", "家属姓名", "亲属姓名", "relative", "contact"]),
    (Batch, &["批次", "入伍批次", "返乡批次", "入伍时间", "batch"]),
    (DiedOn, &["死亡日期", "去世日期", "去世时间", "死亡时间", "died on"]),
    (Honour, &["荣誉", "荣誉等次", "立功等次", "立功受奖等次", "奖励等次", "奖励等级", "奖励名称", "honour"]),
    (AwardYear, &["立功年度", "奖励年度", "受奖年度", "表彰年度", "award year"]),
    (NoticeSerial, &["喜报编号", "喜报登记号", "喜报号", "notice number"]),
    (ReceivedOn, &["收到日期", "收到喜报日期", "喜报收到日期", "received on"]),
    (Name, &["姓名", "名字", "本人姓名", "姓 名", "新兵姓名", "退役军人姓名", "人员姓名", "name"]),
];

/// Whether a cell is a title that is known, or one that was given a meaning before.
pub fn is_title(cell: &str, remembered: &BTreeMap<String, ColumnMeaning>) -> bool {
    remembered.contains_key(cell) || meaning(cell).is_some()
}

/// Meanings by heading.
pub fn guess(headings: &[String], remembered: &BTreeMap<String, ColumnMeaning>) -> BTreeMap<String, ColumnMeaning> {
    let mut given = BTreeSet::new();
    let known = headings.iter().filter_map(|heading| {
        let meaning = remembered.get(heading).copied().or_else(|| meaning(heading))?;
        (meaning != NotRead && given.insert(meaning)).then(|| (heading.clone(), meaning))
    });
    known.collect()
}

/// What was said of columns, to be remembered: one whose title is known and that nobody wanted stays unread next time.
pub fn with_unread(headings: &[String], said: &BTreeMap<String, ColumnMeaning>) -> BTreeMap<String, ColumnMeaning> {
    let unread = headings.iter().filter(|heading| !said.contains_key(*heading) && meaning(heading).is_some());
    let given: BTreeSet<ColumnMeaning> = said.values().copied().collect();
    // A title beside another of the same meaning was never in question.
    let unread = unread.filter(|heading| meaning(heading).is_some_and(|meaning| !given.contains(&meaning)));
    let unread = unread.map(|heading| (heading.clone(), NotRead));
    said.iter().map(|(heading, meaning)| (heading.clone(), *meaning)).chain(unread).collect()
}

/// Columns that a kind of list cannot do without and that have no meaning yet: one of each group is needed.
pub fn missing(kind: ImportKind, mapping: &BTreeMap<String, ColumnMeaning>, has_batch: bool) -> Vec<&'static str> {
    let has = |meanings: &[ColumnMeaning]| mapping.values().any(|meaning| meanings.contains(meaning));
    let mut missing = Vec::new();
    if !has(&[Name]) {
        missing.push("name");
    }
    if !has(&[VillageCode, VillageName]) {
        missing.push("village");
    }
    if kind != ImportKind::Roster && !has_batch && !has(&[Batch]) {
        missing.push("batch");
    }
    if kind == ImportKind::Merits && !has(&[Honour]) {
        missing.push("honour");
    }
    missing
}

fn meaning(title: &str) -> Option<ColumnMeaning> {
    let title: String = title.to_lowercase().chars().filter(|sign| *sign != '*' && *sign != ' ').collect();
    let is_one = |titles: &&[&str]| titles.iter().any(|known| known.replace(' ', "") == title);
    TITLES.iter().find(|(_, titles)| is_one(titles)).map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn titles_are_known_however_they_are_spaced_and_what_was_said_wins() {
        let headings = titles(&["序号", "姓 名*", "公民身份号码", "村（社区）", "备注", "村"]);
        let guessed = guess(&headings, &BTreeMap::new());
        let wanted = [("公民身份号码", IdentityNumber), ("姓 名*", Name), ("村（社区）", VillageName)];
        assert_eq!(guessed.into_iter().collect::<Vec<_>>(), wanted.map(|(title, meaning)| (title.to_owned(), meaning)));
        let said = BTreeMap::from([("备注".to_owned(), Category), ("村".to_owned(), Group)]);
        assert_eq!(guess(&headings, &said).get("备注"), Some(&Category));
        assert_eq!(guess(&headings, &said).get("村"), Some(&Group));
    }

    #[test]
    fn a_column_that_somebody_left_out_stays_out() {
        let headings = titles(&["姓名", "村", "类别", "村名"]);
        let said = BTreeMap::from([("姓名".to_owned(), Name), ("村".to_owned(), VillageName)]);
        let remembered = with_unread(&headings, &said);
        assert_eq!(remembered.get("类别"), Some(&NotRead));
        assert_eq!(remembered.get("村名"), None, "another column has its meaning");
        assert_eq!(guess(&headings, &remembered), said);
        let again = with_unread(&headings, &BTreeMap::from([("类别".to_owned(), Category)]));
        assert_eq!(again.get("类别"), Some(&Category));
    }

    #[test]
    fn what_a_list_cannot_do_without_is_named() {
        let mapping = guess(&titles(&["姓名", "区划代码"]), &BTreeMap::new());
        assert_eq!(missing(ImportKind::Roster, &mapping, false), Vec::<&str>::new());
        assert_eq!(missing(ImportKind::Recruits, &mapping, false), ["batch"]);
        assert_eq!(missing(ImportKind::Recruits, &mapping, true), Vec::<&str>::new());
        assert_eq!(missing(ImportKind::Merits, &mapping, true), ["honour"]);
        assert_eq!(missing(ImportKind::Roster, &BTreeMap::new(), false), ["name", "village"]);
    }
}
