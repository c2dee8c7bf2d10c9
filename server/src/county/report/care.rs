//! T04 to T06 and T12: visits of the bureau's leaders, gifts of the year, help in hardship, visits to the garrison.

use super::figures::Figures;
use super::words::{jinwan, n, wan, wanyu};

/// T04: hospital and bereavement.
pub(super) fn leaders(figures: &Figures) -> Option<String> {
    let person_times = figures.number("T04.person_times");
    let said = format!("凡是有退役老兵住院、去世，局领导班子都要看望慰问，今年累计慰问{}人次", n(person_times));
    (person_times != 0).then_some(said)
}

/// T05: wheelchairs and donated money; what there was none of is not said.
pub(super) fn gifts(figures: &Figures) -> Option<String> {
    let (wheelchairs, persons) = (figures.number("T05.wheelchair_persons"), figures.number("T05.donation_persons"));
    let fen = figures.number("T05.donation_fen");
    let mut said = Vec::new();
    if wheelchairs != 0 {
        said.push(format!("为{}名行动不便老兵送去轮椅", n(wheelchairs)));
    }
    if persons != 0 || fen != 0 {
        said.push(format!("为{}名困难退役军人捐赠慰问金{}", n(persons), wan(fen, 4)));
    }
    (!said.is_empty()).then(|| said.join("，"))
}

/// T06: what was granted and paid.
pub(super) fn hardship(figures: &Figures) -> Option<String> {
    let (persons, fen) = (figures.number("T06.persons"), figures.number("T06.paid_fen"));
    let said = format!("累计为{}名退役军人开展就业、生活、医疗等帮扶解困，发放补助资金{}", n(persons), wanyu(fen, 2));
    (persons != 0 || fen != 0).then_some(said)
}

/// T12: what was brought to the garrison, and nothing about where.
pub(super) fn garrison(figures: &Figures) -> Option<String> {
    let fen = figures.number("T12.value_fen");
    let said = format!("县四班子领导看望慰问驻地广大官兵，送上慰问品{}", jinwan(fen));
    (fen != 0).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_told_in_the_words_of_the_report() {
        let figures = Figures::of(
            &[
                ("T04.person_times", 25),
                ("T05.wheelchair_persons", 3),
                ("T05.donation_persons", 28),
                ("T05.donation_fen", 7_500_000),
                ("T06.persons", 132),
                ("T06.paid_fen", 15_523_400),
                ("T12.value_fen", 49_450_000),
            ],
            &[],
        );
        assert_eq!(
            leaders(&figures).as_deref(),
            Some("凡是有退役老兵住院、去世，局领导班子都要看望慰问，今年累计慰问25人次")
        );
        assert_eq!(gifts(&figures).as_deref(), Some("为3名行动不便老兵送去轮椅，为28名困难退役军人捐赠慰问金7.5万元"));
        assert_eq!(
            hardship(&figures).as_deref(),
            Some("累计为132名退役军人开展就业、生活、医疗等帮扶解困，发放补助资金15.52万余元")
        );
        assert_eq!(garrison(&figures).as_deref(), Some("县四班子领导看望慰问驻地广大官兵，送上慰问品近50万元"));
    }

    #[test]
    fn nothing_is_not_told() {
        let none = Figures::of(&[], &[]);
        assert_eq!([leaders(&none), gifts(&none), hardship(&none), garrison(&none)], [None, None, None, None]);
        let wheelchairs = Figures::of(&[("T05.wheelchair_persons", 3)], &[]);
        assert_eq!(gifts(&wheelchairs).as_deref(), Some("为3名行动不便老兵送去轮椅"));
    }
}
