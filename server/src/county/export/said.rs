//! How a value is said in a table: by its component, in Chinese.
//!
//! Always true: what this build does not know is said as it stands, never left out without a word. Deliberately not here:
//! which columns there are.

use super::masked;
use serde_json::Value;
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::CountyList;

/// The words of codes.
pub(super) struct Words {
    lists: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    pub(super) fn new(lists: Vec<CountyList>) -> Self {
        let words = |list: &CountyList| {
            let labels = crate::county::lists::labels(list).into_iter();
            labels.map(|(code, zh)| (code.to_owned(), zh.to_owned())).collect()
        };
        Self { lists: lists.iter().map(|list| (list.id.clone(), words(list))).collect() }
    }

    /// `value` of the field or member that `schema` describes.
    pub(super) fn said(&self, schema: &Value, value: &Value) -> String {
        if schema["x-mask"] == Value::Bool(true) {
            return masked::contact(value.as_str().unwrap_or_default());
        }
        let text = value.as_str().unwrap_or_default();
        match (schema["x-widget"].as_str().unwrap_or_default(), value) {
            (_, Value::Null) => String::new(),
            ("money", value) => value.as_i64().map(yuan).unwrap_or_default(),
            ("phone", _) => masked::phone(text),
            ("batch", _) => batch(text),
            ("person", person) => person_said(person),
            ("checklist", list) => self.each(schema, list.get("ticks").unwrap_or(&Value::Null)),
            (_, Value::Array(items)) if schema["items"]["properties"].is_object() => {
                let items = items.iter().map(|item| self.members(&schema["items"], item));
                items.collect::<Vec<_>>().join("；")
            }
            (_, list @ Value::Array(_)) => self.each(schema, list),
            (_, Value::Object(_)) => self.members(schema, value),
            (_, Value::Bool(flag)) => if *flag { "是" } else { "否" }.to_owned(),
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::String(code)) => self.word(schema, code),
        }
    }

    /// A list of codes or texts, with 、.
    fn each(&self, schema: &Value, list: &Value) -> String {
        let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
        let said = items.iter().map(|item| match item.as_str() {
            Some(code) => self.word(schema, code),
            None => item.to_string(),
        });
        said.collect::<Vec<_>>().join("、")
    }

    fn members(&self, schema: &Value, value: &Value) -> String {
        let members = value.as_object().into_iter().flatten();
        let said = members.map(|(member, value)| self.said(&schema["properties"][member], value));
        said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The word of a code: by a list of the county, by the choices of the field or of its items.
    fn word(&self, schema: &Value, code: &str) -> String {
        let list = schema["x-list"].as_str().or_else(|| schema["items"]["x-list"].as_str());
        let by_list = list.and_then(|list| self.lists.get(list)?.get(code)).cloned();
        let choice = || {
            let options = [&schema["x-options"], &schema["items"]["x-options"]];
            options.iter().find_map(|options| options[code]["zh"].as_str().map(str::to_owned))
        };
        by_list.or_else(choice).unwrap_or_else(|| code.to_owned())
    }
}

/// Somebody on no list, by name; somebody on a batch list, by the family's contact.
fn person_said(person: &Value) -> String {
    let text = |member: &str| person.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
    masked::contact(text("name").or_else(|| text("contact")).unwrap_or_default())
}

/// The Chinese label of a field.
pub(super) fn label(schema: &Value) -> Option<&str> {
    schema["x-label"]["zh"].as_str()
}

/// Fen as yuan: `300.00`.
pub(super) fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", (fen / 100).abs(), (fen % 100).abs())
}

/// 2024年春季 for `2024H1`.
fn batch(batch: &str) -> String {
    let season = [("H1", "春季"), ("H2", "秋季")];
    let said =
        season.iter().find_map(|(half, season)| batch.strip_suffix(half).map(|year| format!("{year}年{season}")));
    said.unwrap_or_else(|| batch.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(schema: Value, value: Value) -> String {
        Words::new(crate::county::lists::built_in()).said(&schema, &value)
    }

    #[test]
    fn values_are_said_by_their_component() {
        let options = json!({"x-widget": "choice", "enum": ["a"], "x-options": {"a": {"zh": "甲", "en": "A"}}});
        assert_eq!([said(options.clone(), json!("a")), said(options, json!("gone"))], ["甲", "gone"]);
        assert_eq!(said(json!({"x-widget": "choice", "x-list": "sectors"}), json!("catering")), "餐饮");
        let choices = json!({"x-widget": "choices", "items": {"x-options": {"a": {"zh": "甲"}, "b": {"zh": "乙"}}}});
        assert_eq!(said(choices, json!(["a", "b"])), "甲、乙");
        let ticks = json!({"version": 1, "ticks": ["talk", "plaque"]});
        assert_eq!(said(json!({"x-widget": "checklist", "x-list": "four_honours"}), ticks), "召开座谈会、悬挂光荣牌");
        assert_eq!(said(json!({"x-widget": "money"}), json!(30_050)), "300.50");
        assert_eq!(said(json!({"x-widget": "batch"}), json!("2024H2")), "2024年秋季");
        assert_eq!([said(json!({"x-widget": "switch"}), json!(true)), said(json!({}), json!(null))], ["是", ""]);
        assert_eq!(said(json!({"x-widget": "phone"}), json!("10000000001")), "100****0001");
        assert_eq!(said(json!({"x-widget": "person"}), json!({"name": "王芳"})), "王*");
        assert_eq!(said(json!({"x-widget": "text", "x-mask": true}), json!("王芳")), "王*");
        let goods = json!({"x-widget": "items", "items": {"properties": {"item": {}, "quantity": {}}}});
        assert_eq!(
            said(goods, json!([{"item": "大米", "quantity": 1}, {"item": "油", "quantity": 2}])),
            "大米 1；油 2"
        );
    }
}
