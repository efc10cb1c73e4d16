//! What a probe of the running program asked is taken away.

use mailkeep_policy::{Subject, synthetic};
use mailkeep_types::CustomerId;

use super::{Desk, TicketError, store};

impl Desk {
    /// Takes away the tickets of a synthetic customer, with everything in them.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when the customer is not synthetic.
    pub async fn remove_probe_tickets(&self, customer: CustomerId) -> Result<(), TicketError> {
        let owner = Subject::customer(customer);
        self.write(move |tx| {
            if !synthetic::is_synthetic(tx, owner)? {
                return Err(TicketError::NotFound);
            }
            Ok(store::delete_of(tx, owner)?)
        })
        .await
    }
}
