//! A visitor follows the link and presses the button: now the topics come.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, ConsentState, Manner, NewChoice, record_choices};
use mailkeep_types::SubscriberId;

use super::{store, token_hash};
use crate::{Outreach, OutreachError};

/// Where a receipt of it comes from.
pub const DOUBLE_OPT_IN: &str = "double opt-in";

impl Outreach {
    /// Writes the yes to what was asked for. `wording` gives what was shown for a topic. Following the link twice is the
    /// same as once, also after one of the topics was ended meanwhile.
    ///
    /// # Errors
    /// [`OutreachError::LinkInvalid`].
    pub async fn confirm_subscription(
        &self,
        token: &str,
        wording: impl Fn(&str) -> String + Send + Sync + 'static,
        manner: Manner,
    ) -> Result<SubscriberId, OutreachError> {
        let (policy, hash) = (self.policy().clone(), token_hash(token));
        let manner = Manner { source: DOUBLE_OPT_IN.to_owned(), ..manner };
        self.db()
            .write(move |tx| -> Result<SubscriberId, OutreachError> {
                let row = store::find_by_token(tx, &hash)?.ok_or(OutreachError::LinkInvalid)?;
                if row.state == "ended" {
                    return Err(OutreachError::LinkInvalid);
                }
                let choices: Vec<NewChoice> = row
                    .topics
                    .split_whitespace()
                    .map(|topic| NewChoice {
                        topic: topic.to_owned(),
                        channel: Channel::Email,
                        state: ConsentState::Given,
                        wording: Some(wording(topic)),
                    })
                    .collect();
                record_choices(&policy, tx, Subject::subscriber(row.id), &choices, &manner)?;
                if row.state == "asked" || !choices.is_empty() {
                    store::confirm(tx, row.id)?;
                }
                Ok(row.id)
            })
            .await
    }
}
