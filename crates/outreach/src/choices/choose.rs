//! Somebody says what they want to hear of.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, Manner, NewChoice, record_choices};

use super::state;
use crate::{Outreach, OutreachError};

/// A choice as a form brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The topic.
    pub topic: String,
    /// The channel.
    pub channel: Channel,
    /// Yes or no.
    pub yes: bool,
    /// What was shown beside it.
    pub wording: String,
}

impl Outreach {
    /// Writes a receipt for each choice that differs from what is in force, and gives how many those are.
    ///
    /// # Errors
    /// A topic or channel that the policy file does not have, and a failure of the database.
    pub async fn choose(
        &self,
        subject: Subject,
        wanted: Vec<Wanted>,
        manner: Manner,
    ) -> Result<usize, OutreachError> {
        for one in &wanted {
            let known = self.policy().compiled().topic(&one.topic);
            if known.is_none_or(|topic| !topic.channels.contains(&one.channel)) {
                return Err(OutreachError::field(
                    "topic",
                    "Choose among the topics and channels that are offered.",
                ));
            }
        }
        let policy = self.policy().clone();
        let changed = self
            .db()
            .write(move |tx| -> Result<usize, OutreachError> {
                let mut changes = Vec::new();
                for one in &wanted {
                    let Some(terms) = policy.compiled().topic(&one.topic) else { continue };
                    let (class, channel) = (terms.class, one.channel);
                    let comes = policy.outbound().may_reach(tx, subject, class, &one.topic, channel)?;
                    if comes != one.yes {
                        changes.push(NewChoice {
                            topic: one.topic.clone(),
                            channel,
                            state: state(one.yes),
                            wording: Some(one.wording.clone()),
                        });
                    }
                }
                record_choices(&policy, tx, subject, &changes, &manner)?;
                Ok(changes.len())
            })
            .await?;
        self.carry_out().await;
        Ok(changed)
    }

    /// Carries what was declined out of the database before the person is answered. When that fails the refusal holds all
    /// the same, and a job tries again.
    pub(crate) async fn carry_out(&self) {
        if let Err(error) = self.policy().copy_suppressions().await {
            tracing::error!(%error, "the suppression list could not be copied; the job policy.copy_suppressions tries again");
        }
    }
}
