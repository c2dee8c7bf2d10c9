//! T07 to T09: merit notices, recruits and returnees, plaques.

use super::figures::Figures;
use super::words::{join, n, wan};

/// Honours named before 等.
const HONOURS_NAMED: usize = 4;

/// T07: merit notices with their award money.
pub(super) fn merit(figures: &Figures) -> Option<String> {
    let (families, fen) = (figures.number("T07.families"), figures.number("T07.award_fen"));
    let honours = join(&figures.names("T07.honours", "honours"), HONOURS_NAMED);
    let said =
        format!("联合县人武部为{}名荣获{honours}奖励的现役军人家庭送喜报，发放奖励金{}", n(families), wan(fen, 4));
    (families != 0 || fen != 0).then_some(said)
}

/// T08: send-offs and welcomes; what there was none of is not said.
pub(super) fn soldiers(figures: &Figures) -> Option<String> {
    let (recruits, returnees) = (figures.number("T08.recruits"), figures.number("T08.returnees"));
    match (recruits, returnees) {
        (0, 0) => None,
        (_, 0) => Some(format!("为今年新入伍的{}名新兵举行欢送仪式", n(recruits))),
        (0, _) => Some(format!("为今年{}名退役返乡士兵举行欢迎仪式", n(returnees))),
        _ => Some(format!("为今年新入伍的{}名新兵和{}名退役返乡士兵举行欢送、欢迎仪式", n(recruits), n(returnees))),
    }
}

/// T09: plaques hung and replaced; what there was none of is not said.
pub(super) fn plaques(figures: &Figures) -> Option<String> {
    let (hung, replaced) = (figures.number("T09.hung"), figures.number("T09.replaced"));
    match (hung, replaced) {
        (0, 0) => None,
        (_, 0) => Some(format!("悬挂光荣牌{}块", n(hung))),
        (0, _) => Some(format!("更换光荣牌{}块", n(replaced))),
        _ => Some(format!("悬挂光荣牌{}块，更换{}块", n(hung), n(replaced))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_told_in_the_words_of_the_report() {
        let figures = Figures::of(
            &[
                ("T07.families", 119),
                ("T07.award_fen", 3_400_000),
                ("T08.recruits", 72),
                ("T08.returnees", 96),
                ("T09.hung", 98),
                ("T09.replaced", 210),
            ],
            &[("T07.honours", &["M5", "M4", "M77"])],
        );
        assert_eq!(
            merit(&figures).as_deref(),
            Some("联合县人武部为119名荣获“四有”优秀个人、三等功奖励的现役军人家庭送喜报，发放奖励金3.4万元")
        );
        assert_eq!(soldiers(&figures).as_deref(), Some("为今年新入伍的72名新兵和96名退役返乡士兵举行欢送、欢迎仪式"));
        assert_eq!(plaques(&figures).as_deref(), Some("悬挂光荣牌98块，更换210块"));
    }

    #[test]
    fn nothing_is_not_told() {
        let none = Figures::of(&[], &[]);
        assert_eq!([merit(&none), soldiers(&none), plaques(&none)], [None, None, None]);
        let half = Figures::of(&[("T08.returnees", 96), ("T09.hung", 1)], &[]);
        assert_eq!(soldiers(&half).as_deref(), Some("为今年96名退役返乡士兵举行欢迎仪式"));
        assert_eq!(plaques(&half).as_deref(), Some("悬挂光荣牌1块"));
    }
}
