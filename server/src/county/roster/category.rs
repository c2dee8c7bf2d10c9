//! Which category or honour a word of a list means: by code, by the name that the county's list has, or by a word of
//! `category_words.json` that is used for it.
//!
//! Always true: nobody is guessed into a category: a word that could mean several (退役士兵, 三属, 现役军人) means none, and
//! whoever brings the list is told. Deliberately not here: what a category is entitled to.

use std::collections::{BTreeMap, HashMap};
use zoufang_sync_protocol::roster::CountyList;

const WORDS: &str = include_str!("category_words.json");

/// Codes by what they are called.
pub struct Categories {
    by_word: HashMap<String, String>,
}

impl Categories {
    /// Of the county's list as it stands; a word counts only where its code stands there.
    pub fn of(list: Option<&CountyList>) -> Self {
        let items = list.and_then(|list| list.versions.last()).map_or(&[][..], |version| &version.items);
        let words: BTreeMap<String, Vec<String>> = serde_json::from_str(WORDS).unwrap_or_default();
        let mut by_word = HashMap::new();
        for item in items {
            for word in words.get(&item.code).into_iter().flatten() {
                by_word.insert(plain(word), item.code.clone());
            }
        }
        // What the county's own list says comes last and wins.
        for item in items {
            by_word.insert(plain(&item.zh), item.code.clone());
            by_word.insert(item.code.clone(), item.code.clone());
        }
        Self { by_word }
    }

    /// The code of a word; none where it is not known.
    pub fn code(&self, word: &str) -> Option<String> {
        self.by_word.get(&plain(word)).or_else(|| self.by_word.get(&plain(without_grade(word)))).cloned()
    }
}

/// One form for words that mean the same.
fn plain(word: &str) -> String {
    let signs: String = word.chars().filter(|sign| !sign.is_whitespace() && !"（）()“”《》".contains(*sign)).collect();
    signs.replace("周岁", "岁").replace("退伍军人", "退役军人").replace("退役人员", "退役军人")
}

/// 七级残疾军人 is a 残疾军人.
fn without_grade(word: &str) -> &str {
    let rest = word.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    rest.strip_prefix('级').filter(|_| rest.len() < word.len()).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(word: &str) -> Option<String> {
        code_in("categories", word)
    }

    fn code_in(list: &str, word: &str) -> Option<String> {
        let lists = crate::county::lists::built_in();
        Categories::of(lists.iter().find(|one| one.id == list)).code(word)
    }

    #[test]
    fn usual_words_are_known() {
        for (word, known) in [
            ("36", "36"),
            ("60周岁以上农村籍退役士兵", "36"),
            ("年满60周岁农村籍退役士兵", "36"),
            ("参战退役军人", "33"),
            ("参战退役人员", "33"),
            ("参试", "34"),
            ("带病回乡退役军人", "32"),
            ("七级残疾军人", "11"),
            ("伤残军人", "11"),
            ("在乡老复员军人", "31"),
            ("烈属", "21"),
            ("烈士子女（60周岁以上）", "41"),
            ("义务兵家属", "53"),
            ("企业军转干部", "51"),
            ("困难退役军人", "55"),
        ] {
            assert_eq!(code(word).as_deref(), Some(known), "{word}");
        }
    }

    #[test]
    fn words_for_several_or_none_mean_none() {
        for word in [
            "退役士兵",
            "退役军人",
            "士兵",
            "现役军人",
            "三属",
            "两参人员",
            "烈士子女",
            "企业",
            "老年",
            "军转干部",
            "农村籍退役士兵",
            "",
            "级",
        ] {
            assert_eq!(code(word), None, "{word}");
        }
    }

    #[test]
    fn every_word_belongs_to_one_code_of_the_list() {
        let words: BTreeMap<String, Vec<String>> = serde_json::from_str(WORDS).unwrap();
        for (known, words) in &words {
            for word in words {
                let found = code(word).or_else(|| code_in("honours", word));
                assert_eq!(found.as_ref(), Some(known), "{word}");
            }
        }
    }
}
