//! The shops of the fictional county: names, sectors and what they offer to soldiers and veterans.
//!
//! Always true: 33 shops with 108 offers that hold at the end of 2024; sectors as the plan of the county says. Deliberately
//! not here: where they are and when they signed.

/// A sector with its shops' names and offers for each.
pub(super) struct Sector {
    pub(super) code: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) offers: &'static [(&'static str, &'static str)],
}

/// Shops by sector; each sector's offers are given out in turn.
pub(super) const SECTORS: [Sector; 12] = [
    Sector {
        code: "catering",
        names: &[
            "老街面馆",
            "清源饭店",
            "山里人家",
            "福满楼",
            "槐荫小吃",
            "河畔烩面",
            "麦香饺子馆",
            "同心饭庄",
            "云台茶餐厅",
        ],
        offers: &[
            ("堂食九折", "percent_off"),
            ("军属免茶位费", "free"),
            ("春节、八一送一道菜", "gift"),
            ("优先安排座位", "priority"),
        ],
    },
    Sector {
        code: "supermarket",
        names: &["惠民超市", "万家购物", "供销超市", "和平便利店", "百姓生鲜", "新华百货", "金桥超市"],
        offers: &[
            ("粮油九五折", "percent_off"),
            ("满100元减5元", "fixed_off"),
            ("免费送货上门", "free"),
            ("优先结账", "priority"),
        ],
    },
    Sector {
        code: "pharmacy",
        names: &["康宁大药房", "仁和药店", "济民堂", "百草堂", "同德药房"],
        offers: &[("常用药九折", "percent_off"), ("免费量血压", "free"), ("优先取药", "priority")],
    },
    Sector {
        code: "training",
        names: &["启航驾校", "匠心技能培训", "晨光书画培训"],
        offers: &[("学费八五折", "percent_off"), ("免报名费", "free"), ("优先排课", "priority")],
    },
    Sector {
        code: "ecommerce",
        names: &["山货云店", "示例优选"],
        offers: &[("全场包邮", "free"), ("特产九折", "percent_off"), ("代卖不收费", "free")],
    },
    Sector {
        code: "lodging", names: &["文昌宾馆"], offers: &[("房费八折", "percent_off"), ("免押金", "free")]
    },
    Sector {
        code: "beauty", names: &["阿德理发"], offers: &[("理发半价", "percent_off"), ("上门理发", "free")]
    },
    Sector {
        code: "car", names: &["顺达汽修"], offers: &[("工时费八折", "percent_off"), ("免费检查", "free")]
    },
    Sector {
        code: "photo", names: &["光影照相馆"], offers: &[("证件照免费", "free"), ("全家福七折", "percent_off")]
    },
    Sector {
        code: "clothing", names: &["锦绣服装"], offers: &[("新品九折", "percent_off"), ("免费改衣", "free")]
    },
    Sector {
        code: "farm", names: &["丰收农资"], offers: &[("种子九五折", "percent_off"), ("技术指导免费", "free")]
    },
    Sector {
        code: "culture",
        names: &["红色影城"],
        offers: &[("电影票半价", "percent_off"), ("优先入场", "priority")],
    },
];
