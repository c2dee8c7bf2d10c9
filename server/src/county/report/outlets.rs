//! T10: support outlets and what they offer.

use super::figures::Figures;
use super::words::{join, n, yu};

/// Sectors named in the sentence.
const SECTORS_NAMED: usize = 5;
/// From here on items are said in hundreds, below in tens.
const HUNDRED: i64 = 100;
const TEN: i64 = 10;

/// T10: a stock, as of the last day.
pub(super) fn outlets(figures: &Figures) -> Option<String> {
    let (outlets, items) = (figures.number("T10.outlets"), figures.number("T10.items"));
    if outlets == 0 && items == 0 {
        return None;
    }
    let mut sectors = figures.names("T10.sectors", "sectors");
    sectors.truncate(SECTORS_NAMED);
    let sectors = match sectors.len() {
        0 => String::new(),
        named => format!("涵盖{}等众多行业，", join(&sectors, named)),
    };
    let items = yu(items, if items >= HUNDRED { HUNDRED } else { TEN });
    Some(format!("发展拥军门店{}家，{sectors}军人、军属到“拥军门店”可享受{items}项优惠项目", n(outlets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_told_in_the_words_of_the_report() {
        let sectors = ["supermarket", "catering", "training", "pharmacy", "ecommerce", "telecom"];
        let figures = Figures::of(&[("T10.outlets", 33), ("T10.items", 108)], &[("T10.sectors", &sectors)]);
        assert_eq!(
            outlets(&figures).as_deref(),
            Some(
                "发展拥军门店33家，涵盖商超、餐饮、培训、医药、电商等众多行业，\
                 军人、军属到“拥军门店”可享受100余项优惠项目"
            )
        );
        let few = Figures::of(&[("T10.outlets", 2), ("T10.items", 35)], &[]);
        assert_eq!(outlets(&few).as_deref(), Some("发展拥军门店2家，军人、军属到“拥军门店”可享受30余项优惠项目"));
        let many = Figures::of(&[("T10.outlets", 2), ("T10.items", 123)], &[]);
        assert_eq!(outlets(&many).as_deref(), Some("发展拥军门店2家，军人、军属到“拥军门店”可享受100余项优惠项目"));
        assert_eq!(outlets(&Figures::of(&[], &[])), None);
    }
}
