//! Whether the coupon of an offer can be used: asked when it is written, scheduled and begun, in each step, and before a message that waits
//! goes out.

use mailkeep_policy::outbound::MessageClass;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{AnnouncementId, Timestamp};
use uuid::Uuid;

use super::{Offer, Standing, TOPIC};
use crate::announcements::{Announcement, Draft, store};
use crate::returns::StopReason;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Where a coupon stands; over, where nobody can say.
    pub(crate) fn coupon_standing(
        &self,
        tx: &mut Tx<'_>,
        coupon: Uuid,
        at: Timestamp,
    ) -> Result<Standing, SqlError> {
        self.coupons().map_or(Ok(Standing::Over), |coupons| coupons.standing(tx, coupon, at))
    }

    /// Refuses a draft whose coupon cannot be used now, or that is about something else than offers.
    pub(crate) fn check_offer(
        &self,
        tx: &mut Tx<'_>,
        draft: &Draft,
        class: MessageClass,
    ) -> Result<(), OutreachError> {
        let Some(Offer { coupon }) = draft.offer else { return Ok(()) };
        if draft.topic != TOPIC || class != MessageClass::Marketing {
            return Err(OutreachError::field(
                "topic",
                "An offer goes to those who chose special offers; choose that topic, or no coupon.",
            ));
        }
        let now = tx.now();
        match self.coupon_standing(tx, coupon, now)? {
            Standing::InForce => Ok(()),
            Standing::NotYet => Err(OutreachError::field("coupon", "This coupon cannot be used yet.")),
            Standing::Over => Err(OutreachError::field("coupon", "This coupon cannot be used any more.")),
            Standing::UsedUp => Err(OutreachError::field("coupon", "This coupon is used up.")),
        }
    }

    /// Refuses what is no offer that stands at an instant, in words.
    pub(crate) fn require_coupon(
        &self,
        tx: &mut Tx<'_>,
        id: AnnouncementId,
        at: Timestamp,
    ) -> Result<(), OutreachError> {
        let Some(Offer { coupon }) = store::find(tx, id)?.and_then(|found| found.offer) else {
            return Ok(());
        };
        match self.coupon_standing(tx, coupon, at)? {
            Standing::InForce => Ok(()),
            Standing::UsedUp => Err(OutreachError::state("Its coupon is used up.")),
            Standing::NotYet | Standing::Over => {
                Err(OutreachError::state("Its coupon cannot be used then; an offer of it is not sent."))
            }
        }
    }

    /// Why an announcement must stop because of its coupon.
    pub(crate) fn over_because(
        &self,
        tx: &mut Tx<'_>,
        found: &Announcement,
    ) -> Result<Option<StopReason>, SqlError> {
        let Some(Offer { coupon }) = found.offer else { return Ok(None) };
        let now = tx.now();
        Ok(self.coupon_standing(tx, coupon, now)?.stops())
    }

    /// Stops an offer whose coupon ended while its messages wait to go out; true when they must not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_if_over(&self, found: &Announcement) -> Result<bool, OutreachError> {
        if found.offer.is_none() {
            return Ok(false);
        }
        let (outreach, found) = (self.clone(), found.clone());
        let stopped = self.db().write(move |tx| -> Result<bool, SqlError> {
            let Some(because) = outreach.over_because(tx, &found)? else { return Ok(false) };
            if store::stop(tx, found.id, because)? {
                tracing::info!(announcement = %found.id, because = because.word(), "an offer stopped by itself");
            }
            Ok(true)
        });
        Ok(stopped.await?)
    }
}
