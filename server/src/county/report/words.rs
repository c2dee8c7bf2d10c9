//! How figures are said in the sentences of the report.
//!
//! | name | says |
//! | --- | --- |
//! | [`n`] | the exact figure |
//! | [`yu`], [`duo`] | rounded down to a step, with 余 or 多 where something was cut: `100余` |
//! | [`jinwan`] | fen as 万元 rounded up, with 近 where something was added: `近50万元` |
//! | [`wan`] | fen as 万元 with so many decimals, zeros trimmed: `3.4万元` |
//! | [`wanyu`] | the same rounded down, with 余 where something was cut: `15.52万余元` |
//! | [`join`] | names with 、 and 等 behind them where there are more |
//!
//! Always true: what is said without 余, 多 or 近 is exact to the decimals shown. Deliberately not here: sentences.

/// Fen of 万元.
const WAN_FEN: i64 = 1_000_000;
/// Decimals of 万元 below which there is no fen.
const DECIMALS_MAX: u32 = 6;

/// The exact figure.
pub fn n(figure: i64) -> String {
    figure.to_string()
}

/// Down to `step`, with 余 if something was cut. What is below the step is said exactly: nobody says 0余.
pub fn yu(figure: i64, step: i64) -> String {
    cut(figure, step, "余")
}

/// Down to `step`, with 多 if something was cut.
pub fn duo(figure: i64, step: i64) -> String {
    cut(figure, step, "多")
}

fn cut(figure: i64, step: i64, word: &str) -> String {
    let step = step.max(1);
    if figure < step || figure % step == 0 {
        return n(figure);
    }
    format!("{}{word}", figure - figure % step)
}

/// 万元 with at most `decimals`, rounded to the nearest, zeros trimmed.
pub fn wan(fen: i64, decimals: u32) -> String {
    let unit = unit(decimals);
    let rounded = (fen.abs() + unit / 2) / unit * unit * fen.signum();
    format!("{}万元", trimmed(rounded))
}

/// 万元 with at most `decimals`, rounded down; 余 if something was cut. What would be cut to nothing is said exactly.
pub fn wanyu(fen: i64, decimals: u32) -> String {
    let unit = unit(decimals);
    if fen < unit || fen % unit == 0 {
        return format!("{}万元", trimmed(fen));
    }
    format!("{}万余元", trimmed(fen - fen % unit))
}

/// 万元 rounded up to tens of 万, below 10万 to whole 万, with 近 before it if something was added; below 1万 exactly.
pub fn jinwan(fen: i64) -> String {
    let step = match fen {
        ..WAN_FEN => 1,
        fen if fen < 10 * WAN_FEN => WAN_FEN,
        _ => 10 * WAN_FEN,
    };
    match fen % step {
        0 => wan(fen, DECIMALS_MAX),
        rest => format!("近{}", wan(fen - rest + step, 0)),
    }
}

/// Names with 、; of more than `named` the first ones and 等.
pub fn join<S: AsRef<str>>(names: &[S], named: usize) -> String {
    let said: Vec<&str> = names.iter().take(named).map(AsRef::as_ref).collect();
    let more = if names.len() > named { "等" } else { "" };
    format!("{}{more}", said.join("、"))
}

/// Fen of the last decimal that is shown.
fn unit(decimals: u32) -> i64 {
    WAN_FEN / 10_i64.pow(decimals.min(DECIMALS_MAX))
}

fn trimmed(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (whole, rest) = (fen.abs() / WAN_FEN, fen.abs() % WAN_FEN);
    let decimals = format!("{rest:06}");
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_cut_to_a_step_and_say_so() {
        assert_eq!([yu(0, 100), yu(100, 100), yu(108, 100)], ["0", "100", "100余"]);
        assert_eq!([yu(99, 100), yu(199, 100), yu(7, 0)], ["99", "100余", "7"]);
        assert_eq!([duo(280, 10), duo(286, 10), duo(9, 10)], ["280", "280多", "9"]);
        assert_eq!([n(0), n(4_200)], ["0", "4200"]);
    }

    #[test]
    fn money_is_said_in_wan() {
        let said = [150_000_000, 3_400_000, 1_901_720_000, 0, 100, -50_000_000].map(|fen| wan(fen, 4));
        assert_eq!(said, ["150万元", "3.4万元", "1901.72万元", "0万元", "0.0001万元", "-50万元"]);
        assert_eq!([wan(7_500_000, 4), wan(49, 4), wan(50, 4)], ["7.5万元", "0万元", "0.0001万元"]);
        assert_eq!([wan(15_525_000, 2), wan(15_525_000, 0)], ["15.53万元", "16万元"]);
        assert_eq!(wan(1, 9), "0.000001万元");
    }

    #[test]
    fn cut_money_says_so() {
        assert_eq!([wanyu(15_520_000, 2), wanyu(15_520_100, 2)], ["15.52万元", "15.52万余元"]);
        assert_eq!([wanyu(15_000_001, 2), wanyu(0, 2), wanyu(9_900, 2)], ["15万余元", "0万元", "0.0099万元"]);
    }

    #[test]
    fn money_that_nearly_reaches_a_sum_says_so() {
        let said = [50_000_000, 49_450_000, 10_000_000, 9_999_999, 1_000_000, 1_000_001, 950_000, 0].map(jinwan);
        assert_eq!(said, ["50万元", "近50万元", "10万元", "近10万元", "1万元", "近2万元", "0.95万元", "0万元"]);
    }

    #[test]
    fn names_are_joined() {
        assert_eq!(join::<&str>(&[], 3), "");
        assert_eq!(join(&["餐饮", "商超"], 2), "餐饮、商超");
        assert_eq!(join(&["餐饮", "商超", "医药"], 2), "餐饮、商超等");
    }
}
