//! A new version of a list, checked.
//!
//! Always true: a version begins after the one before it; a version of the same day is refused, since records of that
//! day may rest on the one there is. A code that stood in any earlier version may be left out or kept; it cannot be
//! given to something else, and an award's amount changes only by a new version. Deliberately not here: writing it down.

use crate::county::view::ListEdit;
use std::collections::BTreeSet;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::roster::{CountyList, ListItem, ListVersion, Package};

/// Items of one version.
const ITEMS_MAX: usize = 200;
/// Versions of one list.
const VERSIONS_MAX: usize = 200;
/// Characters of a label.
const LABEL_MAX: usize = 60;
/// An award or package is worth at most a million yuan.
const FEN_MAX: i64 = 100_000_000;
/// Goods of one package.
const GOODS_MAX: usize = 20;

/// Why a version is not taken. The text is what it is about: a code, a label, a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListRefused {
    /// Not a day, or not after the last version's.
    #[error("valid_from {0}")]
    Day(String),
    /// Too many versions or items, or none.
    #[error("size")]
    Size,
    /// Not letters, digits, `-` and `_`.
    #[error("code {0}")]
    CodeMalformed(String),
    /// The same code stands twice.
    #[error("code {0} twice")]
    CodeTwice(String),
    /// A code of an earlier version would get another label.
    #[error("code {0} changed")]
    CodeChanged(String),
    /// A label is empty or too long.
    #[error("label of {0}")]
    Label(String),
    /// An award without an amount, a package without a gift, or the other way round; or a worth out of bounds.
    #[error("worth of {0}")]
    Worth(String),
}

/// `list` with a new version.
pub fn edited(list: &CountyList, edit: &ListEdit) -> Result<CountyList, ListRefused> {
    let last = list.versions.last();
    let is_day = edit.valid_from.len() == 10 && edit.valid_from.parse::<chrono::NaiveDate>().is_ok();
    if !is_day || last.is_some_and(|last| edit.valid_from <= last.valid_from) {
        return Err(ListRefused::Day(edit.valid_from.chars().take(20).collect()));
    }
    if list.versions.len() >= VERSIONS_MAX {
        return Err(ListRefused::Size);
    }
    check(&list.id, &edit.items)?;
    let known = list.versions.iter().flat_map(|version| &version.items);
    for before in known {
        let now = edit.items.iter().find(|item| item.code == before.code);
        if now.is_some_and(|now| now.zh != before.zh || now.en != before.en) {
            return Err(ListRefused::CodeChanged(before.code.clone()));
        }
    }
    let version = last.map_or(1, |last| last.version + 1);
    let new = ListVersion { version, valid_from: edit.valid_from.clone(), items: edit.items.clone() };
    let mut list = list.clone();
    list.versions.push(new);
    Ok(list)
}

/// What holds of the items of any version.
pub(super) fn check(list: &str, items: &[ListItem]) -> Result<(), ListRefused> {
    if items.is_empty() || items.len() > ITEMS_MAX {
        return Err(ListRefused::Size);
    }
    let mut codes = BTreeSet::new();
    for item in items {
        let code = || item.code.chars().take(64).collect::<String>();
        if !is_plain_id(&item.code) {
            return Err(ListRefused::CodeMalformed(code()));
        }
        if !codes.insert(&item.code) {
            return Err(ListRefused::CodeTwice(code()));
        }
        if !is_label(&item.zh) || !is_label(&item.en) {
            return Err(ListRefused::Label(code()));
        }
        if !is_worth_right(list, item) {
            return Err(ListRefused::Worth(code()));
        }
    }
    Ok(())
}

fn is_label(label: &str) -> bool {
    let is_short = label.chars().count() <= LABEL_MAX;
    is_short && !label.is_empty() && label.trim() == label && !label.chars().any(char::is_control)
}

/// Awards have an amount, packages a gift, other lists neither.
fn is_worth_right(list: &str, item: &ListItem) -> bool {
    let amount = item.amount_fen.filter(|fen| (0..=FEN_MAX).contains(fen));
    let gift = item.gift.as_ref().filter(|gift| gift.id == item.code && is_package_right(gift));
    match list {
        "awards" => amount.is_some() && item.gift.is_none(),
        "packages" => gift.is_some() && item.amount_fen.is_none(),
        _ => item.amount_fen.is_none() && item.gift.is_none(),
    }
}

/// Who pays for a gift.
pub(in crate::county) const FUNDS: [&str; 5] = ["county", "township", "higher", "donation", "village"];

/// A package has a name, a way of paying and a fund that exist, and a worth within bounds.
pub(in crate::county) fn is_package_right(gift: &Package) -> bool {
    let mut goods_fen = gift.goods.iter().map(|goods| {
        let is_right = is_label(&goods.item) && (1..=1_000).contains(&goods.quantity) && goods.price_fen >= 0;
        is_right.then(|| goods.quantity.checked_mul(goods.price_fen)).flatten()
    });
    let goods_fen = goods_fen.try_fold(0_i64, |sum, fen| sum.checked_add(fen?));
    let worth = goods_fen.and_then(|goods| goods.checked_add(gift.money_fen));
    let is_named = is_label(&gift.name) && gift.goods.len() <= GOODS_MAX;
    let is_paid = ["cash", "transfer", "none"].contains(&gift.pay_method.as_str());
    let is_funded = FUNDS.contains(&gift.fund_source.as_str());
    is_named && is_paid && is_funded && gift.money_fen >= 0 && worth.is_some_and(|fen| (0..=FEN_MAX).contains(&fen))
}

#[cfg(test)]
mod tests {
    use super::super::built_in;
    use super::*;

    fn list(id: &str) -> CountyList {
        built_in().into_iter().find(|list| list.id == id).unwrap()
    }

    fn edit_of(list: &CountyList, change: impl FnOnce(&mut Vec<ListItem>)) -> ListEdit {
        let mut items = list.versions.last().unwrap().items.clone();
        change(&mut items);
        ListEdit { valid_from: "2025-01-01".into(), items }
    }

    fn refused(id: &str, change: impl FnOnce(&mut Vec<ListItem>)) -> Option<ListRefused> {
        let list = list(id);
        edited(&list, &edit_of(&list, change)).err()
    }

    #[test]
    fn a_new_version_stands_beside_the_old_one() {
        let before = list("awards");
        let after = edited(&before, &edit_of(&before, |items| items[4].amount_fen = Some(120_000))).unwrap();
        assert_eq!(after.versions[0], before.versions[0]);
        assert_eq!((after.versions[1].version, after.versions[1].items[4].amount_fen), (2, Some(120_000)));
    }

    #[test]
    fn a_code_never_changes_its_meaning() {
        assert_eq!(
            refused("sectors", |items| items[0].zh = "超市".into()),
            Some(ListRefused::CodeChanged("supermarket".into()))
        );
        assert_eq!(
            refused("sectors", |items| items[0].en = "Shops".into()),
            Some(ListRefused::CodeChanged("supermarket".into()))
        );
        let before = list("sectors");
        let without = edited(&before, &edit_of(&before, |items| drop(items.remove(0)))).expect("it may be left out");
        let another = |items: &mut Vec<ListItem>| {
            let code = "supermarket".to_owned();
            items.push(ListItem { code, zh: "旅行社".into(), en: "Travel".into(), amount_fen: None, gift: None });
        };
        let later = ListEdit { valid_from: "2026-01-01".into(), ..edit_of(&without, another) };
        assert_eq!(edited(&without, &later), Err(ListRefused::CodeChanged("supermarket".into())));
        let back = ListEdit { valid_from: "2026-01-01".into(), items: before.versions[0].items.clone() };
        assert!(edited(&without, &back).is_ok(), "and come back as it was");
    }

    #[test]
    fn a_version_begins_after_the_last() {
        let before = list("sectors");
        for day in ["2020-01-01", "2019-12-31", "2025-1-1", "2025-02-30", "", "2025-01-01T00:00"] {
            let edit = ListEdit { valid_from: day.into(), ..edit_of(&before, |_| ()) };
            assert_eq!(edited(&before, &edit), Err(ListRefused::Day(day.into())));
        }
    }

    #[test]
    fn codes_are_plain_and_labels_short() {
        assert_eq!(
            refused("sectors", |items| items[0].code = "a/b".into()),
            Some(ListRefused::CodeMalformed("a/b".into()))
        );
        assert_eq!(
            refused("sectors", |items| items[1] = items[0].clone()),
            Some(ListRefused::CodeTwice("supermarket".into()))
        );
        for label in ["", " ", "商超 ", "a\nb", &"长".repeat(61)] {
            let label = label.to_owned();
            assert_eq!(refused("sectors", |items| items[2].zh = label), Some(ListRefused::Label("lodging".into())));
        }
        assert_eq!(refused("sectors", Vec::clear), Some(ListRefused::Size));
    }

    #[test]
    fn awards_have_amounts_and_packages_gifts() {
        assert_eq!(refused("awards", |items| items[0].amount_fen = None), Some(ListRefused::Worth("M0".into())));
        assert_eq!(refused("awards", |items| items[0].amount_fen = Some(-1)), Some(ListRefused::Worth("M0".into())));
        assert_eq!(refused("honours", |items| items[0].amount_fen = Some(1)), Some(ListRefused::Worth("M0".into())));
        assert_eq!(refused("packages", |items| items[0].gift = None), Some(ListRefused::Worth("p300".into())));
        let too_much = |items: &mut Vec<ListItem>| {
            items[0].gift.as_mut().unwrap().goods[0].price_fen = i64::MAX;
        };
        assert_eq!(refused("packages", too_much), Some(ListRefused::Worth("p300".into())));
    }
}
