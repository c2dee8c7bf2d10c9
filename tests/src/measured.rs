//! The record that is measured: a visit as large and as random as real ones.
//!
//! It has about 700 characters of JSON, some 850 bytes, most of them the register's field names.
//!
//! Always true: the seed alone decides it; a note has 60 characters assembled from more than 200 phrases, two needs stand in
//! one of five records, two photos in one of two. Deliberately not here: logging it.

use crate::vectors::hex;
use serde_json::{Value, json};
use zoufang_server::demo::seed::Seed;
use zoufang_sync_protocol::record::Record;

/// Characters of a note.
const NOTE_CHARACTERS: usize = 60;
/// Days in which the visits of a campaign lie.
const DAYS: usize = 14;

/// Writes measured records, one after the other.
pub struct Records {
    seed: Seed,
    village: String,
    written: usize,
}

impl Records {
    /// The records of one village.
    pub fn new(seed: u64, village: &str) -> Self {
        Self { seed: Seed::new(seed, village), village: village.to_owned(), written: 0 }
    }

    /// The next record with its id.
    pub fn write(&mut self) -> (String, Record) {
        self.written += 1;
        let id = self.record_id();
        let record = match self.visit() {
            Value::Object(fields) => fields.into_iter().collect(),
            _ => Record::new(),
        };
        (id, record)
    }

    /// A UUIDv7 of the seed's time and randomness.
    fn record_id(&mut self) -> String {
        let mut bytes: [u8; 16] = self.seed.bytes();
        let time_ms = 1_706_900_000_000_u64 + (self.written as u64) * 300_000 + self.seed.below(200_000) as u64;
        bytes[..6].copy_from_slice(&time_ms.to_be_bytes()[2..]);
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        uuid::Uuid::from_bytes(bytes).to_string()
    }

    fn visit(&mut self) -> Value {
        let day = 1 + self.seed.below(DAYS);
        let (hour, minute) = (self.seed.between(8, 18), self.seed.below(60));
        let mut visit = json!({
            "campaign_id": "2024-spring-festival",
            "visit_kind": "spring_festival",
            "outcome": "delivered",
            "visit_date": format!("2024-02-{day:02}"),
            "division_code": self.village,
            "person": {"person_ref": format!("r{:05}", self.seed.below(100_000))},
            "person_times": 1,
            "gift": self.gift(),
            "handover": {"handover_place": *self.seed.pick(&["home", "home", "home", "hospital", "care_home"])},
            "lead_rank": *self.seed.pick(&["village_cadre", "village_cadre", "township_leader", "other_township_cadre"]),
            "visitor_refs": [self.staff(), self.staff()],
            "receiver": *self.seed.pick(&["self", "self", "self", "spouse", "child"]),
            "sign_sheet": {"sign_sheet_no": format!("2024-{:03}", self.seed.between(1, 4)), "line_no": self.written},
            "note": self.note(),
            "entry": {
                "entered_by": self.staff(),
                "entered_at": format!("2024-02-{day:02}T{hour:02}:{minute:02}+08:00"),
                "source": "phone",
            },
        });
        if self.seed.below(5) == 0 {
            visit["need_codes"] = self.needs();
        }
        if self.seed.below(2) == 0 {
            let (first, second): ([u8; 32], [u8; 32]) = (self.seed.bytes(), self.seed.bytes());
            visit["photos"] = json!([hex(&first), hex(&second)]);
        }
        visit
    }

    fn gift(&mut self) -> Value {
        let money_fen = *self.seed.pick(&[20_000, 30_000, 50_000]);
        json!({
            "package_id": *self.seed.pick(&["standard", "disabled", "martyr_family"]),
            "money_fen": money_fen,
            "goods": [
                {"item": "大米", "quantity": self.seed.between(1, 2)},
                {"item": "食用油", "quantity": self.seed.between(1, 2)},
            ],
        })
    }

    fn staff(&mut self) -> String {
        format!("s{:04}", self.seed.between(1, 6))
    }

    fn needs(&mut self) -> Value {
        let mut needs = ["medical", "housing", "living_cost", "employment", "certificate", "plaque", "school", "legal"];
        self.seed.shuffle(&mut needs);
        json!(needs[..2])
    }

    fn note(&mut self) -> String {
        let mut note = String::new();
        while note.chars().count() < NOTE_CHARACTERS {
            note.push_str(self.seed.pick::<&str>(&PHRASES));
            note.push(*self.seed.pick(&['，', '。', '；']));
        }
        note.chars().take(NOTE_CHARACTERS).collect()
    }
}

const PHRASES: [&str; 200] = [
    "家里安好",
    "身体硬朗",
    "精神不错",
    "腿脚不便",
    "听力不好",
    "视力下降",
    "刚出院回家",
    "在家休养",
    "按时吃药",
    "需要复查",
    "血压已稳定",
    "子女在外打工",
    "儿子在县城上班",
    "女儿常回来看望",
    "老伴陪着说话",
    "独自居住",
    "和孙子同住",
    "邻居常来照看",
    "村医每月上门",
    "家庭医生已签约",
    "房顶有点漏雨",
    "厨房刚翻修",
    "院墙需要加固",
    "厕所已改造",
    "水管冬天冻住",
    "电路已检查",
    "取暖用电暖气",
    "柴火备得足",
    "煤已买好",
    "窗户要换玻璃",
    "门口路面已硬化",
    "路灯不亮",
    "自来水已通",
    "信号不太好",
    "电视收不到台",
    "菜园种了白菜",
    "养了十几只鸡",
    "喂了两头猪",
    "核桃收成不错",
    "香菇棚刚搭好",
    "药材长势好",
    "苹果卖得好",
    "玉米已收完",
    "小麦已种上",
    "土豆存了一窖",
    "牛羊都好",
    "蜂箱过冬了",
    "想学养蜂技术",
    "想买新农具",
    "种子钱已付",
    "优待证已领取",
    "优待证字迹磨损",
    "光荣牌挂在门上",
    "光荣牌褪色想换",
    "补助已到账",
    "存折已核对",
    "银行卡已换新",
    "医保已缴费",
    "养老保险正常",
    "残疾证快到期",
    "材料已带回补齐",
    "照片已重新拍",
    "表格已当面填",
    "签字已确认",
    "手印已按",
    "代签已说明",
    "回执交给本人",
    "通知单已留下",
    "电话已更新",
    "新号码已记下",
    "地址没有变化",
    "户口还在本组",
    "搬到新村居住",
    "暂住县城女儿家",
    "春节后再回来",
    "月底回村",
    "过几天去省城",
    "下周去复查",
    "明天去镇上办事",
    "约好下次时间",
    "收到慰问品很高兴",
    "当面点清",
    "米和油已搬进屋",
    "慰问金当面交给",
    "谢谢党和政府",
    "说组织一直记着",
    "请代问大家好",
    "留我们喝了茶",
    "讲了当年的故事",
    "拿出了老照片",
    "军功章保存完好",
    "纪念章摆在柜上",
    "想把材料捐出来",
    "愿意给学生讲课",
    "参加过植树",
    "常去清扫陵园",
    "清明要去祭扫",
    "想去看老战友",
    "战友来过电话",
    "老班长健在",
    "孙子想参军",
    "孙女考上大学",
    "外孙今年中考",
    "孩子学费有着落",
    "助学金已申请",
    "小儿子刚订婚",
    "大儿子去了外地",
    "媳妇在家带孩子",
    "老人由二儿子照顾",
    "轮流赡养",
    "低保已办",
    "高龄津贴已领",
    "护理补贴待办",
    "轮椅用得上",
    "拐杖已送到",
    "助听器要调",
    "老花镜已配",
    "假牙不合适",
    "血糖仪会用",
    "床边装了扶手",
    "希望就近就医",
    "希望安排体检",
    "希望修一下路",
    "希望通班车",
    "希望换路灯",
    "想找份看护林的活",
    "愿意做护林员",
    "愿意当保洁员",
    "打零工为主",
    "在合作社帮忙",
    "开了小卖部",
    "摊位生意一般",
    "跑运输很忙",
    "学会了网上卖货",
    "快递能到村",
    "贷款快还清",
    "没有外债",
    "略有结余",
    "开支主要是看病",
    "药费能报销",
    "住院报销已到",
    "大病救助已报",
    "临时救助已批",
    "慢病卡已办",
    "转诊手续已问清",
    "护工费用较高",
    "家人轮班陪护",
    "病情稳定",
    "恢复较好",
    "胃口不错",
    "睡眠不太好",
    "冬天咳嗽",
    "关节怕冷",
    "下雨天腿疼",
    "天晴出来走走",
    "每天做操",
    "爱听豫剧",
    "爱看新闻",
    "常下象棋",
    "会拉二胡",
    "写得一手好字",
    "春联自己写",
    "剪纸贴满窗",
    "腊肉已挂上",
    "年货备齐",
    "对联已贴好",
    "孩子们都回来了",
    "等儿子回来过年",
    "准备年夜饭",
    "今年添了曾孙",
    "八一想回部队看看",
    "建军节收到电话",
    "村里开了座谈",
    "组里都来祝贺",
    "喜报送到家",
    "乡亲都来看",
    "学校请去讲课",
    "广播里听到名字",
    "镇里来过人",
    "县里来过人",
    "上次反映的已解决",
    "上次说的还在办",
    "已转民政所",
    "已转卫生院",
    "已报镇里",
    "已登记待回复",
    "村里已安排",
    "组长负责跟进",
    "下月再来看",
    "先电话联系",
    "水桶已送",
    "棉被已送",
    "面粉够吃",
    "油还有半桶",
    "米要软一些的",
    "想要低糖的",
    "牛奶放在冰箱",
    "药放在柜子上",
    "钥匙邻居有",
    "狗拴在后院",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn measured_records_are_as_described() {
        assert!(PHRASES.iter().collect::<BTreeSet<_>>().len() >= 200);
        let mut records = Records::new(1, "990101103200");
        let register = zoufang_sync_protocol::register::Register::visit();
        let written: Vec<(String, Record)> = (0..500).map(|_| records.write()).collect();
        let characters = |record: &Record| json!(record).to_string().chars().count();
        let sum: usize = written.iter().map(|(_, record)| characters(record)).sum();
        assert!((640..=760).contains(&(sum / 500)), "{} characters", sum / 500);
        for (id, record) in &written {
            assert_eq!(register.invalid_fields(record), Vec::<String>::new(), "{id} {record:?}");
        }
        let with = |field: &str| written.iter().filter(|(_, record)| record.contains_key(field)).count();
        assert!((200..300).contains(&with("photos")) && (70..130).contains(&with("need_codes")));
    }
}
