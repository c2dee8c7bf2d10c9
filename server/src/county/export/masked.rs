//! Names, contacts and phone numbers as they may stand in a file that leaves the county.
//!
//! Always true: how long a name is is not told. Deliberately not here: where names stand.

/// 张* for 张三丰.
pub(super) fn name(name: &str) -> String {
    match name.trim().chars().next() {
        Some(first) => format!("{first}*"),
        None => String::new(),
    }
}

/// 家属 王* for 家属 王芳: the name is the last word.
pub(super) fn contact(contact: &str) -> String {
    match contact.trim().rsplit_once(char::is_whitespace) {
        Some((relation, last)) => format!("{} {}", relation.trim_end(), name(last)),
        None => name(contact),
    }
}

/// 100****0001; of a short number everything.
pub(super) fn phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.len() < 8 {
        return "*".repeat(digits.len());
    }
    let (first, last) = (&digits[..3], &digits[digits.len() - 4..]);
    format!("{}****{}", first.iter().collect::<String>(), last.iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_in_full() {
        assert_eq!([name("张三丰"), name(" 李四"), name("")], ["张*", "李*", ""]);
        assert_eq!([contact("家属 王芳"), contact("王芳"), contact("母亲　王芳")], ["家属 王*", "王*", "母亲 王*"]);
        assert_eq!(
            [phone("10000000001"), phone("0398-7870001"), phone("12345")],
            ["100****0001", "039****0001", "*****"]
        );
    }
}
