//! The Global Privacy Control signal of a browser: a no to offers, kept as a receipt once.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Manner, consents_of, record_choices};
use mailkeep_types::PersonId;

use super::stop::no_offers;
use crate::{Outreach, OutreachError};

/// Where a receipt of the signal comes from.
pub const GPC: &str = "Global Privacy Control";

impl Outreach {
    /// Takes the signal for the signed-in person as a no to offers on every channel. It is written down the first time
    /// only: whoever says yes to a topic afterwards means it, and the signal that their browser goes on sending does
    /// not take it back. True when it was written now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn honour_gpc(&self, person: PersonId, manner: Manner) -> Result<bool, OutreachError> {
        if self.signalled().lock().get(&person).is_some() {
            return Ok(false);
        }
        let (policy, subject) = (self.policy().clone(), Subject::person(person));
        let manner = Manner { source: GPC.to_owned(), ..manner };
        let fresh = self
            .db()
            .write(move |tx| -> Result<bool, OutreachError> {
                if consents_of(tx, subject)?.iter().any(|receipt| receipt.source == GPC) {
                    return Ok(false);
                }
                record_choices(&policy, tx, subject, &no_offers(Some("Sec-GPC: 1".to_owned())), &manner)?;
                Ok(true)
            })
            .await?;
        if fresh {
            self.carry_out().await;
        }
        self.signalled().lock().put(person, ());
        Ok(fresh)
    }
}
