//! Telling owners of cards that end soon: a month before, once for each card.

use jiff::civil::Date;
use mailkeep_types::PaymentMethodId;

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{notices, services, subscriptions};

impl Commerce {
    /// Tells who pays for something that runs with a card that can be charged for a month more at most. Run again it tells
    /// nobody twice.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn tell_of_expiring_cards(&self) -> Result<usize, CommerceError> {
        let today = self.today();
        let until = today.checked_add(jiff::Span::new().months(1)).unwrap_or(today);
        let mut told = 0;
        for (id, expires_on) in self.read(move |tx| store::expiring(tx, until)).await? {
            told += usize::from(self.tell_of_expiring_card(id, expires_on).await?);
        }
        Ok(told)
    }

    async fn tell_of_expiring_card(
        &self,
        id: PaymentMethodId,
        expires_on: Date,
    ) -> Result<bool, CommerceError> {
        let policy = self.policy().clone();
        self.write(move |tx| {
            let paid = store::permitted(tx, id)?;
            let Some(first) = paid.first() else { return Ok(false) };
            if !store::set_told(tx, id)? {
                return Ok(false);
            }
            let subscription =
                subscriptions::store::find(tx, *first)?.ok_or(CommerceError::NotFound("subscription"))?;
            let mut domains = Vec::new();
            for subscription in &paid {
                domains.extend(services::store::domains_of(tx, *subscription)?);
            }
            notices::card_expiring(tx, &policy, subscription.person, id, &domains, expires_on)?;
            Ok(true)
        })
        .await
    }
}
