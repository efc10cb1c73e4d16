//! Anonymous answers go into the counts together, five at a time: whoever looks at the results before and after cannot tell
//! what one person answered. Until then each waits as a sheet under a random number. When they go, their texts part from each
//! other, and the links by which they came are rewritten in the same transaction, so that no order of rows and no mark of a
//! transaction says which was whose.

use mailkeep_storage::sql::Tx;
use mailkeep_types::SurveyId;
use uuid::Uuid;

use super::answer::count;
use super::questions::{Given, Sheet};
use super::store;
use crate::OutreachError;

/// How many anonymous answers there must be before any is shown.
pub const TOGETHER: i64 = 5;

/// A number that says nothing of when it was made.
fn random_id() -> Uuid {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    uuid::Builder::from_random_bytes(random).into_uuid()
}

/// Keeps a sheet until there are enough.
pub(super) fn lay_aside(tx: &mut Tx<'_>, survey: SurveyId, sheet: &Sheet) -> Result<(), OutreachError> {
    let text = serde_json::to_string(sheet).map_err(|_| OutreachError::state("It cannot be kept."))?;
    Ok(store::insert_sheet(tx, random_id(), survey, &text)?)
}

/// Mixes what waits, when that is enough.
pub(super) fn mix_when_enough(tx: &mut Tx<'_>, survey: SurveyId) -> Result<(), OutreachError> {
    if store::count_sheets(tx, survey)? < TOGETHER {
        return Ok(());
    }
    mix(tx, survey)
}

/// Takes all that waits into the counts.
pub(super) fn mix(tx: &mut Tx<'_>, survey: SurveyId) -> Result<(), OutreachError> {
    let sheets: Vec<Sheet> =
        store::sheets(tx, survey)?.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    let mut texts: Vec<(Uuid, u32, &str)> = Vec::new();
    for sheet in &sheets {
        for (question, given) in sheet {
            if let Given::Text(text) = given {
                texts.push((random_id(), *question, text));
            }
        }
    }
    texts.sort_unstable();
    for (id, question, text) in texts {
        store::insert_text(tx, id, survey, question, text)?;
    }
    store::delete_sheets(tx, survey)?;
    store::spend_links(tx, survey)?;
    count(tx, survey, &sheets)
}
