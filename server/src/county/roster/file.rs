//! People as the rows of a file say them.
//!
//! Always true: a field that the row does not speak of is none; a fault leaves the row out, a warning does not. The
//! citizen number goes no further than to whoever seals it. Deliberately not here: who these people are.

use super::category::Categories;
use super::identity::{self, Verdict};
use super::standing::{Absent, Standing};
use crate::county::view::{ColumnMeaning, ImportKind, LineFault};
use crate::rows::roster::{Notice, line_key};
use crate::rows::table::Unit;
use crate::sheets::fault::{fault, warning};
use crate::sheets::number::holds_number;
use crate::sheets::{Row, day};
use std::collections::{BTreeMap, HashMap};
use zoufang_sync_protocol::roster::CountyList;
use zoufang_sync_protocol::unit::{self as division, TOWNSHIP_DIGITS, VILLAGE_DIGITS};

/// Characters of a name.
const NAME_MAX: usize = 50;
/// Characters of a notice's number, as the register of ceremonies has it.
const SERIAL_MAX: usize = 40;
/// Years in which an award may have been given.
const YEARS: std::ops::RangeInclusive<u32> = 1950..=2199;
/// What stands behind a village's name, the longest first.
const ENDINGS: [&str; 8] =
    ["社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "村"];
/// What a line of sums begins with.
const SUMS: [&str; 4] = ["合计", "总计", "共计", "小计"];

/// A row's person. None: the row says nothing of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilePerson {
    /// Line of the file.
    pub line: u32,
    /// As written, without blanks between Chinese signs.
    pub name: String,
    /// Village, twelve digits.
    pub unit: String,
    /// Citizen number in its form of 18 digits; of the old ones, with the century and the check digit added.
    pub number: Option<String>,
    /// Household id: the village and the number that the list gives.
    pub household: Option<String>,
    /// Group of villagers.
    pub group: Option<String>,
    /// Codes, as they stand in the cell.
    pub categories: Option<Vec<String>>,
    /// Relative, or the family's contact.
    pub relative: Option<String>,
    /// How the contact is related.
    pub relation: Option<String>,
    /// `2024H1`.
    pub batch: Option<String>,
    /// `YYYY-MM-DD`.
    pub died_on: Option<String>,
    /// Of a list of merit notices.
    pub notice: Option<Box<Notice>>,
}

impl FilePerson {
    /// By what the line is found again, if it has a number.
    pub fn key(&self) -> Option<String> {
        self.number.as_ref().map(|number| line_key(number, self.notice.as_deref()))
    }
}

/// What rows are read with.
pub struct Reader<'r> {
    kind: ImportKind,
    columns: Vec<(usize, ColumnMeaning)>,
    titles: BTreeMap<ColumnMeaning, String>,
    batch: Option<String>,
    standing: &'r Standing<'r>,
    villages: HashMap<&'r str, Vec<&'r Unit>>,
    /// By name without what stands behind it: 石门 of 石门村.
    roots: HashMap<&'r str, Vec<&'r Unit>>,
    categories: Categories,
    honours: Categories,
}

impl<'r> Reader<'r> {
    /// A reader for columns in the order of `headings`.
    pub fn new(
        kind: ImportKind,
        headings: &[String],
        mapping: &BTreeMap<String, ColumnMeaning>,
        batch: Option<&str>,
        standing: &'r Standing<'r>,
        lists: &[CountyList],
    ) -> Self {
        let columns: Vec<(usize, ColumnMeaning)> =
            headings.iter().enumerate().filter_map(|(at, heading)| Some((at, *mapping.get(heading)?))).collect();
        let columns = columns.into_iter().filter(|(_, meaning)| *meaning != ColumnMeaning::NotRead);
        // On a roster 入伍时间 is a day long ago, and no batch.
        let is_read = |(_, meaning): &(usize, ColumnMeaning)| match meaning {
            ColumnMeaning::Batch | ColumnMeaning::Relation => kind != ImportKind::Roster,
            ColumnMeaning::Honour
            | ColumnMeaning::AwardYear
            | ColumnMeaning::NoticeSerial
            | ColumnMeaning::ReceivedOn => kind == ImportKind::Merits,
            _ => true,
        };
        let columns = columns.filter(is_read).collect();
        let mut villages: HashMap<&str, Vec<&Unit>> = HashMap::new();
        let mut roots: HashMap<&str, Vec<&Unit>> = HashMap::new();
        for unit in standing.all().filter(|unit| unit.unit.len() == VILLAGE_DIGITS) {
            villages.entry(unit.name.as_str()).or_default().push(unit);
            roots.entry(root(&unit.name)).or_default().push(unit);
        }
        let words = |id: &str| Categories::of(lists.iter().find(|list| list.id == id));
        Self {
            kind,
            titles: mapping.iter().map(|(heading, meaning)| (*meaning, heading.clone())).collect(),
            columns,
            batch: batch.and_then(batch_code),
            standing,
            villages,
            roots,
            categories: words("categories"),
            honours: words("honours"),
        }
    }

    /// The row's person, or why there is none; warnings go to `faults` either way. A line of sums is nobody.
    pub fn person(&self, row: &Row, faults: &mut Vec<LineFault>) -> Option<FilePerson> {
        if is_of_sums(row) {
            return None;
        }
        let found = self.columns.iter().filter_map(|(at, meaning)| Some((*meaning, row.cells.get(*at)?.as_str())));
        let cells: BTreeMap<ColumnMeaning, &str> = found.filter(|(_, cell)| !cell.is_empty()).collect();
        match numbers_in_place(&cells).and_then(|()| self.read(row.line, &cells, faults)) {
            Ok(person) => Some(person),
            Err((meaning, code)) => {
                let is_secret = meaning == ColumnMeaning::IdentityNumber;
                let value = cells.get(&meaning).filter(|_| !is_secret).copied().unwrap_or_default();
                faults.push(fault(row.line, self.title(meaning), value, code));
                None
            }
        }
    }

    fn read(
        &self,
        line: u32,
        cells: &BTreeMap<ColumnMeaning, &str>,
        faults: &mut Vec<LineFault>,
    ) -> Result<FilePerson, (ColumnMeaning, &'static str)> {
        use ColumnMeaning as M;
        let text = |meaning| cells.get(&meaning).map(|cell: &&str| (*cell).to_owned());
        let name = person_name(cells.get(&M::Name).copied().unwrap_or_default());
        match name.chars().count() {
            0 => return Err((M::Name, "name_missing")),
            1..=NAME_MAX => {}
            _ => return Err((M::Name, "name_long")),
        }
        let (unit, was_merged) = self.village(cells)?;
        let mut warn = |meaning, value: &str, code| faults.push(warning(line, self.title(meaning), value, code));
        if let Some(column) = was_merged {
            warn(column, cells.get(&column).copied().unwrap_or_default(), "village_merged");
        }
        let number = match cells.get(&M::IdentityNumber) {
            Some(cell) => Some(self.number(cell, |code| warn(M::IdentityNumber, "", code))?),
            None => None,
        };
        let died_on = match cells.get(&M::DiedOn) {
            Some(cell) => Some(day::day(cell).ok_or((M::DiedOn, "day_form"))?),
            None => None,
        };
        let batch = match cells.get(&M::Batch) {
            Some(cell) => Some(batch_code(cell).ok_or((M::Batch, "batch_form"))?),
            None => self.batch.clone(),
        };
        let notice = if self.kind == ImportKind::Merits { Some(Box::new(self.notice(cells)?)) } else { None };
        let is_batch = self.kind != ImportKind::Roster;
        if is_batch && batch.is_none() {
            return Err((M::Batch, "batch_form"));
        }
        let relative = text(M::Relative).map(|name| person_name(&name));
        if is_batch && relative.is_none() {
            warn(M::Relative, "", "contact_missing");
        }
        let categories =
            cells.get(&M::Category).map(|cell| self.codes(cell, |word| warn(M::Category, word, "category_unknown")));
        let household = text(M::Household).map(|number| format!("{unit}-{}", plain_id(&number)));
        let group = text(M::Group).map(|group| group.trim_end_matches('组').trim_start_matches('第').to_owned());
        let relation = text(M::Relation);
        Ok(FilePerson {
            line,
            name,
            unit,
            number,
            household,
            group,
            categories,
            relative,
            relation,
            batch,
            died_on,
            notice,
        })
    }

    fn notice(&self, cells: &BTreeMap<ColumnMeaning, &str>) -> Result<Notice, (ColumnMeaning, &'static str)> {
        use ColumnMeaning::{AwardYear, Honour, NoticeSerial, ReceivedOn};
        let word = cells.get(&Honour).ok_or((Honour, "honour_unknown"))?;
        let honour_code = self.honours.code(word).ok_or((Honour, "honour_unknown"))?;
        let award_year = match cells.get(&AwardYear) {
            Some(cell) => year(cell).ok_or((AwardYear, "year_form"))?,
            None => String::new(),
        };
        let received_on = match cells.get(&ReceivedOn) {
            Some(cell) => day::day(cell).ok_or((ReceivedOn, "day_form"))?,
            None => String::new(),
        };
        let serial = cells.get(&NoticeSerial).copied().unwrap_or_default();
        if serial.chars().count() > SERIAL_MAX {
            return Err((NoticeSerial, "serial_long"));
        }
        Ok(Notice { honour_code, award_year, serial: serial.to_owned(), received_on })
    }

    fn title(&self, meaning: ColumnMeaning) -> &str {
        self.titles.get(&meaning).map(String::as_str).unwrap_or_default()
    }

    /// Code of the village, and the column that named one which was merged into it.
    fn village(
        &self,
        cells: &BTreeMap<ColumnMeaning, &str>,
    ) -> Result<(String, Option<ColumnMeaning>), (ColumnMeaning, &'static str)> {
        use ColumnMeaning::{TownshipName, VillageCode, VillageName};
        if let Some(code) = cells.get(&VillageCode) {
            let unit = division::Unit::parse(code).ok();
            let known = unit.and_then(|unit| self.standing.unit(unit.as_str()));
            return self.today(known.ok_or((VillageCode, "village_unknown"))?, VillageCode);
        }
        let name = cells.get(&VillageName).ok_or((VillageName, "village_missing"))?;
        let named = self.villages.get(*name).or_else(|| self.roots.get(root(name)));
        let mut found = named.cloned().unwrap_or_default();
        if let Some(township) = cells.get(&TownshipName) {
            let is_in = |unit: &&Unit| {
                self.standing.unit(&unit.unit[..TOWNSHIP_DIGITS]).is_some_and(|known| known.name == *township)
            };
            found.retain(is_in);
        }
        // Of villages that are no more and those of today the latter are meant.
        if found.iter().any(|unit| self.standing.stands(unit)) {
            found.retain(|unit| self.standing.stands(unit));
        }
        match found.as_slice() {
            [] => Err((VillageName, "village_unknown")),
            [unit] => self.today(unit, VillageName),
            _ => Err((VillageName, "village_ambiguous")),
        }
    }

    fn today(
        &self,
        unit: &'r Unit,
        column: ColumnMeaning,
    ) -> Result<(String, Option<ColumnMeaning>), (ColumnMeaning, &'static str)> {
        if unit.unit.len() != VILLAGE_DIGITS {
            return Err((column, "village_unknown"));
        }
        match self.standing.today(unit) {
            Ok(today) => Ok((today.unit.clone(), (today.unit != unit.unit).then_some(column))),
            Err(Absent::Gone) => Err((column, "village_gone")),
            Err(Absent::NotYet) => Err((column, "village_not_yet")),
        }
    }

    /// The number as it is kept, with what is to be said of it.
    fn number(&self, cell: &str, mut warn: impl FnMut(&'static str)) -> Result<String, (ColumnMeaning, &'static str)> {
        if cell.contains(['E', 'e']) && cell.parse::<f64>().is_ok() {
            return Err((ColumnMeaning::IdentityNumber, "number_lost_digits"));
        }
        let found = identity::identity(cell, |prefix| self.standing.unit(prefix).is_some());
        match found.verdict {
            Verdict::Valid => {}
            Verdict::WrongCheckDigit => warn("identity_check"),
            Verdict::FifteenDigits => warn("identity_old"),
            Verdict::UnknownPrefix => warn("identity_prefix"),
            Verdict::Malformed => return Err((ColumnMeaning::IdentityNumber, "identity_malformed")),
        }
        Ok(identity::of_eighteen(&found.number))
    }

    /// Codes of a cell with one category or several.
    fn codes(&self, cell: &str, mut unknown: impl FnMut(&str)) -> Vec<String> {
        let mut codes = Vec::new();
        for word in cell.split(['、', ',', '，', ';', '；', '/', '|']).map(str::trim).filter(|word| !word.is_empty())
        {
            match self.categories.code(word) {
                Some(code) if !codes.contains(&code) => codes.push(code),
                Some(_) => {}
                None => unknown(word),
            }
        }
        codes
    }
}

/// A village's name without the word for what it is, as lists leave it out or write it whole.
fn root(name: &str) -> &str {
    let shorter = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    shorter.filter(|root| !root.is_empty()).unwrap_or(name)
}

fn is_of_sums(row: &Row) -> bool {
    let first = row.cells.iter().find(|cell| !cell.is_empty());
    first.is_some_and(|cell| SUMS.iter().any(|sum| person_name(cell).starts_with(sum)))
}

/// A number in another column than its own would reach phones in the clear.
fn numbers_in_place(cells: &BTreeMap<ColumnMeaning, &str>) -> Result<(), (ColumnMeaning, &'static str)> {
    let mut others = cells.iter().filter(|(meaning, _)| **meaning != ColumnMeaning::IdentityNumber);
    others.find(|(_, cell)| holds_number(cell)).map_or(Ok(()), |(meaning, _)| Err((*meaning, "number_elsewhere")))
}

/// A name without the blanks that fill up two signs to three; Latin names keep theirs.
fn person_name(cell: &str) -> String {
    let is_latin = cell.chars().any(|sign| sign.is_ascii_alphabetic());
    if is_latin { cell.to_owned() } else { cell.chars().filter(|sign| !sign.is_whitespace()).collect() }
}

/// A household's number as an id may have it.
fn plain_id(number: &str) -> String {
    let plain = number.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-');
    let plain: String = plain.take(20).collect();
    if plain.is_empty() { number.bytes().take(10).map(|byte| format!("{byte:02x}")).collect() } else { plain }
}

/// `2024H1` of `2024H1`, `2024年春季`, `2024年上半年`, `2024春`, `2024-03`.
fn batch_code(text: &str) -> Option<String> {
    let year: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = text.get(year.len()..)?.trim_start_matches(['年', '-', '/', '.', ' ']);
    let month = rest.split(['月', '-', '/', '.']).next().and_then(|month| month.parse::<u32>().ok());
    let half = match (rest.chars().next()?, month) {
        (_, Some(1..=6)) | ('春' | '上', _) => 1,
        (_, Some(7..=12)) | ('秋' | '下', _) => 2,
        ('H' | 'h', _) => rest.get(1..2)?.parse().ok().filter(|half| [1, 2].contains(half))?,
        _ => return None,
    };
    (year.len() == 4).then(|| format!("{year}H{half}"))
}

/// `2025` of `2025`, `2025年`, `2025年度`.
fn year(text: &str) -> Option<String> {
    let digits = text.trim_end_matches('度').trim_end_matches('年');
    digits.parse().ok().filter(|year| YEARS.contains(year)).map(|year: u32| year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_and_names_are_read_as_people_write_them() {
        for (text, code) in [
            ("2024H1", "2024H1"),
            ("2024年春季", "2024H1"),
            ("2024年下半年", "2024H2"),
            ("2024年9月", "2024H2"),
            ("2024-03-15", "2024H1"),
        ] {
            assert_eq!(batch_code(text).as_deref(), Some(code), "{text}");
        }
        for text in ["", "春季", "24H1", "2024", "2024H3", "2024年"] {
            assert_eq!(batch_code(text), None, "{text}");
        }
        assert_eq!((person_name("张 三").as_str(), person_name("Ann Li").as_str()), ("张三", "Ann Li"));
        assert_eq!((plain_id("12-3").as_str(), plain_id("甲").as_str()), ("12-3", "e794b2"));
    }
}
