//! What is wrong with a plan, all of it at once, in words.
//!
//! Always true: a plan with a fault that is no warning is not taken. Deliberately not here: HTTP.

use crate::county::is_day_or_none;
use crate::county::lists::{FUNDS, is_package_right};
use crate::county::view::{CampaignFault, CampaignPlan, Leadership};
use std::collections::BTreeSet;
use zoufang_sync_protocol::document::is_plain_id;

/// Kinds of visits that a campaign may be for; people in hospital and the bereaved are visited when it happens.
pub const KINDS: [&str; 5] = ["spring_festival", "army_day", "martyr_memorial", "hardship", "other"];
/// Characters of a name or document number.
const LABEL_MAX: usize = 60;
/// Days that a campaign lasts at most.
const DAYS_MAX: i64 = 200;
/// Packages of one campaign.
const PACKAGES_MAX: usize = 30;
/// Households that one leader may have to visit.
const HOUSEHOLDS_MAX: u32 = 20;
/// Above this a package was perhaps typed in fen: 5,000 yuan.
const WORTH_ODD_FEN: i64 = 500_000;
/// No county sets aside more: a thousand million yuan.
const FUND_MAX_FEN: i64 = 100_000_000_000;

/// What there is to say. `before` is the plan that this one takes the place of, with the packages that visits name already.
pub fn faults(plan: &CampaignPlan, before: Option<(&CampaignPlan, &BTreeSet<String>)>) -> Vec<CampaignFault> {
    let mut faults = Faults(Vec::new());
    faults.campaign(plan);
    faults.packages(plan);
    faults.targets(plan);
    faults.revision(plan, before.map_or(0, |(before, _)| before.revision));
    if let Some((before, used)) = before {
        faults.used(plan, before, used);
    }
    faults.0
}

struct Faults(Vec<CampaignFault>);

impl Faults {
    fn say(&mut self, wrong: bool, warning: bool, [code, field, zh, en]: [&str; 4]) {
        if wrong {
            let (code, field) = (code.to_owned(), field.to_owned());
            self.0.push(CampaignFault { code, field, zh: zh.to_owned(), en: en.to_owned(), warning });
        }
    }

    fn revision(&mut self, plan: &CampaignPlan, before: u32) {
        let zh = "这个活动刚有别人改过。请先放弃修改，重新打开再改。";
        let en =
            "Somebody else has just changed this campaign. Discard your changes, open it again and make them anew.";
        self.say(plan.revision != before, false, ["campaign_moved", "", zh, en]);
    }

    fn campaign(&mut self, plan: &CampaignPlan) {
        let campaign = &plan.campaign;
        let says = |wrong, words| (wrong, words);
        for (wrong, words) in [
            says(
                !is_plain_id(&campaign.id),
                [
                    "campaign_id",
                    "id",
                    "活动编号只能用字母、数字、“-”和“_”。",
                    "The id may have letters, digits, - and _.",
                ],
            ),
            says(
                !is_label(&campaign.name),
                ["campaign_name", "name", "请写活动名称，最多 60 个字。", "Write a name of at most 60 characters."],
            ),
            says(
                !is_label(&campaign.document_no),
                [
                    "campaign_document",
                    "document_no",
                    "每次慰问都要下发文件：请写文号。",
                    "Each campaign rests on a document: write its number.",
                ],
            ),
            says(
                !KINDS.contains(&campaign.visit_kind.as_str()),
                [
                    "campaign_kind",
                    "visit_kind",
                    "请选慰问种类；住院和去世的看望不属于活动，随时登记。",
                    "Choose a kind; visits to hospital and to the bereaved belong to no campaign.",
                ],
            ),
            says(
                !are_days(&campaign.from, &campaign.until),
                [
                    "campaign_days",
                    "from",
                    "开始和结束日期不对：结束不能早于开始，最长 200 天。",
                    "The days are not right: the end is not before the beginning, at most 200 days.",
                ],
            ),
            says(
                !is_rule(plan.leadership),
                [
                    "campaign_leadership",
                    "leadership",
                    "班子成员慰问户数不对：最少 1 户，不能多于最多，最多 20 户；文件没有这一条的，两个都填 0。",
                    "The households of leaders are not right: at least 1, the least not above the most, at most 20; or 0 twice where the document has no such rule.",
                ],
            ),
            says(
                !(0..=FUND_MAX_FEN).contains(&plan.fund_fen)
                    || !(0..=FUND_MAX_FEN).contains(&campaign.spent_fen)
                    || !FUNDS.contains(&plan.fund_source.as_str()),
                [
                    "campaign_fund",
                    "fund_fen",
                    "经费或来源不对，请改正。",
                    "The funds or where they come from are not right.",
                ],
            ),
        ] {
            self.say(wrong, false, words);
        }
    }

    fn packages(&mut self, plan: &CampaignPlan) {
        let packages = &plan.campaign.packages;
        let ids: BTreeSet<&str> = packages.iter().map(|one| one.id.as_str()).collect();
        let are_right = packages.iter().all(|one| is_plain_id(&one.id) && is_package_right(one));
        let is_wrong = packages.is_empty() || packages.len() > PACKAGES_MAX || ids.len() < packages.len() || !are_right;
        self.say(
            is_wrong,
            false,
            [
                "campaign_package",
                "packages",
                "慰问标准不对：至少一个，各有名称、付款方式和资金来源，金额不能为负，编号不能重复。",
                "The packages are not right: at least one, each with a name, a way of paying and a fund, no amount below zero, no id twice.",
            ],
        );
        self.say(
            packages.iter().any(|one| one.value_fen() > WORTH_ODD_FEN),
            true,
            [
                "campaign_worth",
                "packages",
                "有的慰问标准超过 5000 元，请核对是不是多写了两个零。",
                "A package is worth more than 5,000 yuan: check for two zeros too many.",
            ],
        );
    }

    fn targets(&mut self, plan: &CampaignPlan) {
        let targets = &plan.targets;
        let ids: BTreeSet<&String> = plan.campaign.packages.iter().map(|one| &one.id).collect();
        let mut named = targets.categories.values().chain(targets.people.values());
        self.say(
            !named.all(|id| ids.contains(id)),
            false,
            [
                "campaign_target_package",
                "targets",
                "名单里用了没有的慰问标准，请给每一类、每个人选一个标准。",
                "The list names a package that there is not: choose one for each category and person.",
            ],
        );
        self.say(
            targets.categories.is_empty() && targets.people.is_empty(),
            true,
            ["campaign_nobody", "targets", "还没有选慰问对象。", "Nobody is on the list yet."],
        );
    }

    /// Visits hold the id of their package: what it means must not change under them.
    fn used(&mut self, plan: &CampaignPlan, before: &CampaignPlan, used: &BTreeSet<String>) {
        let kept = |id: &String| {
            let of = |plan: &CampaignPlan| plan.campaign.packages.iter().find(|one| one.id == *id).cloned();
            of(before).is_none_or(|known| of(plan).is_some_and(|now| now == known))
        };
        self.say(
            !used.iter().all(kept),
            false,
            [
                "campaign_package_used",
                "packages",
                "有的慰问标准已经登记过走访，不能改也不能删。请另加一个标准。",
                "Visits name one of the packages already: it can neither be changed nor left out. Add another.",
            ],
        );
        self.say(
            !used.is_empty() && plan.campaign.visit_kind != before.campaign.visit_kind,
            false,
            [
                "campaign_kind_used",
                "visit_kind",
                "已经登记过走访，慰问种类不能再改。",
                "Visits were recorded already: the kind can not change any more.",
            ],
        );
    }
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.chars().count() <= LABEL_MAX && !text.chars().any(char::is_control)
}

/// Zero twice is no rule at all.
fn is_rule(Leadership { households_min: min, households_max: max }: Leadership) -> bool {
    (min, max) == (0, 0) || (1..=max).contains(&min) && max <= HOUSEHOLDS_MAX
}

fn are_days(from: &str, until: &str) -> bool {
    let day = |text: &str| is_day_or_none(text).then(|| text.parse::<chrono::NaiveDate>().ok()).flatten();
    let days = day(from).zip(day(until)).map(|(from, until)| (until - from).num_days());
    days.is_some_and(|days| (0..=DAYS_MAX).contains(&days))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{package, plan};
    use super::*;

    fn codes(change: impl FnOnce(&mut CampaignPlan)) -> Vec<String> {
        let mut changed = plan("c1");
        change(&mut changed);
        faults(&changed, None).into_iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_good_plan_has_none() {
        assert_eq!(codes(|_| {}), [""; 0]);
    }

    #[test]
    fn zero_twice_means_that_the_document_has_no_rule_for_leaders() {
        let none = Leadership { households_min: 0, households_max: 0 };
        assert_eq!(codes(|plan| plan.leadership = none), [""; 0]);
    }

    #[test]
    fn each_fault_has_its_code_and_all_are_told_at_once() {
        assert_eq!(codes(|plan| plan.campaign.document_no.clear()), ["campaign_document"]);
        assert_eq!(codes(|plan| plan.campaign.visit_kind = "hospital".into()), ["campaign_kind"]);
        assert_eq!(codes(|plan| plan.campaign.until = "2026-07-17".into()), ["campaign_days"]);
        assert_eq!(codes(|plan| plan.campaign.from = "2026-7-1".into()), ["campaign_days"]);
        assert_eq!(codes(|plan| plan.leadership.households_min = 4), ["campaign_leadership"]);
        assert_eq!(codes(|plan| plan.leadership.households_min = 0), ["campaign_leadership"]);
        assert_eq!(codes(|plan| plan.fund_source = "lottery".into()), ["campaign_fund"]);
        assert_eq!(codes(|plan| plan.campaign.packages[0].money_fen = -1), ["campaign_package"]);
        assert_eq!(codes(|plan| plan.campaign.packages.push(package("small", 1))), ["campaign_package"]);
        assert_eq!(codes(|plan| plan.campaign.packages[0].money_fen = 3_000_000), ["campaign_worth"]);
        assert_eq!(codes(|plan| drop(plan.campaign.packages.pop())), ["campaign_target_package"]);
        assert_eq!(codes(|plan| plan.targets.categories.clear()), ["campaign_nobody"]);
        let all = codes(|plan| {
            plan.campaign.name = " ".into();
            plan.campaign.id = "a/b".into();
        });
        assert_eq!(all, ["campaign_id", "campaign_name"]);
    }

    #[test]
    fn what_visits_name_stays_as_it_was() {
        let before = plan("c1");
        let used = BTreeSet::from(["small".to_owned()]);
        let codes = |change: &dyn Fn(&mut CampaignPlan)| {
            let mut changed = plan("c1");
            change(&mut changed);
            faults(&changed, Some((&before, &used))).into_iter().map(|fault| fault.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&|plan| plan.campaign.packages[1].money_fen = 60_000), [""; 0]);
        assert_eq!(codes(&|plan| plan.campaign.packages[0].money_fen = 60_000), ["campaign_package_used"]);
        assert_eq!(codes(&|plan| plan.campaign.visit_kind = "other".into()), ["campaign_kind_used"]);
    }
}
