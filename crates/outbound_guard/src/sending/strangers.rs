//! How many people a customer may ask who do not know it: invitations to its distribution lists are sent by the house, for it.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{CustomerId, MailboxId};

use super::guard::Guard;
use super::{GuardError, store};
use crate::tiers::Tier;
use crate::voices::{self, Level};

impl Guard {
    /// The most invitations of a customer in 24 hours: as many as the customer's tier lets a mailbox write to strangers, the tier
    /// below while recipients complain; none while the service is being tried, and any number when it is `None`. `mailbox` is
    /// one of the customer's; without one it is new.
    ///
    /// # Errors
    /// When the database fails or the mailbox is nobody's.
    pub async fn invitations_of(
        &self,
        customer: CustomerId,
        mailbox: Option<MailboxId>,
    ) -> Result<Option<u64>, GuardError> {
        let now = self.0.db.now();
        let mut earned = Tier::T0;
        if let Some(mailbox) = mailbox {
            let standing = self.0.standings.standing(mailbox).await.map_err(GuardError::Standing)?;
            if standing.tried {
                return Ok(Some(0));
            }
            let since = standing.paid_since.filter(|since| *since <= now);
            earned = self.0.config.tiers.earned(since.map(|since| now.since(since)));
        }
        let read = self.0.db.read(move |tx| {
            let tier = store::tier(tx, customer)?.map_or(earned, |(_, tier)| tier.max(earned));
            let stops = voices::store::open(tx, customer)?;
            let demoted = stops.iter().any(|stop| stop.level != Level::Warn);
            Ok::<_, SqlError>(if demoted { tier.below() } else { tier })
        });
        let limits = self.0.config.tiers.limits(read.await?);
        Ok(limits.map(|limits| u64::from(limits.first_time_per_day)))
    }
}
