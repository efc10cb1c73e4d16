//! What the live proof of P36 looks for: a letter that it sent, as a case; and takes it away again.

use mailkeep_policy::Subject;

use super::{Case, store};
use crate::mailroom::Mailroom;
use crate::tickets::{self, TicketError};

impl Mailroom {
    /// The case of a letter by its Message-ID without brackets.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_of_letter(&self, message_id: &str) -> Result<Option<Case>, TicketError> {
        let hash = self.hash_of_id(message_id);
        self.desk()
            .read(move |tx| {
                let ticket = store::ticket_with(tx, &hash)?;
                ticket.map_or(Ok(None), |ticket| Ok(store::find(tx, ticket)?))
            })
            .await
    }

    /// Takes the case of a probe away with all that stands of its writer.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn remove_probe(&self, case: &Case) -> Result<(), TicketError> {
        let id = case.ticket;
        let ticket = self.desk().read(move |tx| Ok(tickets::store::find(tx, id)?)).await?;
        self.desk().write(move |tx| Ok(store::remove_ticket(tx, id)?)).await?;
        if let Some(owner @ Subject::Subscriber(writer)) = ticket.map(|ticket| ticket.owner) {
            self.policy().erase(owner).await?;
            self.desk().write(move |tx| Ok(crate::mailroom::store::forget(tx, writer)?)).await?;
        }
        Ok(())
    }
}
