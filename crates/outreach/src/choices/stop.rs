//! The single clicks: one topic by the link under a message, all offers on every channel by a button.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, ConsentState, Manner, MessageClass, NewChoice, record_choices};

use crate::{Outreach, OutreachError};

/// Where a receipt of the link under a message comes from.
pub const ONE_CLICK: &str = "one-click";
/// Where a receipt of the button comes from.
pub const STOP_OFFERS: &str = "stop all offers";

impl Outreach {
    /// Ends a topic by e-mail, as of now: the link under its messages. Twice is the same as once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_topic(
        &self,
        subject: Subject,
        topic: &str,
        wording: Option<String>,
        manner: Manner,
    ) -> Result<(), OutreachError> {
        let choice = NewChoice {
            topic: topic.to_owned(),
            channel: Channel::Email,
            state: ConsentState::Withdrawn,
            wording,
        };
        self.stop(subject, vec![choice], Manner { source: ONE_CLICK.to_owned(), ..manner }).await
    }

    /// Ends all offers on every channel.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stop_offers(
        &self,
        subject: Subject,
        wording: Option<String>,
        manner: Manner,
    ) -> Result<(), OutreachError> {
        let choices = no_offers(wording);
        self.stop(subject, choices, Manner { source: STOP_OFFERS.to_owned(), ..manner }).await
    }

    async fn stop(
        &self,
        subject: Subject,
        choices: Vec<NewChoice>,
        manner: Manner,
    ) -> Result<(), OutreachError> {
        let policy = self.policy().clone();
        self.db().write(move |tx| record_choices(&policy, tx, subject, &choices, &manner)).await?;
        self.carry_out().await;
        Ok(())
    }
}

/// A no to the class of offers on each channel.
pub(super) fn no_offers(wording: Option<String>) -> Vec<NewChoice> {
    let no = |channel: &Channel| NewChoice {
        topic: MessageClass::Marketing.id().to_owned(),
        channel: *channel,
        state: ConsentState::Withdrawn,
        wording: wording.clone(),
    };
    Channel::ALL.iter().map(no).collect()
}
