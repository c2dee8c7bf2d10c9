//! The three campaigns: Spring Festival and Army Day of 2024, closed, and one that is open on the day of the demo.
//!
//! Always true: a package is worth exactly 300, 500, 800 or 1,200 yuan, goods at the campaign's price included, and a
//! person's package follows from their first category. Deliberately not here: who is on which list.

use chrono::{Datelike, Days, NaiveDate};
use zoufang_sync_protocol::roster::{Campaign, CampaignTable, Package, PackageGoods};

/// Spring Festival 2024.
pub const SPRING: &str = "2024-chunjie";
/// Army Day 2024.
pub const ARMY_DAY: &str = "2024-bayi";
/// The worths of packages, in yuan.
pub const WORTHS: [i64; 4] = [300, 500, 800, 1_200];

/// One kind of goods: item, quantity, measure word, price in yuan.
type Goods = (&'static str, i64, &'static str, i64);

/// The campaigns as seen on `today`. `spent_fen` of the closed ones is what their visits add up to.
pub fn campaigns(today: NaiveDate, spring_fen: i64, army_day_fen: i64) -> CampaignTable {
    let spring = Campaign {
        id: SPRING.to_owned(),
        name: "2024年春节走访慰问".to_owned(),
        document_no: "示退役〔2024〕1号".to_owned(),
        visit_kind: "spring_festival".to_owned(),
        from: "2024-01-23".to_owned(),
        until: "2024-02-08".to_owned(),
        closed: true,
        packages: packages(SPRING, &[("大米", 1, "袋", 60), ("食用油", 1, "桶", 40)]),
        spent_fen: spring_fen,
    };
    let army_day = Campaign {
        id: ARMY_DAY.to_owned(),
        name: "2024年八一走访慰问".to_owned(),
        document_no: "示退役〔2024〕12号".to_owned(),
        visit_kind: "army_day".to_owned(),
        from: "2024-07-18".to_owned(),
        until: "2024-07-31".to_owned(),
        closed: true,
        packages: packages(ARMY_DAY, &[("面粉", 1, "袋", 50), ("毛巾被", 1, "条", 50)]),
        spent_fen: army_day_fen,
    };
    CampaignTable { campaigns: vec![spring, army_day, open_campaign(today)] }
}

/// The campaign that is open from three days before `today` to fourteen after.
fn open_campaign(today: NaiveDate) -> Campaign {
    let from = today - Days::new(3);
    let (season, name) = match from.month() {
        3..=5 => ("chunji", "春季走访慰问"),
        6..=8 => ("xiaji", "夏季送清凉走访慰问"),
        9..=11 => ("qiuji", "秋季走访慰问"),
        _ => ("dongji", "冬季送温暖走访慰问"),
    };
    let id = format!("{}-{season}", from.year());
    Campaign {
        name: format!("{}年{name}", from.year()),
        document_no: format!("示退役〔{}〕{}号", from.year(), 2 * from.month() + 1),
        visit_kind: "other".to_owned(),
        from: from.to_string(),
        until: (today + Days::new(14)).to_string(),
        closed: false,
        packages: packages(&id, &[("大米", 1, "袋", 60), ("牛奶", 1, "箱", 40)]),
        spent_fen: 0,
        id,
    }
}

/// The package that a person of this category gets, in yuan.
pub fn worth_of(category: &str) -> i64 {
    match category {
        "31" | "42" => 1_200,
        "21" | "22" | "23" | "52" => 800,
        "11" | "12" => 500,
        _ => 300,
    }
}

/// Id of the package of a worth in a campaign.
pub fn package_id(campaign: &str, worth: i64) -> String {
    format!("{campaign}-{worth}")
}

fn packages(campaign: &str, goods: &[Goods]) -> Vec<Package> {
    let names = ["标准慰问", "伤残慰问", "遗属慰问", "老复员军人慰问"];
    WORTHS.iter().zip(names).map(|(worth, name)| package(campaign, *worth, name, goods)).collect()
}

fn package(campaign: &str, worth: i64, name: &str, goods: &[Goods]) -> Package {
    let many = if worth >= 800 { 2 } else { 1 };
    let goods: Vec<PackageGoods> = goods
        .iter()
        .map(|(item, quantity, measure_word, price)| PackageGoods {
            item: (*item).to_owned(),
            quantity: quantity * many,
            measure_word: (*measure_word).to_owned(),
            price_fen: price * 100,
        })
        .collect();
    let goods_fen: i64 = goods.iter().map(|goods| goods.quantity * goods.price_fen).sum();
    Package {
        id: package_id(campaign, worth),
        name: name.to_owned(),
        money_fen: worth * 100 - goods_fen,
        pay_method: if worth >= 1_200 { "transfer" } else { "cash" }.to_owned(),
        goods,
        fund_source: "county".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_worth_what_they_say() {
        let table = campaigns(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(), 0, 0);
        for campaign in &table.campaigns {
            for (package, worth) in campaign.packages.iter().zip(WORTHS) {
                assert_eq!(package.value_fen(), worth * 100);
                assert_eq!(package.id, package_id(&campaign.id, worth));
            }
        }
    }

    #[test]
    fn the_open_campaign_stands_around_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let open = open_campaign(day("2027-01-02"));
        assert_eq!(
            (open.id.as_str(), open.from.as_str(), open.until.as_str()),
            ("2026-dongji", "2026-12-30", "2027-01-16")
        );
        assert_eq!(open_campaign(day("2025-07-01")).visit_kind, "other");
    }
}
