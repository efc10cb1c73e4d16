//! How many people a customer may ask who do not know it: invitations to its distribution lists are sent by the house, for it.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::DomainId;

use super::guard::Guard;
use super::{GuardError, store};
use crate::ladder::{self, Sender};
use crate::tiers::Tier;
use crate::voices::{self, Level};

impl Guard {
    /// The most invitations in 24 hours to lists of a domain, for all of its customer: as many as the customer's tier lets a mailbox write to
    /// strangers, the tier below while recipients complain, and those of a new customer while it is throttled. None while the service is
    /// being tried, or nothing goes out from the customer or the domain; any number when it is `None`.
    ///
    /// # Errors
    /// When the database fails or the domain is nobody's.
    pub async fn invitations_for(&self, domain: DomainId) -> Result<Option<u64>, GuardError> {
        let now = self.0.db.now();
        let standing = self.0.standings.domain(domain).await.map_err(GuardError::Standing)?;
        if standing.tried {
            return Ok(Some(0));
        }
        let since = standing.paid_since.filter(|since| *since <= now);
        let earned = self.0.config.tiers.earned(since.map(|since| now.since(since)));
        let sender = Sender { mailbox: None, customer: standing.customer, domains: vec![standing.name] };
        let read = self.0.db.read(move |tx| {
            if ladder::stopped(tx, &sender)?.is_some() {
                return Ok(None);
            }
            let tier = store::tier(tx, sender.customer)?.map_or(earned, |(_, tier)| tier.max(earned));
            let stops = voices::store::open(tx, sender.customer)?;
            let demoted = stops.iter().any(|stop| stop.level != Level::Warn);
            let tier = if demoted { tier.below() } else { tier };
            let throttled = ladder::is_throttled(tx, sender.customer)?;
            Ok::<_, SqlError>(Some(if throttled { Tier::T0 } else { tier }))
        });
        let Some(tier) = read.await? else { return Ok(Some(0)) };
        Ok(self.0.config.tiers.limits(tier).map(|limits| u64::from(limits.first_time_per_day)))
    }
}
