//! Names of people and villages, put together from a small table of characters with their pinyin initials.
//!
//! Always true: every character used in a person's name stands here with the initial of its usual reading in names, so
//! that searching by initials works without a pinyin library. Deliberately not here: names of real places or people.

use crate::demo::seed::Seed;
use std::collections::BTreeSet;

const SURNAMES: &str = "王w李l张z刘l陈c杨y赵z黄h周z吴w徐x孙s胡h朱z高g林l何h郭g马m罗l梁l宋s郑z谢x韩h唐t冯f于y董d程c曹c袁y邓d许x\
傅f沈s曾z彭p吕l苏s卢l蒋j蔡c贾j丁d魏w薛x叶y余y潘p杜d戴d夏x钟z汪w田t任r姜j范f方f石s姚y谭t廖l邹z熊x金j陆l郝h孔k白b崔c康k毛m邱q\
秦q江j史s顾g侯h邵s孟m段d雷l钱q汤t尹y黎l易y常c武w乔q贺h赖l龚g文w";
const MEN: &str = "建j国g华h明m德d福f贵g来l生s有y才c根g发f金j水s志z强q文w武w军j平p安a保b新x成c全q义y忠z孝x仁r礼l智z信x山s林l\
海h河h江j春c荣r光g辉h祥x瑞r庆q喜x满m仓c拴s柱z石s锁s虎h龙l群q立l占z万w兴x旺w茂m盛s学x书s田t民m善s良l俊j杰j胜s利l战z红h卫w\
东d向x前q进j步b树s森s永y恒h久j远y世s昌c宝b玉y银y铁t钢g锋f勇y刚g伟w峰f涛t斌b清q云y天t顺s和h连l改g治z";
const WOMEN: &str =
    "秀x兰l英y桂g芳f珍z香x莲l花h梅m玲l凤f娥e爱a素s淑s琴q翠c霞x云y菊j月y彩c巧q枝z芬f萍p丽l娟j艳y敏m静j慧h春c玉y";
const PLACE_FIRST: &str = "石柳杨槐枣梨桃松柏竹青白红黑黄金银龙凤虎马牛羊鹿鹤上下前后东西南北大小新老高清双三七九麦";
const PLACE_SECOND: &str = "门沟岭坪湾河泉寨庙窑坡塬岔峪坝滩洼梁崖桥铺店场庄营坑";

/// A character of a name with its initial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The character.
    pub character: char,
    /// First letter of its pinyin.
    pub initial: char,
}

/// The tables, read once.
#[derive(Debug, Clone)]
pub struct Names {
    surnames: Vec<Sign>,
    men: Vec<Sign>,
    women: Vec<Sign>,
}

/// A name with its initials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// As written on the ID.
    pub name: String,
    /// `lds`.
    pub initials: String,
}

impl Default for Names {
    fn default() -> Self {
        Self { surnames: signs(SURNAMES), men: signs(MEN), women: signs(WOMEN) }
    }
}

impl Names {
    /// A man's name; the common surnames are common.
    pub fn man(&self, seed: &mut Seed) -> PersonName {
        let surname = self.surname(seed);
        given(surname, &self.men, 80, seed)
    }

    /// A woman's name.
    pub fn woman(&self, seed: &mut Seed) -> PersonName {
        let surname = self.surname(seed);
        given(surname, &self.women, 70, seed)
    }

    /// A child of somebody whose name begins with this surname: 女儿王芳.
    pub fn child_of(&self, name: &str, seed: &mut Seed) -> String {
        let character = name.chars().next().expect("a name has a surname");
        let surname = Sign { character, initial: ' ' };
        if seed.chance(50) {
            format!("女儿{}", given(surname, &self.women, 40, seed).name)
        } else {
            format!("儿子{}", given(surname, &self.men, 50, seed).name)
        }
    }

    /// A man whose surname is that of `name`: a father or brother.
    pub fn man_of_family(&self, name: &str, seed: &mut Seed) -> PersonName {
        let character = name.chars().next().expect("a name has a surname");
        let initial = self.surnames.iter().find(|sign| sign.character == character).map_or('x', |sign| sign.initial);
        given(Sign { character, initial }, &self.men, 60, seed)
    }

    /// The initials of a name made from these tables.
    pub fn initials(&self, name: &str) -> String {
        let all = [&self.surnames, &self.men, &self.women];
        let initial =
            |character| all.iter().flat_map(|table| table.iter()).find(|sign: &&Sign| sign.character == character);
        name.chars().filter_map(initial).map(|sign| sign.initial).collect()
    }

    fn surname(&self, seed: &mut Seed) -> Sign {
        // Two draws, the smaller one: the list is in order of frequency.
        let (first, second) = (seed.below(self.surnames.len()), seed.below(self.surnames.len()));
        self.surnames[first.min(second)]
    }
}

fn given(surname: Sign, table: &[Sign], two_percent: usize, seed: &mut Seed) -> PersonName {
    let mut name = vec![surname, *seed.pick(table)];
    if seed.chance(two_percent) {
        name.push(*seed.pick(table));
    }
    PersonName {
        name: name.iter().map(|sign| sign.character).collect(),
        initials: name.iter().map(|sign| sign.initial).collect(),
    }
}

fn signs(table: &str) -> Vec<Sign> {
    let characters: Vec<char> = table.chars().collect();
    characters.chunks_exact(2).map(|pair| Sign { character: pair[0], initial: pair[1] }).collect()
}

/// A village's name that is not in `taken`, and puts it there: 石门村.
pub fn village_name(taken: &mut BTreeSet<String>, seed: &mut Seed) -> String {
    let (first, second): (Vec<char>, Vec<char>) = (PLACE_FIRST.chars().collect(), PLACE_SECOND.chars().collect());
    loop {
        let name = format!("{}{}村", seed.pick(&first), seed.pick(&second));
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_belong_to_the_characters() {
        let names = Names::default();
        for table in [&names.surnames, &names.men, &names.women] {
            assert!(table.iter().all(|sign| sign.initial.is_ascii_lowercase() && !sign.character.is_ascii()));
        }
        assert_eq!(names.initials("李德山"), "lds");
        let mut seed = Seed::new(1, "names");
        for _ in 0..200 {
            let (man, woman) = (names.man(&mut seed), names.woman(&mut seed));
            assert_eq!(names.initials(&man.name), man.initials);
            assert_eq!(names.initials(&woman.name), woman.initials);
        }
    }
}
