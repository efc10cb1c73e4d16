//! The steps that the guard takes by itself: it throttles and locks, so that whoever misuses a mailbox at night does not wait for the
//! morning. What reaches further is left to people.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId};

use super::{About, DAY, LadderError, NewStep, Rung, StepCause, store};
use crate::verdict::ReasonCode;
use crate::voices::Stop;

/// Within so many days a second time leads further.
const REMEMBERED_DAYS: u32 = 14;
/// So long a mailbox is throttled whose owner said that somebody else sent from it.
const THROTTLED_AFTER_THEFT: u16 = 3;
/// So long is throttled whose mail was held again for what recipients say.
const THROTTLED_AFTER_HOLDS: u16 = 7;

/// What recipients say has mail held from now on. The second time the limits are those of a new customer for a week.
pub(crate) fn on_hold(tx: &mut Tx<'_>, stop: &Stop) -> Result<(), SqlError> {
    let about = stop.mailbox.map_or(About::Customer, About::Mailbox);
    let why = if stop.code == ReasonCode::Returns { StepCause::Returns } else { StepCause::Complaints };
    let (since, today) = (tx.now().minus(DAY * REMEMBERED_DAYS), tx.now().minus(DAY));
    let mut marks = store::of_guard_since(tx, stop.customer, since)?;
    marks.retain(|step| step.rung == Rung::Hold && step.about == about && step.why == why);
    // What is taken back and said again on one day is one hold.
    if marks.iter().any(|mark| mark.at > today) {
        return Ok(());
    }
    store::mark_hold(tx, stop.customer, &about, why)?;
    if marks.is_empty() {
        return Ok(());
    }
    let (customer, rung, days) = (stop.customer, Rung::Throttle, Some(THROTTLED_AFTER_HOLDS));
    take(tx, &NewStep { customer, about, rung, why, days, by: None })
}

/// The owner said that somebody else sent from a mailbox. It is throttled for some days, in which a thief who comes back does little harm;
/// when it happens again, it is locked until somebody looks: whatever tells the thief the password is not mended.
pub(crate) fn on_theft(tx: &mut Tx<'_>, customer: CustomerId, mailbox: MailboxId) -> Result<(), SqlError> {
    let (about, why) = (About::Mailbox(mailbox), StepCause::Stolen);
    let since = tx.now().minus(DAY * REMEMBERED_DAYS);
    let again =
        store::of_guard_since(tx, customer, since)?.iter().any(|step| step.about == about && step.why == why);
    // It is remembered also where nothing follows, because the mailbox is throttled already.
    store::mark_hold(tx, customer, &about, why)?;
    let (rung, days) = match again {
        true => (Rung::Lock, None),
        false => (Rung::Throttle, Some(THROTTLED_AFTER_THEFT)),
    };
    take(tx, &NewStep { customer, about, rung, why, days, by: None })
}

/// What is in force already is not taken again.
fn take(tx: &mut Tx<'_>, new: &NewStep) -> Result<(), SqlError> {
    match new.take(tx) {
        Ok(_)
        | Err(LadderError::Already | LadderError::Unfit | LadderError::Ended | LadderError::OwnWish) => {
            Ok(())
        }
        Err(LadderError::Sql(error)) => Err(error),
    }
}
