//! What somebody wants to hear of, by topic and channel.

mod choose;
mod gpc;
mod stop;
#[cfg(test)]
mod tests;
mod undo;

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, ConsentRow, ConsentState, MessageClass, choice_of, consents_of};
use mailkeep_storage::sql::SqlError;

use crate::{Outreach, OutreachError};

pub use choose::Wanted;
pub use gpc::GPC;
pub use stop::{ONE_CLICK, STOP_OFFERS};
pub use undo::UNDO;

/// What is in force about a topic on a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The topic.
    pub topic: String,
    /// Its class.
    pub class: MessageClass,
    /// The channel.
    pub channel: Channel,
    /// Whether it comes.
    pub comes: bool,
    /// Whether that was ever chosen.
    pub chosen: bool,
}

impl Outreach {
    /// What is in force for the subject: each topic by each of its channels, in the order of the policy file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self, subject: Subject) -> Result<Vec<Standing>, OutreachError> {
        let policy = self.policy().clone();
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let mut standing = Vec::new();
            for topic in policy.compiled().topics() {
                for channel in &topic.channels {
                    let (class, id) = (topic.class, topic.id.as_str());
                    let choice = choice_of(&policy, tx, subject, class, id, *channel)?;
                    standing.push(Standing {
                        topic: topic.id.clone(),
                        class,
                        channel: *channel,
                        comes: policy.outbound().may_reach(tx, subject, class, id, *channel)?,
                        chosen: choice.is_some(),
                    });
                }
            }
            Ok(standing)
        });
        Ok(found.await?)
    }

    /// Every choice that the subject made, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn receipts(&self, subject: Subject) -> Result<Vec<ConsentRow>, OutreachError> {
        Ok(self.db().read(move |tx| consents_of(tx, subject)).await?)
    }
}

/// A yes as its stored form, a no as its own.
pub(crate) const fn state(yes: bool) -> ConsentState {
    if yes { ConsentState::Given } else { ConsentState::Withdrawn }
}
