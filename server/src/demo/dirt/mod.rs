//! Everything that goes wrong in a real county, put on top of the clean year, each with the right answer.
//!
//! Always true: the same seed puts the same dirt in, once; an answer names the records and persons it is about, what they
//! add to the figures of the year, and what must be seen besides. Deliberately not here:
//! whether the server gives the answers: tests ask it.

mod answer;
mod changes;
mod clocks;
mod hands;
pub mod identities;
mod outlets;
mod people;
mod photos;
mod texts;
mod visits;

pub use answer::{Answer, Answers};
pub use hands::Hands;
pub use photos::other_picture;

use super::county::DemoCounty;
use super::fill::{FillError, Ways};
use super::plan::PlannedRecord;
use crate::rows::table::Unit;

/// Puts all dirt in through phones, on top of `clean`, and returns the answers.
pub async fn soil(county: &DemoCounty, clean: &[PlannedRecord], ways: &Ways<'_>) -> Result<Answers, FillError> {
    let mut hands = Hands::new(county, clean, ways);
    let mut kinds = Vec::new();
    kinds.extend(people::soil(&mut hands).await?);
    kinds.extend(visits::soil(&mut hands).await?);
    kinds.extend(photos::soil(&mut hands).await?);
    kinds.extend(clocks::soil(&mut hands).await?);
    kinds.extend(changes::soil(&mut hands).await?);
    kinds.extend(texts::soil(&mut hands).await?);
    kinds.extend(outlets::soil(&mut hands).await?);
    kinds.push(changes::merged_village(&hands));
    kinds.extend(identities::answers(county));
    Ok(Answers { kinds })
}

/// The county's tree after one village was merged into its neighbour in the middle of the year.
pub fn merged_tree(county: &DemoCounty) -> Vec<Unit> {
    let (old, new) = changes::merged_units(county);
    let mut units = super::tables::units(county);
    for unit in units.iter_mut().filter(|unit| unit.unit == old) {
        unit.valid_to = Some(changes::MERGED_ON.to_owned());
        unit.replaced_by = Some(new.clone());
    }
    units
}
