//! The end of an add-on: its day has come, or the plan that begins does not sell it.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;

use super::store;
use crate::catalogue::PlanVersion;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::months::due::Known;
use crate::periods::Interval;
use crate::services;
use crate::subscriptions::run::PAGE;

impl Commerce {
    /// Tells the mail side of what has ended in a time zone by its date.
    pub(crate) async fn end_add_ons(&self, zone: &str, today: Date) -> Result<(), CommerceError> {
        loop {
            let zone = zone.to_owned();
            let ended = self
                .write(move |tx| {
                    let ended = store::ended(tx, &zone, today, PAGE)?;
                    for add_on in &ended {
                        if store::mark_told(tx, add_on.id)? {
                            services::change::announce_services_of(tx, add_on.subscription)?;
                        }
                    }
                    Ok(ended.len())
                })
                .await?;
            if ended < PAGE as usize {
                return Ok(());
            }
        }
    }
}

/// Ends on a day what a plan that begins on it does not sell for its term.
pub(crate) fn end_unsold(
    tx: &mut Tx<'_>,
    known: &Known,
    plan: &PlanVersion,
    interval: Interval,
    on: Date,
) -> Result<(), CommerceError> {
    for had in known.add_ons.iter().filter(|add_on| add_on.is_had_on(on)) {
        if plan.add_on(interval, &had.key).is_none() {
            store::end(tx, had.id, on)?;
        }
    }
    Ok(())
}
