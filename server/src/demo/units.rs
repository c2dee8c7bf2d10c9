//! The county's tree: 20 township-level units, 353 villages and residents' committees, all names fictional.
//!
//! Always true: 340 villagers' committees (200 and up) and 13 residents' committees (001 and up), 8 to 32 in a unit,
//! names unique in the county. Deliberately not here: who lives there.

use super::people::names::village_name;
use super::seed::Seed;
use std::collections::BTreeSet;
use zoufang_sync_protocol::unit::Unit;

/// The county's code.
pub const COUNTY: &str = "990101";
/// The county's name.
pub const COUNTY_NAME: &str = "示例县";
/// Its filing number, as fictional as the county.
pub const FILING_NO: &str = "示例备 2024-0001";
/// The village of the first two demo phones, with its name.
pub const DEMO_VILLAGE: (&str, &str) = ("990101103200", "石门村");
/// The village of the third demo phone.
pub const OTHER_DEMO_VILLAGE: (&str, &str) = ("990101205201", "柳泉村");

const VILLAGES: usize = 353;
const TOWNSHIPS: [(&str, &str); 20] = [
    ("001", "文昌街道"),
    ("100", "清源镇"),
    ("101", "柳林镇"),
    ("102", "白鹿镇"),
    ("103", "双河镇"),
    ("104", "石桥镇"),
    ("105", "龙泉镇"),
    ("106", "枫岭镇"),
    ("107", "栗园镇"),
    ("108", "云台镇"),
    ("200", "桃坪乡"),
    ("201", "松岗乡"),
    ("202", "槐荫乡"),
    ("203", "青崖乡"),
    ("204", "竹溪乡"),
    ("205", "大岭乡"),
    ("206", "鹤鸣乡"),
    ("207", "梨沟乡"),
    ("208", "银滩乡"),
    ("209", "麦地乡"),
];
/// Residents' committees of the first township-level units.
const COMMITTEES: [&[&str]; 7] = [
    &["和平社区", "文昌社区", "新华社区", "建设社区", "向阳社区", "东风社区"],
    &["清源社区", "北关社区", "西街社区"],
    &["柳林社区"],
    &["白鹿社区"],
    &["双河社区"],
    &["石桥社区"],
    &[],
];

/// A township-level unit with its villages.
#[derive(Debug, Clone)]
pub struct Township {
    /// Nine digits.
    pub unit: Unit,
    /// 双河镇.
    pub name: String,
    /// In order of their codes.
    pub villages: Vec<Village>,
}

/// A village or residents' committee.
#[derive(Debug, Clone)]
pub struct Village {
    /// Twelve digits.
    pub unit: Unit,
    /// 石门村.
    pub name: String,
}

/// The tree.
pub fn townships(seed: u64) -> Vec<Township> {
    let mut seed = Seed::new(seed, "units");
    let sizes = unit_sizes(&mut seed);
    let mut taken = BTreeSet::from([DEMO_VILLAGE.1.to_owned(), OTHER_DEMO_VILLAGE.1.to_owned()]);
    let mut townships = Vec::new();
    for (index, (code, name)) in TOWNSHIPS.iter().enumerate() {
        let committees = COMMITTEES.get(index).copied().unwrap_or_default();
        let mut villages = Vec::new();
        for number in 0..sizes[index] {
            let digits = if number < committees.len() { 1 + number } else { 200 + number - committees.len() };
            let unit = unit(&format!("{COUNTY}{code}{digits:03}"));
            let name = match committees.get(number) {
                Some(name) => (*name).to_owned(),
                None => known_name(&unit).unwrap_or_else(|| village_name(&mut taken, &mut seed)),
            };
            villages.push(Village { unit, name });
        }
        townships.push(Township { unit: unit(&format!("{COUNTY}{code}")), name: (*name).to_owned(), villages });
    }
    townships
}

fn known_name(unit: &Unit) -> Option<String> {
    [DEMO_VILLAGE, OTHER_DEMO_VILLAGE]
        .iter()
        .find(|(code, _)| *code == unit.as_str())
        .map(|(_, name)| (*name).to_owned())
}

fn unit(code: &str) -> Unit {
    Unit::parse(code).expect("codes of the demo county are digits")
}

/// Villages per unit: drawn, then moved by ones until they sum up.
fn unit_sizes(seed: &mut Seed) -> Vec<usize> {
    let mut sizes: Vec<usize> = TOWNSHIPS.iter().map(|_| seed.between(11, 24)).collect();
    // One large and one small unit, as real counties have.
    (sizes[1], sizes[19]) = (32, 8);
    while sizes.iter().sum::<usize>() != VILLAGES {
        let index = seed.below(sizes.len());
        if matches!(index, 1 | 19) {
            continue;
        }
        if sizes.iter().sum::<usize>() < VILLAGES {
            sizes[index] = (sizes[index] + 1).min(31)
        } else {
            sizes[index] = (sizes[index] - 1).max(9)
        }
    }
    sizes
}
