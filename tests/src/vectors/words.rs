//! Vectors of what is spelled in text: units, addresses, canonical JSON. Deliberately not here: bytes.

use super::hex;
use serde_json::{Value, json};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::match_digits;
use zoufang_sync_protocol::record::canonical_json;
use zoufang_sync_protocol::signature::digest;
use zoufang_sync_protocol::unit::Unit;

const UNITS: [&str; 8] = [
    "990101",
    "990101000",
    "990101000000",
    "990101103",
    "990101103000",
    "990101103200",
    "990101001001",
    "110101010010",
];

const NOT_UNITS: [&str; 14] = [
    "",
    "9",
    "99010",
    "9901011",
    "99010110",
    "9901011032",
    "9901011032001",
    "99010110320a",
    "990101103200 ",
    " 990101",
    "000000",
    "000000000000",
    "９９０１０１",
    "-90101",
];

/// Units that are and are not, and which contains which.
pub fn units() -> Value {
    let read = |text: &str| Unit::parse(text).expect("listed as a unit");
    let valid = UNITS.map(|text| {
        let unit = read(text);
        json!({
            "input": text,
            "unit": unit.as_str(),
            "division_code": unit.division_code(),
            "county": unit.county().as_str(),
            "township": unit.township().map(|township| township.to_string()),
        })
    });
    let mut contains = Vec::new();
    for outer in ["990101", "990101103", "990101103200", "990102"] {
        for inner in ["990101", "990101103", "990101103200", "990101104200", "990101103201", "990102103200"] {
            contains.push(json!({"outer": outer, "inner": inner, "contains": read(outer).contains(&read(inner))}));
        }
    }
    json!({"valid": valid, "invalid": NOT_UNITS, "contains": contains})
}

/// Addresses of documents that are and are not.
pub fn addresses() -> Value {
    let texts = [
        "visit/990101103200/2024",
        "visit/990101103200/2024/2",
        "visit/990101103200/2024/17",
        "outlet/990101103200/-",
        "outlet/990101/-/2",
        "visit_2/990101103/0001",
    ];
    let valid = texts.map(|text| {
        let address = Address::parse(text).expect("listed as an address");
        json!({
            "text": text, "register": address.register, "unit": address.unit.as_str(),
            "bucket": address.bucket, "part": address.part, "feed": address.feed(),
        })
    });
    let invalid = [
        "",
        "visit",
        "visit/990101103200",
        "Visit/990101103200/2024",
        "2visit/990101103200/2024",
        "visit/990101000000/2024",
        "visit/99010110320/2024",
        "visit/990101103200/24",
        "visit/990101103200/",
        "visit/990101103200/--",
        "visit/990101103200/2024/1",
        "visit/990101103200/2024/0",
        "visit/990101103200/2024/02",
        "visit/990101103200/2024/2/2",
        "visit/990101103200/2024/x",
        "../990101103200/2024",
        "visit/990101103200/２０２４",
        "a234567890123456789012345678901234/990101103200/2024",
    ];
    json!({"valid": valid, "invalid": invalid})
}

/// Values and their canonical bytes. Keys are sorted by their UTF-8 bytes, numbers are integers.
pub fn canonical_values() -> Value {
    let values = [
        json!({}),
        json!([]),
        json!({"b": 1, "a": {"d": [1, 2, {"z": null, "y": true}], "c": "米"}}),
        json!({"money_fen": 30000, "goods": [{"quantity": 1, "item": "大米", "measure_word": "袋"}]}),
        json!([
            "quote \" backslash \\ slash / tab \t line \n return \r bell \u{7} back \u{8} form \u{c} unit \u{1f} del \u{7f}"
        ]),
        json!(["\u{2028}\u{2029}", "𠮷野家", "é e\u{301}"]),
        json!({"\u{1f600}": 1, "\u{ff01}": 2, "中": 3, "a": 4, "A": 5, "": 6}),
        json!({"10": 1, "9": 2, "1": 3}),
        json!([9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64, 0, -1]),
        json!([[[[]]], {"a": {}}]),
        json!([false, true, null]),
    ];
    let cases = values.map(|value| json!({"canonical": canonical_json(&value), "value": value}));
    json!({"cases": cases})
}

/// The four digits that clerk and phone compare: by the code's digest and the phone's key.
pub fn match_digits_of_codes() -> Value {
    let key = |last: u8| {
        let mut key = vec![4; 65];
        key[64] = last;
        key
    };
    let mut cases = Vec::new();
    for code in ["ABCD-EFGH-JKLM-NPQR", "2345-6789-ABCD-EFGH"] {
        let digest = digest(code.replace('-', "").as_bytes());
        for public_key in (0..12).map(key) {
            cases.push(json!({
                "code": code, "code_digest": hex(&digest), "public_key": hex(&public_key),
                "digits": match_digits(&digest, &public_key),
            }));
        }
    }
    json!({ "cases": cases })
}
